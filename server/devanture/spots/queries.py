"""SQL of marks."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple
from uuid import UUID

from asyncpg import Record

from devanture.db.pool import Connection


class MarkRow(NamedTuple):
    """One mark on its way: who marked which spot, and whether it was there before."""

    id: UUID
    place_id: UUID
    voter: bytes
    digest: bytes
    day: date
    joined: bool


async def wait_for_turn(connection: Connection, process_id: UUID, voter: bytes) -> None:
    """Let no other mark of this voter pass until this transaction ends, so that their number can be bounded."""
    await connection.execute("SELECT pg_advisory_xact_lock(hashtextextended($1, 0))", f"{process_id} {voter.hex()}")


async def insert(connection: Connection, organisation_id: UUID, process_id: UUID, row: MarkRow, most: int) -> bool:
    """Whether the mark is new and the voter had fewer than `most`; else nothing is written."""
    status: str = await connection.execute(
        """
        INSERT INTO spot_mark (organisation_id, process_id, id, place_id, voter, digest, day, joined)
        SELECT $1, $2, $3, $4, $5, $6, $7, $8
         WHERE (SELECT count(*) FROM spot_mark WHERE organisation_id = $1 AND process_id = $2 AND voter = $5) < $9
        ON CONFLICT DO NOTHING
        """,
        organisation_id,
        process_id,
        *row,
        most,
    )
    return status == "INSERT 0 1"


async def marks(
    connection: Connection, organisation_id: UUID, process_id: UUID, ids: Sequence[UUID]
) -> Sequence[Record]:
    """Stored marks with the reference of their spot, which may have been merged since."""
    return await connection.fetch(
        """
        SELECT m.id, m.digest, m.joined, p.ref
          FROM spot_mark m JOIN place p ON p.organisation_id = m.organisation_id AND p.id = m.place_id
         WHERE m.organisation_id = $1 AND m.process_id = $2 AND m.id = ANY ($3)
        """,
        organisation_id,
        process_id,
        ids,
    )
