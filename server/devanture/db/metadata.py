"""The one SQLAlchemy metadata, and what each table says about itself.

A table that holds anything not public is a tenant table: row-level security is forced on it. The others say in `info`
why they may be read without an organisation; `tests/contract/test_row_security.py` holds both.
"""

from typing import Any

from sqlalchemy import Column, MetaData, Table
from sqlalchemy.dialects.postgresql import UUID

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def organisation_id() -> Column[Any]:
    """The first column of every key, so that rows of one organisation lie together and can be sharded by it."""
    return Column("organisation_id", UUID(as_uuid=True), primary_key=True)


def tenant_table(name: str, *columns: Any, **options: Any) -> Table:
    """A table under forced row-level security: a transaction sees the rows of its own organisation only."""
    return Table(name, metadata, organisation_id(), *columns, info={"tenant": True}, **options)


def public_table(name: str, *columns: Any, why: str, **options: Any) -> Table:
    """A table of published facts, exempt from row-level security; queries filter by organisation. `why` says so."""
    return Table(name, metadata, *columns, info={"tenant": False, "why": why}, **options)
