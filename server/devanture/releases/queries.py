"""SQL of releases: opinions come in, counts go out."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

from asyncpg import Record

from devanture.db.pool import Connection
from devanture.releases.counting import Counted
from devanture.releases.schemas import First, Item, Release, Scope

_FIRSTS, _ITEMS, _MOVED, _REACH, _VOTES = (
    Path(__file__).with_name(f"{name}.sql").read_text() for name in ("firsts", "items", "moved", "reach", "votes")
)
_COUNTS = "level, code, scope, persons, wishes"
_COUNTED = """
  FROM unnest($4::int[], $5::int[], $6::int[], $7::int[]) AS c (area, item, persons, wishes)
  JOIN unnest($8::text[], $9::text[]) WITH ORDINALITY AS i (level, code, n) ON i.n = c.item + 1
"""
_AREAS = "JOIN unnest({}) WITH ORDINALITY AS a (id, n) ON a.n = c.area + 1"
_VALUES = "i.level, i.code, $3, c.persons, c.wishes"
# One statement a table, built once from constants.
_INSERT = {
    "total": f"INSERT INTO release_total (organisation_id, release_id, {_COUNTS}) SELECT $1, $2, {_VALUES} {_COUNTED}",
    **{
        area: f"INSERT INTO release_{area} (organisation_id, release_id, {column}, {_COUNTS}) "
        f"SELECT $1, $2, a.id, {_VALUES} {_COUNTED} {_AREAS.format(f'$10::{kind}[]')}"
        for area, column, kind in (
            ("place", "place_id", "uuid"),
            ("reach", "place_id", "uuid"),
            ("cell", "cell", "bigint"),
        )
    },
}
TABLES = tuple(f"release_{area}" for area in _INSERT)


async def begin(connection: Connection, process_id: UUID, seconds: float) -> bool:
    """Give this transaction time and memory for a recount; False when another recount of the process is under way."""
    await connection.execute(
        "SELECT set_config('statement_timeout', $1, true), set_config('work_mem', '64MB', true)", f"{seconds:.0f}s"
    )
    return bool(
        await connection.fetchval("SELECT pg_try_advisory_xact_lock(hashtextextended($1, 0))", f"release {process_id}")
    )


async def places(connection: Connection, organisation_id: UUID, process_id: UUID) -> Sequence[Record]:
    """Every place of a process that may be counted: of the spots, those where anybody wishes for something."""
    return await connection.fetch(
        """
        SELECT p.id, p.kind, p.cell_8, p.cell_9, p.cell_10, ST_X(p.geom) AS lon, ST_Y(p.geom) AS lat
          FROM process_place l JOIN place p ON p.organisation_id = l.organisation_id AND p.id = l.place_id
         WHERE l.organisation_id = $1 AND l.process_id = $2
           AND (p.kind <> 'spot'
                OR EXISTS (SELECT FROM counted_opinion o
                            WHERE o.organisation_id = $1 AND o.process_id = $2 AND o.place_id = p.id AND NOT o.late)
                OR EXISTS (SELECT FROM public_basis b
                            WHERE b.organisation_id = $1 AND b.process_id = $2 AND b.place_id = p.id))
         ORDER BY p.id
        """,
        organisation_id,
        process_id,
    )


async def items(connection: Connection, organisation_id: UUID, process_id: UUID) -> Sequence[Record]:
    return await connection.fetch(_ITEMS, organisation_id, process_id)


async def reach(connection: Connection, organisation_id: UUID, process_id: UUID, metres: float) -> Sequence[Record]:
    return await connection.fetch(_REACH, organisation_id, process_id, metres)


async def votes(
    connection: Connection, organisation_id: UUID, process_id: UUID, scope: Scope, items: Sequence[Item]
) -> Sequence[Record]:
    number = {item.code: n for n, item in enumerate(items) if item.level == "family"}
    return await connection.fetch(
        _VOTES,
        organisation_id,
        process_id,
        scope,
        [item.level for item in items],
        [item.code for item in items],
        [number.get(item.family or "") for item in items],
    )


async def firsts(
    connection: Connection, organisation_id: UUID, process_id: UUID, scope: Scope, proven: Sequence[str], least: int
) -> list[First]:
    """What stands first at each place and, under the zero UUID, in all, seen without part of the people."""
    rows = await connection.fetch(_FIRSTS, organisation_id, process_id, scope, proven, least)
    return [First(**row) for row in rows]


async def late_opinions(connection: Connection, organisation_id: UUID, process_id: UUID) -> int:
    count: int = await connection.fetchval(
        """
        SELECT count(*) FROM counted_opinion WHERE organisation_id = $1 AND process_id = $2 AND late
        """,
        organisation_id,
        process_id,
    )
    return count


async def renew_basis(connection: Connection, organisation_id: UUID, process_id: UUID, moved: int, people: int) -> int:
    """Freeze anew the opinions of each place where `moved` people moved; fewer than `people` left hide it."""
    rows = await connection.fetch(_MOVED, organisation_id, process_id, moved)
    places = [row["place_id"] for row in rows]
    key = (organisation_id, process_id, places)
    await connection.execute(
        "DELETE FROM public_basis WHERE organisation_id = $1 AND process_id = $2 AND place_id = ANY ($3)", *key
    )
    await connection.execute(
        """
        INSERT INTO public_basis (organisation_id, process_id, place_id, voter, wishes, other, channel, proof)
        SELECT $1, $2, place_id, voter, wishes, other, channel, proof
          FROM (SELECT *, count(*) OVER (PARTITION BY place_id) AS people FROM counted_opinion
                 WHERE organisation_id = $1 AND process_id = $2 AND place_id = ANY ($3) AND NOT late) AS now
         WHERE people >= $4
        """,
        *key,
        people,
    )
    return len(places)


async def insert_release(connection: Connection, organisation_id: UUID, process_id: UUID, release: Release) -> int:
    """Store a release under the next number of its scope, which is returned."""
    number: int = await connection.fetchval(
        """
        INSERT INTO release (organisation_id, id, process_id, scope, number, made_at, inputs, participants, opinions,
                             wishes, late, places_shown, places_hidden, overturned, places_overturned)
        SELECT $1, $2, $3, $4, coalesce(max(number), 0) + 1, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14
          FROM release WHERE organisation_id = $1 AND process_id = $3 AND scope = $4
        RETURNING number
        """,
        organisation_id,
        release.id,
        process_id,
        release.scope,
        release.made_at,
        release.inputs,
        release.participants,
        release.opinions,
        release.wishes,
        release.late,
        release.places_shown,
        release.places_hidden,
        release.overturned,
        release.places_overturned,
    )
    return number


async def insert_counts(
    connection: Connection, organisation_id: UUID, release: Release, area: str, counted: Counted
) -> None:
    arguments = (
        organisation_id,
        release.id,
        release.scope,
        *counted.columns,
        [item.level for item in counted.items],
        [item.code for item in counted.items],
    )
    areas = () if area == "total" else (counted.areas,)
    await connection.execute(_INSERT[area], *arguments, *areas)


async def prune(connection: Connection, organisation_id: UUID, process_id: UUID, scope: Scope, keep: int) -> None:
    """Delete the counts of all but the last `keep` releases of a scope; their own rows stay as a record."""
    old = await connection.fetch(
        """
        SELECT id FROM release WHERE organisation_id = $1 AND process_id = $2 AND scope = $3
         ORDER BY number DESC OFFSET $4 LIMIT 10
        """,
        organisation_id,
        process_id,
        scope,
        keep,
    )
    ids = [row["id"] for row in old]
    for table in TABLES:
        await connection.execute(
            f"DELETE FROM {table} WHERE organisation_id = $1 AND release_id = ANY ($2)",  # noqa: S608 - a constant
            organisation_id,
            ids,
        )


async def cells_without_outline(connection: Connection, cells: Sequence[int]) -> list[int]:
    rows = await connection.fetch(
        "SELECT id FROM unnest($1::bigint[]) AS id WHERE NOT EXISTS (SELECT FROM cell WHERE cell.cell = id)", cells
    )
    return [row["id"] for row in rows]


async def insert_cells(
    connection: Connection, cells: Sequence[int], resolutions: Sequence[int], outlines: Sequence[bytes]
) -> None:
    await connection.execute(
        """
        INSERT INTO cell (cell, resolution, geom)
        SELECT id, resolution, ST_GeomFromWKB(outline, 4326)
          FROM unnest($1::bigint[], $2::int[], $3::bytea[]) AS t (id, resolution, outline)
        ON CONFLICT DO NOTHING
        """,
        cells,
        resolutions,
        outlines,
    )


_RELEASE = """
SELECT id, scope, number, made_at, inputs, participants, opinions, wishes, late, places_shown, places_hidden,
       overturned, places_overturned
  FROM release r WHERE organisation_id = $1 AND process_id = $2 AND scope = $3
"""


async def latest(connection: Connection, organisation_id: UUID, process_id: UUID, scope: Scope) -> Record | None:
    return await connection.fetchrow(_RELEASE + "ORDER BY number DESC LIMIT 1", organisation_id, process_id, scope)


async def kept(
    connection: Connection, organisation_id: UUID, process_id: UUID, scope: Scope, release_id: UUID
) -> Record | None:
    """The release of this id, if it still has counts."""
    return await connection.fetchrow(
        _RELEASE
        + """
           AND id = $4 AND EXISTS (SELECT FROM release_total t WHERE t.organisation_id = $1
                                            AND t.release_id = r.id)
        """,
        organisation_id,
        process_id,
        scope,
        release_id,
    )


async def totals(connection: Connection, organisation_id: UUID, release_id: UUID) -> Sequence[Record]:
    return await connection.fetch(
        """
        SELECT level, code, persons, wishes FROM release_total
         WHERE organisation_id = $1 AND release_id = $2 ORDER BY persons DESC, level, code
        """,
        organisation_id,
        release_id,
    )


async def place_counts(
    connection: Connection, organisation_id: UUID, release_id: UUID, place_id: UUID | None = None
) -> Sequence[Record]:
    """Counts of one place, or of all."""
    return await connection.fetch(
        """
        SELECT place_id, level, code, persons, wishes FROM release_place
         WHERE organisation_id = $1 AND release_id = $2 AND ($3::uuid IS NULL OR place_id = $3)
         ORDER BY place_id, persons DESC, level, code
        """,
        organisation_id,
        release_id,
        place_id,
    )


async def due(connection: Connection, organisation_id: UUID, now: datetime, slack: timedelta) -> Sequence[Record]:
    """Processes that got opinions since their last desk release, or closed since."""
    return await connection.fetch(
        """
        SELECT p.slug
          FROM process p
          LEFT JOIN LATERAL (SELECT max(r.made_at) AS made_at FROM release r
                              WHERE r.organisation_id = p.organisation_id AND r.process_id = p.id
                                AND r.scope = 'desk') AS last ON true
         WHERE p.organisation_id = $1
           AND (EXISTS (SELECT FROM intake i WHERE i.organisation_id = p.organisation_id AND i.process_id = p.id
                           AND i.arrived_at > coalesce(last.made_at - $3::interval, '-infinity'))
             OR EXISTS (SELECT FROM phase f WHERE f.organisation_id = p.organisation_id AND f.process_id = p.id
                           AND 'opinions' = ANY (f.allows) AND f.closes_at > last.made_at AND f.closes_at <= $2))
         ORDER BY p.slug
        """,
        organisation_id,
        now,
        slack,
    )


async def refresh_statistics(connection: Connection) -> None:
    await connection.execute("SELECT analyze_releases()")
