"""SQL of opinions. Four writes and nothing else: the journal, the current answer, the arrival, the leaf."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from uuid import UUID

from asyncpg import Record

from devanture.db.pool import Connection
from devanture.opinions.intake import Sending

_STORE = Path(__file__).with_name("store.sql").read_text()


async def store(connection: Connection, organisation_id: UUID, batch: Sequence[Sending]) -> set[tuple[UUID, UUID]]:
    """Write a batch in one statement; returns (process, id) of those that were new. No id may stand twice in it."""
    columns = [
        [getattr(sending, name) for sending in batch]
        for name in (
            "process_id", "id", "place_id", "voter", "seq", "version", "payload", "digest",
            "day", "channel", "proof", "late", "wishes", "other", "withdrawn", "arrived_at", "network", "leaf",
            "host", "issued_at", "standing", "waited",
        )
    ]  # fmt: skip
    rows = await connection.fetch(_STORE, organisation_id, *columns)
    return {(row["process_id"], row["id"]) for row in rows}


async def stored_digests(
    connection: Connection, organisation_id: UUID, processes: Sequence[UUID], ids: Sequence[UUID]
) -> Sequence[Record]:
    """Of sendings named by process and id, pair by pair: the digests of those that are stored."""
    return await connection.fetch(
        """
        SELECT j.process_id, j.id, j.digest FROM opinion_journal j
          JOIN unnest($2::uuid[], $3::uuid[]) AS asked (process_id, id) USING (process_id, id)
         WHERE j.organisation_id = $1
        """,
        organisation_id,
        processes,
        ids,
    )


async def said(
    connection: Connection, organisation_id: UUID, processes: Sequence[UUID], ids: Sequence[UUID]
) -> Sequence[Record]:
    """Of sendings named by process and id, pair by pair: whose, where, and whether they or a later one took it back."""
    return await connection.fetch(
        """
        SELECT j.process_id, j.id, j.voter, p.ref, EXISTS (
                   SELECT FROM opinion_journal w
                    WHERE w.organisation_id = j.organisation_id AND w.process_id = j.process_id
                      AND w.voter = j.voter AND w.place_id = j.place_id
                      AND (w.seq, w.id) >= (j.seq, j.id) AND (w.payload ->> 'withdraw')::bool
               ) AS taken_back
          FROM opinion_journal j
          JOIN unnest($2::uuid[], $3::uuid[]) AS asked (process_id, id) USING (process_id, id)
          JOIN place p ON p.organisation_id = j.organisation_id AND p.id = j.place_id
         WHERE j.organisation_id = $1
        """,
        organisation_id,
        processes,
        ids,
    )


async def current_of_voters(
    connection: Connection, organisation_id: UUID, process_id: UUID, voters: Sequence[bytes]
) -> Sequence[Record]:
    """The last word of each voter at each place, latest first, whether it came in time or late."""
    return await connection.fetch(
        """
        SELECT p.ref, c.seq, c.opinion_id, c.withdrawn, c.day, j.payload, j.digest
          FROM (SELECT DISTINCT ON (voter, place_id) * FROM opinion_current
                 WHERE organisation_id = $1 AND process_id = $2 AND voter = ANY ($3::bytea[])
                 ORDER BY voter, place_id, seq DESC, opinion_id DESC) c
          JOIN opinion_journal j ON j.organisation_id = c.organisation_id AND j.process_id = c.process_id
                                AND j.id = c.opinion_id
          JOIN place p ON p.organisation_id = c.organisation_id AND p.id = c.place_id
         ORDER BY c.seq DESC
        """,
        organisation_id,
        process_id,
        voters,
    )


async def standing(
    connection: Connection, organisation_id: UUID, process_id: UUID, voters: Sequence[bytes], named: str | None = None
) -> list[UUID]:
    """Where answers of these voters stand that were not taken back, in time or late, latest first.

    With `named` only those given under that name, and those at the place that bears it.
    """
    rows = await connection.fetch(
        """
        SELECT c.place_id, max(c.seq) AS seq
          FROM opinion_current c
          JOIN opinion_journal j ON j.organisation_id = c.organisation_id AND j.process_id = c.process_id
                                AND j.id = c.opinion_id
          JOIN place p ON p.organisation_id = c.organisation_id AND p.id = c.place_id
         WHERE c.organisation_id = $1 AND c.process_id = $2 AND c.voter = ANY ($3::bytea[]) AND NOT c.withdrawn
           AND ($4::text IS NULL OR $4 IN (p.ref, j.payload ->> 'place'))
         GROUP BY c.place_id ORDER BY max(c.seq) DESC
        """,
        organisation_id,
        process_id,
        voters,
        named,
    )
    return [row["place_id"] for row in rows]


async def fate_of_receipt(
    connection: Connection, organisation_id: UUID, process_id: UUID, beginning: bytes
) -> Record | None:
    """What became of the sending whose leaf begins so: its day, and how the voter's current answer there stands to it.

    Neither the choice nor the place is read.
    """
    return await connection.fetchrow(
        """
        SELECT j.id, j.day, j.late, c.day AS current_day, c.withdrawn, c.opinion_id = j.id AS is_current
          FROM leaf l
          JOIN opinion_journal j ON j.organisation_id = l.organisation_id AND j.process_id = l.process_id
                                AND j.id = l.opinion_id
          JOIN opinion_current c ON c.organisation_id = j.organisation_id AND c.process_id = j.process_id
                                AND c.place_id = j.place_id AND c.voter = j.voter AND c.late = j.late
         WHERE l.organisation_id = $1 AND l.process_id = $2 AND l.leaf BETWEEN $3 AND $4
         LIMIT 1
        """,
        organisation_id,
        process_id,
        beginning,
        beginning + b"\xff" * 22,
    )


async def highest_seq(
    connection: Connection, organisation_id: UUID, process_id: UUID, voters: Sequence[bytes]
) -> int:
    """The highest `seq` these voters ever sent, 0 when none: the journal knows those that were replaced too."""
    found: int = await connection.fetchval(
        """
        SELECT coalesce(max(seq), 0) FROM opinion_journal
         WHERE organisation_id = $1 AND process_id = $2 AND voter = ANY ($3::bytea[])
        """,
        organisation_id,
        process_id,
        voters,
    )
    return found


async def participants_by_place(connection: Connection, organisation_id: UUID, process_id: UUID) -> Sequence[Record]:
    """Live: people who answered at each place and did not withdraw."""
    return await connection.fetch(
        """
        SELECT place_id, count(*) AS participants FROM counted_opinion
         WHERE organisation_id = $1 AND process_id = $2 AND NOT late GROUP BY place_id
        """,
        organisation_id,
        process_id,
    )


async def participants(connection: Connection, organisation_id: UUID, process_id: UUID) -> int:
    """Live: distinct people who answered anywhere in the process and did not withdraw."""
    found: int = await connection.fetchval(
        """
        SELECT count(DISTINCT voter) FROM counted_opinion
         WHERE organisation_id = $1 AND process_id = $2 AND NOT late
        """,
        organisation_id,
        process_id,
    )
    return found


async def participants_at(connection: Connection, organisation_id: UUID, process_id: UUID, place_id: UUID) -> int:
    """Live: people who answered at one place and did not withdraw."""
    found: int = await connection.fetchval(
        """
        SELECT count(*) FROM counted_opinion
         WHERE organisation_id = $1 AND process_id = $2 AND place_id = $3 AND NOT late
        """,
        organisation_id,
        process_id,
        place_id,
    )
    return found


async def forget_arrivals(
    connection: Connection, organisation_id: UUID, closed_before: datetime
) -> dict[UUID, int]:
    """Delete arrival times and network tokens of processes whose last phase closed before an instant; how many each."""
    rows = await connection.fetch(
        """
        WITH over AS (
            SELECT process_id FROM phase WHERE organisation_id = $1 AND 'opinions' = ANY (allows)
             GROUP BY process_id HAVING max(closes_at) < $2
        ), gone AS (
            DELETE FROM intake WHERE organisation_id = $1 AND process_id IN (SELECT process_id FROM over)
            RETURNING process_id
        )
        SELECT process_id, count(*) AS number FROM gone GROUP BY process_id
        """,
        organisation_id,
        closed_before,
    )
    return {row["process_id"]: row["number"] for row in rows}
