"""SQL of the one question about a person."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from devanture.db.pool import Connection
from devanture.residence.schemas import ResidenceV1


async def add(
    connection: Connection, organisation_id: UUID, process_id: UUID, voter: bytes, answer: ResidenceV1, day: date
) -> bool:
    """Store a voter's first answer; False when one stands already, which stays as it is."""
    added = await connection.fetchval(
        """
        INSERT INTO residence (organisation_id, process_id, voter, sector, ties, age, day)
        VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING RETURNING true
        """,
        organisation_id,
        process_id,
        voter,
        answer.sector,
        answer.ties,
        answer.age,
        day,
    )
    return bool(added)


async def answered(connection: Connection, organisation_id: UUID, process_id: UUID, voter: bytes) -> bool:
    found: bool = await connection.fetchval(
        "SELECT EXISTS (SELECT FROM residence WHERE organisation_id = $1 AND process_id = $2 AND voter = $3)",
        organisation_id,
        process_id,
        voter,
    )
    return found


async def forget(
    connection: Connection, organisation_id: UUID, process_id: UUID, voters: Sequence[bytes]
) -> None:
    await connection.execute(
        "DELETE FROM residence WHERE organisation_id = $1 AND process_id = $2 AND voter = ANY ($3::bytea[])",
        organisation_id,
        process_id,
        voters,
    )
