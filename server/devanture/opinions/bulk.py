"""How an import writes opinions: many at once, inside the import's own transaction."""

from collections.abc import Sequence
from uuid import UUID

from devanture.db.pool import Connection
from devanture.opinions import queries
from devanture.opinions.intake import Sending


async def any_opinion(connection: Connection, organisation_id: UUID, process_id: UUID) -> bool:
    """Whether anybody has ever answered: from then on perimeter and choices are frozen."""
    found: bool = await connection.fetchval(
        "SELECT EXISTS (SELECT FROM opinion_journal WHERE organisation_id = $1 AND process_id = $2)",
        organisation_id,
        process_id,
    )
    return found


async def store_batch(connection: Connection, organisation_id: UUID, batch: Sequence[Sending]) -> int:
    """Store sendings of one process; returns how many were new. Of those that share an id the first is kept."""
    firsts = {sending.id: sending for sending in reversed(batch)}
    return len(await queries.store(connection, organisation_id, list(firsts.values())))
