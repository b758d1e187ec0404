"""The daily trees over the leaves. Append-only: what a day was published with stays."""

from sqlalchemy import Column, Date, Index, Integer, LargeBinary
from sqlalchemy.dialects.postgresql import UUID

from devanture.db.metadata import tenant_table

merkle_day = tenant_table(
    "merkle_day",
    Column("process_id", UUID(as_uuid=True), primary_key=True),
    Column("day", Date, primary_key=True, comment="over when the tree was made, in the zone of the process"),
    Column("leaves", Integer, nullable=False),
    Column("root", LargeBinary, nullable=False, comment="RFC 6962, SHA-256"),
    Column("chain", LargeBinary, nullable=False, comment="SHA-256 over this day and the chain of the one before"),
)

merkle_leaf = tenant_table(
    "merkle_leaf",
    Column("process_id", UUID(as_uuid=True), primary_key=True),
    Column("leaf", LargeBinary, primary_key=True),
    Column("day", Date, nullable=False, comment="of the tree it is in: the first one made after it"),
    Index("ix_merkle_leaf_day", "organisation_id", "process_id", "day"),
)
