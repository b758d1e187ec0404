"""Who marked which spot: the phone's own identifier leads on to the place that near marks share."""

from sqlalchemy import Boolean, Column, Date, Index, LargeBinary
from sqlalchemy.dialects.postgresql import UUID

from devanture.db.metadata import tenant_table

spot_mark = tenant_table(
    "spot_mark",
    Column("process_id", UUID(as_uuid=True), primary_key=True),
    Column("id", UUID(as_uuid=True), primary_key=True, comment="made by the phone"),
    Column("place_id", UUID(as_uuid=True), nullable=False, comment="a place of kind spot"),
    Column("voter", LargeBinary, nullable=False),
    Column("digest", LargeBinary, nullable=False, comment="tells a resend from a reused id"),
    Column("day", Date, nullable=False),
    Column("joined", Boolean, nullable=False, comment="whether the spot was there before"),
    Index("ix_spot_mark_voter", "organisation_id", "process_id", "voter"),
)
