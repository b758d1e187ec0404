"""Append-only: of one opinion the event with the highest number holds. The app role may not update or delete."""

from sqlalchemy import Column, Date, Integer, Text
from sqlalchemy.dialects.postgresql import UUID

from devanture.db.metadata import tenant_table

set_aside = tenant_table(
    "set_aside",
    Column("process_id", UUID(as_uuid=True), primary_key=True),
    Column("opinion_id", UUID(as_uuid=True), primary_key=True),
    Column("number", Integer, primary_key=True, comment="1, 2, … of one opinion; the last one holds"),
    Column("verdict", Text, nullable=False, comment="set_aside, restored, voided or unproven"),
    Column("rule", Text, nullable=False, comment="code of the rule, or desk"),
    Column("reason", Text, comment="in the words of the member who decided"),
    Column("member_id", UUID(as_uuid=True), comment="who decided; none when a rule did"),
    Column("day", Date, nullable=False),
)
