"""Reads what the server holds, past every rule of the program: as the superuser, and from the disk."""

import asyncio
from collections import Counter
from pathlib import Path
from typing import Any
from uuid import UUID

import asyncpg
from asyncpg import Record

from devanture.db.cluster import DATABASE, Cluster
from devanture.db.pool import Database, prepare_connection
from tests.answers import Counts, stored_counts
from tests.faults.checker import Row, Standing, Stored
from tests.seed import Seeded

_JOURNAL = """
SELECT j.id, p.ref, j.voter, j.payload, j.late, i.arrived_at
  FROM opinion_journal j JOIN place p ON p.organisation_id = j.organisation_id AND p.id = j.place_id
  LEFT JOIN intake i ON i.organisation_id = j.organisation_id AND i.process_id = j.process_id AND i.opinion_id = j.id
 WHERE j.process_id = $1
"""
_CURRENT = """
SELECT c.opinion_id, p.ref, c.voter, c.late, c.wishes, c.withdrawn
  FROM opinion_current c JOIN place p ON p.organisation_id = c.organisation_id AND p.id = c.place_id
 WHERE c.process_id = $1
"""
_CLOSES = "SELECT max(closes_at) FROM phase WHERE process_id = $1"
_ASIDE = """
SELECT opinion_id, CASE rule WHEN 'desk' THEN reason ELSE rule END AS why FROM (
    SELECT DISTINCT ON (opinion_id) * FROM set_aside WHERE process_id = $1 ORDER BY opinion_id, number DESC
) AS last WHERE verdict IN ('set_aside', 'voided')
"""


async def read_stored(
    cluster: Cluster, database: Database, town: Seeded, photos: Path, releases: tuple[UUID, UUID]
) -> Stored:
    """Everything of one consultation; `releases` are the desk's and the public's."""
    connection = await asyncpg.connect(cluster.superuser_dsn(DATABASE))
    await prepare_connection(connection)
    try:
        async with connection.transaction(isolation="repeatable_read"):
            rows = await connection.fetch(_JOURNAL, town.process_id)
            current = await connection.fetch(_CURRENT, town.process_id)
            closes = await connection.fetchval(_CLOSES, town.process_id)
            named = await connection.fetch("SELECT id, file FROM photo WHERE process_id = $1", town.process_id)
            files = await asyncio.to_thread(_files, photos / str(town.organisation_id))
            journal = [Row(str(row["id"]), row["ref"], row["voter"], *_rest(row)) for row in rows]
            stored = Stored(
                journal, [_standing(row) for row in current],
                await _counted(connection, "intake", town), await _counted(connection, "leaf", town),
                {str(row["id"]) for row in named if files.get(row["file"])}, files, closes,
                aside=await _aside(connection, town),
            )  # fmt: skip
    finally:
        await connection.close()
    desk, public = [await stored_counts(database, town, release) for release in releases]
    return _with(stored, desk, public, await _strangers(database))


def _with(stored: Stored, desk: dict[str, Counts], public: dict[str, Counts], seen: int) -> Stored:
    return Stored(
        stored.journal, stored.current, stored.arrivals, stored.leaves, stored.photos, stored.files,
        stored.closes_at, desk, public, stored.aside, seen,
    )  # fmt: skip


def _rest(row: Record) -> tuple[dict[str, Any], bool, Any]:
    return row["payload"], row["late"], row["arrived_at"]


async def _counted(connection: Any, table: str, town: Seeded) -> Counter[str]:
    rows = await connection.fetch(f"SELECT opinion_id FROM {table} WHERE process_id = $1", town.process_id)
    return Counter(str(row["opinion_id"]) for row in rows)


async def _aside(connection: Any, town: Seeded) -> dict[str, str]:
    if await connection.fetchval("SELECT to_regclass('set_aside')") is None:
        return {}
    return {str(row["opinion_id"]): row["why"] for row in await connection.fetch(_ASIDE, town.process_id)}


def _files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.glob("*")}


def _standing(row: Record) -> Standing:
    wishes = tuple(row["wishes"])
    return Standing(str(row["opinion_id"]), row["ref"], row["voter"], row["late"], wishes, row["withdrawn"])


async def _strangers(database: Database) -> int:
    """What the app role sees that names no organisation: row-level security lets it see nothing."""
    async with database.transaction() as connection:
        seen: int = await connection.fetchval("SELECT count(*) FROM opinion_journal")
    return seen
