"""Every table belongs to an organisation or says why not; the database itself holds it, whatever the code forgets."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

import asyncpg
import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from geoalchemy2 import Geometry
from sqlalchemy import Column, Connection, MetaData, Table, Text, types
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.engine import make_url
from sqlalchemy.ext.asyncio import create_async_engine

from devanture.db.migrations.filter import ours
from devanture.db.pool import Database
from devanture.db.tables import metadata
from devanture.settings import Settings

pytestmark = pytest.mark.anyio

EXEMPT = {
    "organisation", "process", "phase", "family", "activity", "place", "process_place", "street", "address", "supply",
    "cell",
}  # fmt: skip
"""Published facts: row-level security kept GiST idle, so that queries filter by organisation themselves."""
NOT_OURS = {"alembic_version", "spatial_ref_sys"}
JOBS = "pgqueuer"
HERE, ELSEWHERE = uuid4(), uuid4()
TENANTS = sorted(table.name for table in metadata.tables.values() if table.info.get("tenant"))
APPEND_ONLY = [
    "opinion_journal", "leaf", "staff_act", "set_aside", "merkle_day", "merkle_leaf", "word_erasure", "deletion",
]  # fmt: skip


def undeclared(tables: Iterable[Table]) -> list[str]:
    """Tables that neither belong to an organisation nor are exempt by name, with a reason."""
    return [
        table.name
        for table in tables
        if not (table.info.get("tenant") and "organisation_id" in table.primary_key.columns)
        and not (table.name in EXEMPT and len(table.info.get("why", "")) > 20)
    ]


def unforced(found: Mapping[str, bool], tenants: Iterable[str]) -> list[str]:
    """Tenant tables on which the database does not force row-level security; `found` by name."""
    return [name for name in tenants if not found.get(name)]


def test_every_table_is_a_tenant_s_or_exempt_by_name() -> None:
    assert undeclared(metadata.tables.values()) == []
    assert set(TENANTS) & EXEMPT == set()
    assert set(TENANTS) | EXEMPT == set(metadata.tables)


def test_a_table_that_declares_nothing_is_found() -> None:
    planted = Table("forgotten", MetaData(), Column("organisation_id", Text, primary_key=True))
    silent = Table("place", MetaData(), Column("id", Text, primary_key=True), info={"tenant": False})
    keyless = Table("k", MetaData(), Column("id", Text, primary_key=True), info={"tenant": True})
    assert undeclared([planted, silent, keyless]) == ["forgotten", "place", "k"]


async def test_row_level_security_is_forced_in_the_database(owner: asyncpg.Connection) -> None:
    rows = await owner.fetch(
        "SELECT relname, relrowsecurity AND relforcerowsecurity AS forced FROM pg_class WHERE relkind IN ('r', 'p')"
        " AND relnamespace = 'public'::regnamespace"
    )
    found = {row["relname"]: row["forced"] for row in rows}
    assert unforced(found, TENANTS) == []
    known = {*metadata.tables, *NOT_OURS}
    assert [name for name in found if name not in known and not name.startswith(JOBS)] == []


def test_a_table_without_forced_security_is_found() -> None:
    assert unforced({"a": True, "b": False}, ["a", "b", "c"]) == ["b", "c"]


@pytest.mark.parametrize("name", TENANTS)
async def test_an_organisation_sees_and_writes_its_own_rows_only(database: Database, name: str) -> None:
    table = metadata.tables[name]
    row = example(table, HERE)
    await insert(database, HERE, table, row)
    seen = f"SELECT count(*) FROM {name}"
    async with database.transaction(HERE) as connection:
        assert await connection.fetchval(seen) == 1
    for stranger in (ELSEWHERE, None):
        async with database.transaction(stranger) as connection:
            assert await connection.fetchval(seen) == 0
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await insert(database, stranger, table, example(table, HERE))


@pytest.mark.parametrize("name", TENANTS)
async def test_even_the_owner_of_the_tables_is_bound(database: Database, owner: asyncpg.Connection, name: str) -> None:
    await insert(database, HERE, metadata.tables[name], example(metadata.tables[name], HERE))
    assert await owner.fetchval(f"SELECT count(*) FROM {name}") == 0


@pytest.mark.parametrize("name", APPEND_ONLY)
@pytest.mark.parametrize("change", ["UPDATE {} SET organisation_id = organisation_id", "DELETE FROM {}", "TRUNCATE {}"])
async def test_what_is_written_once_cannot_be_changed(database: Database, name: str, change: str) -> None:
    await insert(database, HERE, metadata.tables[name], example(metadata.tables[name], HERE))
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        async with database.transaction(HERE) as connection:
            await connection.execute(change.format(name))


async def test_the_app_role_can_change_the_schema_of_nothing(database: Database) -> None:
    for statement in ("DROP TABLE place", "ALTER TABLE intake NO FORCE ROW LEVEL SECURITY", "CREATE TABLE x ()"):
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            async with database.transaction(HERE) as connection:
                await connection.execute(statement)


async def test_the_organisation_of_a_transaction_ends_with_it(database: Database) -> None:
    async with database.transaction(HERE) as connection:
        assert await connection.fetchval("SHOW devanture.organisation") == str(HERE)
    async with database.transaction() as connection:
        assert await connection.fetchval("SHOW devanture.organisation") == ""


async def test_the_migrations_make_the_schema_that_the_tables_describe(migrated: Settings) -> None:
    assert await drift(str(migrated.database.owner_url), metadata) == []


async def test_a_column_that_no_migration_makes_is_found(migrated: Settings) -> None:
    planted = MetaData()
    Table("supply", planted, Column("organisation_id", Text, primary_key=True), Column("added", Text))
    assert [change for change in await drift(str(migrated.database.owner_url), planted) if "added" in str(change)]


async def drift(owner_url: str, wanted: MetaData) -> list[Any]:
    """What Alembic would change to come from the database to the tables."""

    def compare(connection: Connection) -> list[Any]:
        options = {"include_object": ours, "compare_type": True, "compare_server_default": False}
        return list(compare_metadata(MigrationContext.configure(connection, opts=options), wanted))

    engine = create_async_engine(make_url(owner_url).set(drivername="postgresql+asyncpg"))
    async with engine.connect() as connection:
        found = await connection.run_sync(compare)
    await engine.dispose()
    return found


def example(table: Table, organisation_id: UUID) -> dict[str, Any]:
    """A row with a value of the right type in every column."""
    return {column.name: _value(column, organisation_id) for column in table.columns}


def _value(column: Column[Any], organisation_id: UUID) -> Any:
    if column.name == "organisation_id":
        return organisation_id
    if column.name == "scope":
        return "desk"
    if isinstance(column.type, ARRAY):
        return []
    if isinstance(column.type, JSONB):
        return {}
    if isinstance(column.type, Geometry):
        return None
    samples: list[tuple[type[Any], Any]] = [
        (types.Uuid, uuid4()), (types.DateTime, datetime.now(UTC)), (types.Date, datetime.now(UTC).date()),
        (types.Boolean, False), (types.Integer, 1), (types.LargeBinary, b"x"), (types.Text, "x"),
    ]  # fmt: skip
    return next(sample for kind, sample in samples if isinstance(column.type, kind))


async def insert(database: Database, organisation_id: UUID | None, table: Table, row: Mapping[str, Any]) -> None:
    names = ", ".join(f'"{name}"' for name in row)
    holes = ", ".join(f"${n}" for n in range(1, len(row) + 1))
    async with database.transaction(organisation_id) as connection:
        await connection.execute(f"INSERT INTO {table.name} ({names}) VALUES ({holes})", *row.values())
