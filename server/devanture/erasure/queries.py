"""SQL of erasing. The journal is changed by two functions of the owner alone, which can do nothing else."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from asyncpg import Record

from devanture.db.pool import Connection


async def sendings_of(
    connection: Connection, organisation_id: UUID, process_id: UUID, voters: Sequence[bytes], most: int
) -> list[UUID]:
    """Ids of all that these voters sent, up to a number."""
    rows = await connection.fetch(
        """
        SELECT id FROM opinion_journal
         WHERE organisation_id = $1 AND process_id = $2 AND voter = ANY ($3::bytea[]) AND seq <= $4
        """,
        organisation_id,
        process_id,
        voters,
        most,
    )
    return [row["id"] for row in rows]


async def erase_words(
    connection: Connection, process_id: UUID, ids: Sequence[UUID], fields: Sequence[str], day: date
) -> int:
    """Take free words (`other`, `comment`) out of sendings, and record it; how many had any."""
    erased: int = await connection.fetchval("SELECT erase_words($1, $2, $3, $4)", process_id, ids, fields, day)
    return erased


async def forget_voter(connection: Connection, process_id: UUID, voter: bytes) -> int:
    """Cut the link between a voter and what was counted; how many sendings it led to, none before the closing."""
    cut: int = await connection.fetchval("SELECT forget_voter($1, $2)", process_id, voter)
    return cut


async def forget_proofs(
    connection: Connection, organisation_id: UUID, process_id: UUID, voters: Sequence[bytes], counted: bool
) -> None:
    """Delete the codes that these voters were mailed and, unless what they said stays, their proofs."""
    key = (organisation_id, process_id, voters)
    await connection.execute(
        "DELETE FROM mail_code WHERE organisation_id = $1 AND process_id = $2 AND voter = ANY ($3::bytea[])", *key
    )
    await connection.execute(
        """
        DELETE FROM voter_proof
         WHERE organisation_id = $1 AND process_id = $2 AND voter = ANY ($3::bytea[]) AND NOT $4
        """,
        *key,
        counted,
    )


async def voters_known(
    connection: Connection, organisation_id: UUID, process_id: UUID, digests: Sequence[bytes]
) -> list[bytes]:
    """The voters of a process whose key has one of these digests."""
    rows = await connection.fetch(
        """
        SELECT voter FROM (
            SELECT voter FROM opinion_journal WHERE organisation_id = $1 AND process_id = $2
            UNION SELECT voter FROM residence WHERE organisation_id = $1 AND process_id = $2
        ) AS known WHERE sha256(voter) = ANY ($3::bytea[])
        """,
        organisation_id,
        process_id,
        digests,
    )
    return [row["voter"] for row in rows]


async def standing(
    connection: Connection, organisation_id: UUID, process_id: UUID, voter: bytes, most: int, late_only: bool
) -> Sequence[Record]:
    """Answers of a voter that stand, up to a number, with what a withdrawal of each must say."""
    return await connection.fetch(
        """
        SELECT c.opinion_id, c.place_id, p.ref, c.late, c.channel, c.proof, j.payload
          FROM opinion_current c
          JOIN opinion_journal j ON j.organisation_id = c.organisation_id AND j.process_id = c.process_id
                                AND j.id = c.opinion_id
          JOIN place p ON p.organisation_id = c.organisation_id AND p.id = c.place_id
         WHERE c.organisation_id = $1 AND c.process_id = $2 AND c.voter = $3 AND c.seq <= $4 AND NOT c.withdrawn
           AND (c.late OR NOT $5)
        """,
        organisation_id,
        process_id,
        voter,
        most,
        late_only,
    )
