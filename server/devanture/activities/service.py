import msgspec

from devanture.activities import queries
from devanture.activities.schemas import Catalogue, Family
from devanture.db.pool import Database
from devanture.processes.schemas import Process


async def catalogue_of(database: Database, process: Process) -> Catalogue:
    """What can be wished for in this process."""
    async with database.transaction(process.organisation_id) as connection:
        rows = await queries.families(connection, process.organisation_id, process.id)
    return Catalogue(tuple(msgspec.convert(dict(row), Family) for row in rows))
