"""The one question about a person, skippable: in a table apart, as it was when they answered."""

from sqlalchemy import Column, Date, LargeBinary, Text
from sqlalchemy.dialects.postgresql import ARRAY, UUID

from devanture.db.metadata import tenant_table

residence = tenant_table(
    "residence",
    Column("process_id", UUID(as_uuid=True), primary_key=True),
    Column("voter", LargeBinary, primary_key=True),
    Column("sector", Text, comment="a code of the process's sectors, or elsewhere"),
    Column("ties", ARRAY(Text), nullable=False, comment="lives, works, shopkeeper, passing"),
    Column("age", Text, comment="an age band"),
    Column("day", Date, nullable=False),
)
