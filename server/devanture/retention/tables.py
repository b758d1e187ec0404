"""What was deleted, and how much of it: append-only, without a word of what it was or whose."""

from sqlalchemy import Column, Date, Integer, Text
from sqlalchemy.dialects.postgresql import UUID

from devanture.db.metadata import tenant_table

deletion = tenant_table(
    "deletion",
    Column("id", UUID(as_uuid=True), primary_key=True),
    Column("process_id", UUID(as_uuid=True), nullable=False),
    Column("day", Date, nullable=False),
    Column("what", Text, nullable=False, comment="arrivals, followers, photos, people or words"),
    Column("number", Integer, nullable=False),
)
