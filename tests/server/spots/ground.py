"""Streets for marks to fall on: two that cross, in plain metres from the seeded street's south end."""

import math
from typing import Any
from uuid import UUID, uuid4

from asyncpg import Record
from httpx2 import AsyncClient, Response

from devanture.db.pool import Database
from devanture.streets.bulk import AddressRow, StreetRow, replace_addresses, replace_streets
from tests.seed import LAT, LON, METRE, Seeded

CREBILLON, ROYALE = "Rue Crébillon", "Place Royale"


def at(east_m: float, north_m: float) -> tuple[float, float]:
    """Degrees of a point so many metres east and north of the south end."""
    return LON + east_m * METRE / math.cos(math.radians(LAT)), LAT + north_m * METRE


STREETS = [
    StreetRow(CREBILLON, "major", [[at(0, 0), at(0, 220)], [at(0, 220), at(0, 500)]]),
    StreetRow(ROYALE, "minor", [[at(-200, 300), at(200, 300)]]),
]
NUMBERS = [
    AddressRow(CREBILLON, "12", *at(-8, 95)),
    AddressRow(CREBILLON, "14", *at(-8, 103)),
    AddressRow(CREBILLON, "15", *at(8, 108)),
    AddressRow(ROYALE, "2", *at(0, 101)),
]


async def lay_streets(database: Database, town: Seeded) -> None:
    async with database.transaction(town.organisation_id) as connection:
        await replace_streets(connection, town.organisation_id, town.process_id, STREETS)
        await replace_addresses(connection, town.organisation_id, town.process_id, NUMBERS)


async def mark(
    client: AsyncClient, east_m: float, north_m: float, mark_id: UUID | str | None = None, **options: Any
) -> Response:
    """PUT a mark so many metres east and north of the south end."""
    lon, lat = at(east_m, north_m)
    url = f"/api/v1/{options.pop('slug', 'rue')}/spots/{mark_id or uuid4()}"
    return await client.put(url, json={"v": 1, "lon": lon, "lat": lat}, **options)


async def spots(database: Database, town: Seeded) -> list[Record]:
    async with database.transaction(town.organisation_id) as connection:
        return list(
            await connection.fetch(
                "SELECT *, ST_X(geom) AS lon, ST_Y(geom) AS lat FROM place"
                " WHERE organisation_id = $1 AND kind = 'spot' ORDER BY ref",
                town.organisation_id,
            )
        )


async def marks(database: Database, town: Seeded) -> list[Record]:
    async with database.transaction(town.organisation_id) as connection:
        return list(await connection.fetch("SELECT * FROM spot_mark ORDER BY id"))
