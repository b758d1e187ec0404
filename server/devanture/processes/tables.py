from geoalchemy2 import Geometry
from sqlalchemy import Boolean, Column, Date, DateTime, Integer, LargeBinary, Text
from sqlalchemy.dialects.postgresql import ARRAY, JSONB, UUID

from devanture.db.metadata import organisation_id, public_table, tenant_table

process = public_table(
    "process",
    organisation_id(),
    Column("id", UUID(as_uuid=True), primary_key=True),
    Column("slug", Text, nullable=False, unique=True),
    Column("kind", Text, nullable=False),
    Column("name", JSONB, nullable=False),
    Column("texts", JSONB, nullable=False, server_default="{}"),
    Column("timezone", Text, nullable=False),
    Column("bounds", Geometry("POLYGON", 4326, spatial_index=False), nullable=False),
    Column("handover_on", Date),
    Column("max_wishes", Integer, nullable=False),
    Column("demonstration", Boolean, nullable=False),
    Column("sources", JSONB, nullable=False, server_default="[]"),
    Column("sectors", JSONB, nullable=False, server_default="[]", comment="of residence: code, fr, en"),
    why="A process is published; its keys live in process_key.",
)

process_key = tenant_table(
    "process_key",
    Column("process_id", UUID(as_uuid=True), primary_key=True),
    Column("purpose", Text, primary_key=True, comment="voter or leaf"),
    Column("wrapped", LargeBinary, nullable=False),
)

phase = public_table(
    "phase",
    organisation_id(),
    Column("process_id", UUID(as_uuid=True), primary_key=True),
    Column("code", Text, primary_key=True),
    Column("opens_at", DateTime(timezone=True), nullable=False),
    Column("closes_at", DateTime(timezone=True), nullable=False),
    Column("allows", ARRAY(Text), nullable=False),
    why="Dates of a consultation are public.",
)
