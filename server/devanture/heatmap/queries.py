"""SQL of tiles: Mapbox vector tiles made by PostGIS, one layer a statement; layers of one tile simply follow."""

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple
from uuid import UUID

from devanture.db.pool import Connection
from devanture.heatmap.schemas import Ask, Tile

_HEXAGONS, _DOORS, _PLACES, _SUPPLY = (
    Path(__file__).with_name(f"{name}.sql").read_text() for name in ("hexagons", "doors", "places", "supply")
)


class Titles(NamedTuple):
    """What places are called in the reader's language, by their id."""

    ids: Sequence[UUID]
    titles: Sequence[str]


async def hexagons(
    connection: Connection, organisation_id: UUID, release_id: UUID, tile: Tile, resolution: int, ask: Ask
) -> bytes:
    return await _bytes(connection, _HEXAGONS, organisation_id, release_id, *tile, resolution, *ask)


async def doors(
    connection: Connection, organisation_id: UUID, release_id: UUID, tile: Tile, ask: Ask, titles: Titles
) -> bytes:
    return await _bytes(connection, _DOORS, organisation_id, release_id, *tile, *ask, *titles)


async def places(connection: Connection, organisation_id: UUID, tile: Tile, titles: Titles) -> bytes:
    return await _bytes(connection, _PLACES, organisation_id, *tile, *titles)


async def supply(connection: Connection, organisation_id: UUID, tile: Tile, activity: str | None) -> bytes:
    return await _bytes(connection, _SUPPLY, organisation_id, *tile, activity)


async def _bytes(connection: Connection, sql: str, *arguments: object) -> bytes:
    layer: bytes = await connection.fetchval(sql, *arguments)
    return layer
