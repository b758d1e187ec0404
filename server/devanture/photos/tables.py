"""Photos rebuilt from their pixels; shown to nobody until somebody of the desk has looked."""

from sqlalchemy import Column, Date, Index, Integer, LargeBinary, Text
from sqlalchemy.dialects.postgresql import UUID

from devanture.db.metadata import tenant_table

photo = tenant_table(
    "photo",
    Column("process_id", UUID(as_uuid=True), primary_key=True),
    Column("id", UUID(as_uuid=True), primary_key=True, comment="made by the phone"),
    Column("place_id", UUID(as_uuid=True), nullable=False),
    Column("opinion_id", UUID(as_uuid=True), comment="the sending it was added to"),
    Column("voter", LargeBinary, nullable=False),
    Column("digest", LargeBinary, nullable=False, comment="SHA-256 of what was sent: tells a resend from a reused id"),
    Column("file", Text, nullable=False, comment="name of the cleaned file in the data folder"),
    Column("width", Integer, nullable=False, comment="pixels"),
    Column("height", Integer, nullable=False, comment="pixels"),
    Column("size", Integer, nullable=False, comment="bytes"),
    Column("day", Date, nullable=False),
    Column("state", Text, nullable=False, comment="waiting, published, refused or withdrawn"),
    Index("ix_photo_voter", "organisation_id", "process_id", "voter"),
)
