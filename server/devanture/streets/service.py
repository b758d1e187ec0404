"""What anyone can ask about streets."""

import msgspec

from devanture.db.pool import Database
from devanture.processes.schemas import Process
from devanture.streets import queries
from devanture.streets.schemas import Street, Streets


async def streets_of(database: Database, process: Process) -> Streets:
    """Every street of a process with its lines and house numbers, by name."""
    async with database.transaction(process.organisation_id) as connection:
        rows = await queries.streets(connection, process.organisation_id, process.id)
    return msgspec.convert({"streets": [dict(row) for row in rows]}, Streets)


async def streets_near(database: Database, process: Process, lon: float, lat: float, metres: float) -> list[Street]:
    """Streets that pass within some metres of a point, or little further, with the house numbers there."""
    async with database.transaction(process.organisation_id) as connection:
        rows = await queries.near(connection, process.organisation_id, process.id, lon, lat, metres)
    return [msgspec.convert(dict(row), Street) for row in rows]
