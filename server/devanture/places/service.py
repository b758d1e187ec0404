"""What anyone can ask about places."""

from uuid import UUID

import msgspec

from devanture.db.pool import Database
from devanture.errors import Problem
from devanture.places import queries
from devanture.places.schemas import Place
from devanture.processes.rules import inside
from devanture.processes.schemas import Process


async def places_of(database: Database, process: Process) -> dict[str, Place]:
    """Every place of a process by its reference."""
    async with database.transaction(process.organisation_id) as connection:
        rows = await queries.places(connection, process.organisation_id, process.id)
    return {row["ref"]: msgspec.convert(dict(row), Place) for row in rows}


async def heirs_of(database: Database, process: Process) -> dict[str, str]:
    """Where the references of merged places lead on to, so that old posters and waiting answers still arrive."""
    async with database.transaction(process.organisation_id) as connection:
        rows = await queries.heirs(connection, process.organisation_id, process.id)
    return {row["ref"]: row["heir"] for row in rows}


async def near(database: Database, process: Process, lon: float, lat: float, limit: int) -> list[tuple[UUID, float]]:
    """The nearest places with their straight distance in metres; the position is rounded to about 100 m at once."""
    if not inside(process.bounds, lon, lat):
        raise Problem("bad-coordinates")
    async with database.transaction(process.organisation_id) as connection:
        rows = await queries.near(connection, process.organisation_id, process.id, round(lon, 3), round(lat, 3), limit)
    return [(row["id"], row["metres"]) for row in rows]
