"""What anyone can ask about streets."""

import msgspec

from devanture.db.pool import Database
from devanture.processes.schemas import Process
from devanture.streets import queries
from devanture.streets.schemas import Streets


async def streets_of(database: Database, process: Process) -> Streets:
    """Every street of a process with its lines and house numbers, by name."""
    async with database.transaction(process.organisation_id) as connection:
        rows = await queries.streets(connection, process.organisation_id, process.id)
    return msgspec.convert({"streets": [dict(row) for row in rows]}, Streets)
