"""SQL of exports, read through cursors of the server: a file of any length takes the memory of one batch."""

from collections.abc import AsyncIterable
from pathlib import Path
from uuid import UUID

from asyncpg import Record

from devanture.db.pool import Connection

_PLACES, _WISHES, _HEXAGONS, _SUPPLY = (
    Path(__file__).with_name(f"{name}.sql").read_text() for name in ("places", "wishes", "hexagons", "supply")
)
Rows = AsyncIterable[Record]
BATCH = 500


async def begin(connection: Connection) -> None:
    """Make the rest of this transaction join by hashing or merging, in time proportional to the rows.

    The counts of a new release have no statistics yet: the planner takes thousands of rows for one and loops over
    them: 27 s for the 48 places of the demonstration, instead of 43 ms.
    """
    await connection.execute("SELECT set_config('enable_nestloop', 'off', true)")


def places(connection: Connection, organisation_id: UUID, process_id: UUID, release_id: UUID) -> Rows:
    return _rows(connection, _PLACES, organisation_id, process_id, release_id)


def wishes(connection: Connection, organisation_id: UUID, release_id: UUID) -> Rows:
    return _rows(connection, _WISHES, organisation_id, release_id)


def hexagons(connection: Connection, organisation_id: UUID, release_id: UUID) -> Rows:
    return _rows(connection, _HEXAGONS, organisation_id, release_id)


def supply(connection: Connection, organisation_id: UUID, bounds: tuple[float, float, float, float]) -> Rows:
    return _rows(connection, _SUPPLY, organisation_id, *bounds)


def _rows(connection: Connection, sql: str, *arguments: object) -> Rows:
    return connection.cursor(sql, *arguments, prefetch=BATCH)
