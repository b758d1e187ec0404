"""What people on the pavement say of a vacancy: a queue for the desk, never a change by itself."""

from geoalchemy2 import Geometry
from sqlalchemy import Boolean, Column, Date, Index, LargeBinary, Text
from sqlalchemy.dialects.postgresql import UUID

from devanture.db.metadata import tenant_table

report = tenant_table(
    "report",
    Column("process_id", UUID(as_uuid=True), primary_key=True),
    Column("id", UUID(as_uuid=True), primary_key=True, comment="made by the phone"),
    Column("place_id", UUID(as_uuid=True), comment="none when a vacant shop is missing from the list"),
    Column("finding", Text, nullable=False, comment="vacant, occupied, works, not-found or missing"),
    Column("geom", Geometry("POINT", 4326, spatial_index=False), comment="where one is missing: its cell of 25 m"),
    Column("street", Text),
    Column("number", Text),
    Column("note", Text),
    Column("voter", LargeBinary, nullable=False),
    Column("digest", LargeBinary, nullable=False, comment="tells a resend from a reused id"),
    Column("day", Date, nullable=False),
    Column(
        "another",
        Boolean,
        nullable=False,
        server_default="false",
        comment="missing though a door of the list has its address: for the desk to tell apart",
    ),
    Column("state", Text, nullable=False, comment="waiting, confirmed or dismissed by the desk"),
    Index("ix_report_place", "organisation_id", "process_id", "place_id"),
    Index("ix_report_voter", "organisation_id", "process_id", "voter"),
)
