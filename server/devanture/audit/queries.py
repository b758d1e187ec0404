"""SQL of the daily trees."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from asyncpg import Record

from devanture.db.pool import Connection


async def last_seal(connection: Connection, organisation_id: UUID, process_id: UUID) -> Record | None:
    return await connection.fetchrow(
        """
        SELECT day, chain FROM merkle_day WHERE organisation_id = $1 AND process_id = $2 ORDER BY day DESC LIMIT 1
        """,
        organisation_id,
        process_id,
    )


async def give_time(connection: Connection, seconds: float) -> None:
    """Let the statements of this transaction take longer than those of a request."""
    await connection.execute("SELECT set_config('statement_timeout', $1, true)", f"{seconds:.0f}s")


async def take_leaves(connection: Connection, organisation_id: UUID, process_id: UUID, day: date) -> list[bytes]:
    """Give every leaf that is in no tree yet to the tree of this day; the leaves, in no order."""
    rows = await connection.fetch(
        """
        INSERT INTO merkle_leaf (organisation_id, process_id, leaf, day)
        SELECT l.organisation_id, l.process_id, l.leaf, $3
          FROM leaf l
         WHERE l.organisation_id = $1 AND l.process_id = $2
           AND NOT EXISTS (SELECT FROM merkle_leaf m WHERE m.organisation_id = l.organisation_id
                              AND m.process_id = l.process_id AND m.leaf = l.leaf)
        RETURNING leaf
        """,
        organisation_id,
        process_id,
        day,
    )
    return [row["leaf"] for row in rows]


async def add_seal(
    connection: Connection, organisation_id: UUID, process_id: UUID, day: date, leaves: int, root: bytes, chain: bytes
) -> None:
    await connection.execute(
        """
        INSERT INTO merkle_day (organisation_id, process_id, day, leaves, root, chain) VALUES ($1, $2, $3, $4, $5, $6)
        """,
        organisation_id,
        process_id,
        day,
        leaves,
        root,
        chain,
    )


async def seals(connection: Connection, organisation_id: UUID, process_id: UUID) -> Sequence[Record]:
    return await connection.fetch(
        """
        SELECT day, leaves, root, chain FROM merkle_day WHERE organisation_id = $1 AND process_id = $2 ORDER BY day
        """,
        organisation_id,
        process_id,
    )


async def leaf_beginning(
    connection: Connection, organisation_id: UUID, process_id: UUID, beginning: bytes
) -> Record | None:
    """The leaf that begins so, and the day of its tree; no day while no tree was made after it."""
    return await connection.fetchrow(
        """
        SELECT l.leaf, m.day
          FROM leaf l
          LEFT JOIN merkle_leaf m ON m.organisation_id = l.organisation_id AND m.process_id = l.process_id
                                 AND m.leaf = l.leaf
         WHERE l.organisation_id = $1 AND l.process_id = $2 AND l.leaf BETWEEN $3 AND $4
         LIMIT 1
        """,
        organisation_id,
        process_id,
        beginning,
        beginning + b"\xff" * 22,
    )


async def leaves_of(connection: Connection, organisation_id: UUID, process_id: UUID, day: date) -> list[bytes]:
    """The leaves of a day's tree, bytewise."""
    rows = await connection.fetch(
        "SELECT leaf FROM merkle_leaf WHERE organisation_id = $1 AND process_id = $2 AND day = $3 ORDER BY leaf",
        organisation_id,
        process_id,
        day,
    )
    return [row["leaf"] for row in rows]


_EVIDENCE = {
    "journal": """
        SELECT id, place_id, voter, seq, version, payload, digest, day, channel, proof, late
          FROM opinion_journal WHERE organisation_id = $1 AND process_id = $2 ORDER BY id
    """,
    "current": """
        SELECT place_id, voter, late, opinion_id, seq, wishes, other, withdrawn, channel, proof, day
          FROM opinion_current WHERE organisation_id = $1 AND process_id = $2
    """,
    "leaves": "SELECT leaf, opinion_id FROM leaf WHERE organisation_id = $1 AND process_id = $2",
    "sealed": "SELECT leaf, day FROM merkle_leaf WHERE organisation_id = $1 AND process_id = $2 ORDER BY day, leaf",
    "seals": """
        SELECT day, leaves, root, chain FROM merkle_day
         WHERE organisation_id = $1 AND process_id = $2 ORDER BY day
    """,
    "erased": "SELECT opinion_id, words FROM word_erasure WHERE organisation_id = $1 AND process_id = $2",
    "events": """
        SELECT opinion_id, number, verdict, rule, day FROM set_aside
         WHERE organisation_id = $1 AND process_id = $2 ORDER BY opinion_id, number
    """,
    "proofs": "SELECT voter, proof, day FROM voter_proof WHERE organisation_id = $1 AND process_id = $2",
    "basis": """
        SELECT place_id, voter, wishes, other, channel, proof FROM public_basis
         WHERE organisation_id = $1 AND process_id = $2
    """,
    "marks": "SELECT id, place_id FROM spot_mark WHERE organisation_id = $1 AND process_id = $2",
    "activities": """
        SELECT code, family, bool_or(sensitive) OVER (PARTITION BY family) AS sensitive
          FROM activity WHERE organisation_id = $1 AND process_id = $2
    """,
    "arrivals": "SELECT opinion_id, arrived_at FROM intake WHERE organisation_id = $1 AND process_id = $2",
    "releases": """
        SELECT DISTINCT ON (scope) id, scope, number, made_at, participants, opinions, wishes, late, places_shown,
               places_hidden
          FROM release WHERE organisation_id = $1 AND process_id = $2 ORDER BY scope, number DESC
    """,
    # Those of other processes too: a place that was taken in by another may be in the list no longer.
    "places": """
        SELECT p.id, p.ref, p.kind, p.merged_into, p.cell_8, p.cell_9, p.cell_10, ST_X(p.geom) AS lon,
               ST_Y(p.geom) AS lat, l.place_id IS NOT NULL AS listed
          FROM place p
          LEFT JOIN process_place l ON l.organisation_id = p.organisation_id AND l.process_id = $2 AND l.place_id = p.id
         WHERE p.organisation_id = $1
    """,
    "counts": """
        SELECT r.scope, a.area, a.at, a.level, a.code, a.persons, a.wishes
          FROM (SELECT DISTINCT ON (scope) id, scope FROM release
                 WHERE organisation_id = $1 AND process_id = $2 ORDER BY scope, number DESC) r
          JOIN (SELECT organisation_id, release_id, 'total' AS area, '' AS at, level, code, persons, wishes
                  FROM release_total
                UNION ALL
                SELECT organisation_id, release_id, 'place', place_id::text, level, code, persons, wishes
                  FROM release_place
                UNION ALL
                SELECT organisation_id, release_id, 'reach', place_id::text, level, code, persons, wishes
                  FROM release_reach
                UNION ALL
                SELECT organisation_id, release_id, 'cell', cell::text, level, code, persons, wishes FROM release_cell
               ) a ON a.organisation_id = $1 AND a.release_id = r.id
    """,
}


async def evidence(connection: Connection, organisation_id: UUID, process_id: UUID) -> dict[str, Sequence[Record]]:
    """Every row that an audit looks at, by what it is."""
    return {
        name: await connection.fetch(statement, organisation_id, process_id) for name, statement in _EVIDENCE.items()
    }
