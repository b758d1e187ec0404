"""Which sendings had their free words erased. The sending, its digest and its leaf stay; the audit reports them."""

from sqlalchemy import Column, Date, Text
from sqlalchemy.dialects.postgresql import ARRAY, UUID

from devanture.db.metadata import tenant_table

word_erasure = tenant_table(
    "word_erasure",
    Column("process_id", UUID(as_uuid=True), primary_key=True),
    Column("opinion_id", UUID(as_uuid=True), primary_key=True),
    Column("words", ARRAY(Text), primary_key=True, comment="fields of the payload: other, comment"),
    Column("day", Date, nullable=False),
)
