"""SQL of what is set aside: what the rules ask, the events, and their last word."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import NamedTuple
from uuid import UUID

from asyncpg import Record

from devanture.aside.schemas import Decided
from devanture.db.pool import Connection

SINGLE, SWARMS = (Path(__file__).with_name(f"{name}.sql").read_text() for name in ("single", "swarms"))
# Of one opinion the event with the highest number holds.
_LAST = """
SELECT DISTINCT ON (opinion_id) opinion_id, number, verdict, rule, reason FROM set_aside
 WHERE organisation_id = $1 AND process_id = $2 ORDER BY opinion_id, number DESC
"""


async def begin(connection: Connection, process_id: UUID, seconds: float) -> None:
    """Give this transaction time and memory; two passes over one process go one after the other.

    Without nested loops, since a pass reads whole tables: after ten thousand rows that came at once the planner still
    expects one, and a loop over such rows within such rows takes minutes.
    """
    await connection.execute(
        "SELECT set_config('statement_timeout', $1, true), set_config('work_mem', '64MB', true),"
        " set_config('lock_timeout', $1, true), set_config('enable_nestloop', 'off', true),"
        " set_config('jit', 'off', true)",
        f"{seconds:.0f}s",
    )
    await connection.execute("SELECT pg_advisory_xact_lock(hashtextextended($1, 0))", f"judging {process_id}")


async def single(
    connection: Connection,
    organisation_id: UUID,
    process_id: UUID,
    since: datetime,
    online: Sequence[str],
    too_fast: timedelta,
    too_many: int,
    within: timedelta,
    unproven: Sequence[str],
) -> Sequence[Record]:
    """Opinion and rule, for those that a rule finds without looking at other voters."""
    return await connection.fetch(
        SINGLE, organisation_id, process_id, since, online, too_fast, too_many, within, unproven
    )


class Looked(NamedTuple):
    """Which voters a burst is made of: since when, by which channels, how fresh, and of how many places at most."""

    since: datetime
    online: Sequence[str]
    fresh: timedelta
    light: int


async def swarms(
    connection: Connection,
    organisation_id: UUID,
    process_id: UUID,
    looked: Looked,
    least: int,
    few: int,
    moved: datetime,
) -> Sequence[Record]:
    """Groups of at least so many votes for one wish at one place of those where anything came since `moved`."""
    return await connection.fetch(SWARMS, organisation_id, process_id, *looked, least, few, moved)


async def replacements(connection: Connection, organisation_id: UUID, process_id: UUID) -> Sequence[Record]:
    """Answers that took the place of one that was out, with its rule: saying it anew does not undo a doubt.

    One that the desk or a proof restored frees whatever the same voter says there later.
    """
    return await connection.fetch(
        f"""
        WITH last AS ({_LAST}), doubted AS (
            SELECT j.place_id, j.voter, j.late, min(l.rule) AS rule, bool_or(l.verdict = 'restored') AS freed
              FROM last l JOIN opinion_journal j ON j.organisation_id = $1 AND j.process_id = $2 AND j.id = l.opinion_id
             WHERE l.verdict <> 'unproven' GROUP BY j.place_id, j.voter, j.late
        )
        SELECT c.opinion_id, d.rule
          FROM doubted d
          JOIN opinion_current c ON c.organisation_id = $1 AND c.process_id = $2 AND c.place_id = d.place_id
                                AND c.voter = d.voter AND c.late = d.late
         WHERE NOT d.freed AND NOT c.withdrawn
           AND NOT EXISTS (SELECT FROM set_aside s WHERE s.organisation_id = $1 AND s.process_id = $2
                                                     AND s.opinion_id = c.opinion_id)
           AND NOT EXISTS (SELECT FROM voter_proof v WHERE v.organisation_id = $1 AND v.process_id = $2
                                                       AND v.voter = c.voter)
        """,  # noqa: S608 - a constant of this file
        organisation_id,
        process_id,
    )


async def add(
    connection: Connection, organisation_id: UUID, process_id: UUID, day: date, found: Mapping[UUID, str]
) -> int:
    """The first event of each opinion that a rule found; how many were new."""
    done = await connection.fetch(
        """
        INSERT INTO set_aside (organisation_id, process_id, opinion_id, number, verdict, rule, day)
        SELECT $1, $2, id, 1, 'set_aside', rule, $3 FROM unnest($4::uuid[], $5::text[]) AS f (id, rule) ORDER BY id
        ON CONFLICT DO NOTHING RETURNING 1
        """,
        organisation_id,
        process_id,
        day,
        list(found),
        list(found.values()),
    )
    return len(done)


async def doubt(
    connection: Connection, organisation_id: UUID, process_id: UUID, day: date, opinions: Collection[UUID]
) -> int:
    """The next event of each: it counts, and its voter's proof does not count for it; how many."""
    done = await connection.fetch(
        """
        INSERT INTO set_aside (organisation_id, process_id, opinion_id, number, verdict, rule, day)
        SELECT $1, $2, id, 1 + coalesce((SELECT max(number) FROM set_aside s
                                          WHERE s.organisation_id = $1 AND s.process_id = $2 AND s.opinion_id = id), 0),
               'unproven', 'burst', $3
          FROM unnest($4::uuid[]) AS id ORDER BY id
        ON CONFLICT DO NOTHING RETURNING 1
        """,
        organisation_id,
        process_id,
        day,
        list(opinions),
    )
    return len(done)


async def decide(
    connection: Connection, organisation_id: UUID, process_id: UUID, member_id: UUID, day: date, decided: Decided
) -> bool:
    """One more event of an opinion, by a member; False when it is no opinion of this process, or stands so already."""
    row = await connection.fetchrow(
        """
        INSERT INTO set_aside (organisation_id, process_id, opinion_id, number, verdict, rule, reason, member_id, day)
        SELECT $1, $2, $3, coalesce(last.number, 0) + 1, $4, coalesce(last.rule, 'desk'), $5, $6, $7
          FROM opinion_journal j
          LEFT JOIN LATERAL (SELECT number, verdict, rule FROM set_aside
                              WHERE organisation_id = $1 AND process_id = $2 AND opinion_id = $3
                              ORDER BY number DESC LIMIT 1) last ON true
         WHERE j.organisation_id = $1 AND j.process_id = $2 AND j.id = $3
           AND coalesce(last.verdict, 'restored') <> $4
        ON CONFLICT DO NOTHING RETURNING number
        """,
        organisation_id,
        process_id,
        decided.opinion_id,
        decided.verdict,
        decided.reason,
        member_id,
        day,
    )
    return row is not None


async def lift(
    connection: Connection,
    organisation_id: UUID,
    process_id: UUID,
    voters: Sequence[bytes],
    rules: Sequence[str],
    why: str,
    day: date,
) -> int:
    """Restore what rules, never members, set aside of these voters; how many."""
    rows = await connection.fetch(
        """
        INSERT INTO set_aside (organisation_id, process_id, opinion_id, number, verdict, rule, reason, day)
        SELECT $1, $2, l.opinion_id, l.number + 1, 'restored', l.rule, $5, $6
          FROM opinion_journal j
         CROSS JOIN LATERAL (SELECT opinion_id, number, verdict, rule, member_id FROM set_aside s
                              WHERE s.organisation_id = $1 AND s.process_id = $2 AND s.opinion_id = j.id
                              ORDER BY number DESC LIMIT 1) l
         WHERE j.organisation_id = $1 AND j.process_id = $2 AND j.voter = ANY ($3::bytea[])
           AND l.verdict = 'set_aside' AND l.member_id IS NULL AND l.rule = ANY ($4::text[])
        ON CONFLICT DO NOTHING RETURNING 1
        """,
        organisation_id,
        process_id,
        voters,
        rules,
        why,
        day,
    )
    return len(rows)


async def settle(connection: Connection, organisation_id: UUID, process_id: UUID, voters: Sequence[bytes]) -> None:
    """These voters solved the puzzle: what came from them over the limit came from a voter like any other."""
    await connection.execute(
        """
        UPDATE intake SET standing = 'p'
         WHERE organisation_id = $1 AND process_id = $2 AND standing = 'o'
           AND opinion_id = ANY (ARRAY (SELECT id FROM opinion_journal
                                         WHERE organisation_id = $1 AND process_id = $2 AND voter = ANY ($3::bytea[])))
        """,
        organisation_id,
        process_id,
        voters,
    )


async def out(
    connection: Connection, organisation_id: UUID, process_id: UUID, opinions: Sequence[UUID]
) -> Sequence[Record]:
    """Of these opinions those whose last event leaves them out."""
    return await connection.fetch(
        f"SELECT * FROM ({_LAST}) AS last WHERE verdict IN ('set_aside', 'voided') AND opinion_id = ANY ($3)",  # noqa: S608
        organisation_id,
        process_id,
        opinions,
    )


async def events(
    connection: Connection, organisation_id: UUID, process_id: UUID, opinion_id: UUID
) -> Sequence[Record]:
    """All that happened to one opinion, in order."""
    return await connection.fetch(
        """
        SELECT number, verdict, rule, reason, member_id, day FROM set_aside
         WHERE organisation_id = $1 AND process_id = $2 AND opinion_id = $3 ORDER BY number
        """,
        organisation_id,
        process_id,
        opinion_id,
    )


async def tallies(connection: Connection, organisation_id: UUID, process_id: UUID) -> Sequence[Record]:
    """Current opinions by what holds of them; those taken back since are nobody's."""
    return await connection.fetch(
        f"""
        SELECT last.verdict, last.rule, count(*) AS opinions
          FROM ({_LAST}) AS last
          JOIN opinion_current c ON c.organisation_id = $1 AND c.process_id = $2 AND c.opinion_id = last.opinion_id
         WHERE NOT c.withdrawn GROUP BY last.verdict, last.rule ORDER BY last.verdict, last.rule
        """,  # noqa: S608 - a constant of this file
        organisation_id,
        process_id,
    )
