"""SQL of the record of deletions."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from asyncpg import Record

from devanture.db.pool import Connection


async def add(
    connection: Connection, organisation_id: UUID, process_id: UUID, day: date, what: str, number: int
) -> None:
    await connection.execute(
        """
        INSERT INTO deletion (organisation_id, id, process_id, day, what, number)
        VALUES ($1, gen_random_uuid(), $2, $3, $4, $5)
        """,
        organisation_id,
        process_id,
        day,
        what,
        number,
    )


async def totals(connection: Connection, organisation_id: UUID, process_id: UUID) -> Sequence[Record]:
    """How much of each kind was deleted in all, and when last."""
    return await connection.fetch(
        """
        SELECT what, sum(number)::int AS number, max(day) AS last FROM deletion
         WHERE organisation_id = $1 AND process_id = $2 GROUP BY what ORDER BY what
        """,
        organisation_id,
        process_id,
    )
