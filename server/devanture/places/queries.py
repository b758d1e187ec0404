"""SQL of places. A process has some thousand at the most: nearest first is a sort, not a search."""

from collections.abc import Sequence
from uuid import UUID

from asyncpg import Record

from devanture.db.pool import Connection
from devanture.places.schemas import NewSpot

_PLACE = """
SELECT p.id, p.ref, p.kind, p.state, ST_X(p.geom) AS lon, ST_Y(p.geom) AS lat, p.number, p.street, p.near_street,
       p.name, p.left, p.right, p.stance, p.plan, p.source, p.seen,
       l.round, l.step, l.side, l.along_m
  FROM process_place l JOIN place p ON p.organisation_id = l.organisation_id AND p.id = l.place_id
 WHERE l.organisation_id = $1 AND l.process_id = $2 AND p.merged_into IS NULL
"""
# Where references lead, through as many merges as there were; `UNION` ends a ring that somebody made by mistake.
_LED = """
WITH RECURSIVE led AS (
    SELECT ref AS asked, id, merged_into FROM place WHERE organisation_id = $1 AND {begun}
     UNION
    SELECT led.asked, heir.id, heir.merged_into
      FROM led JOIN place heir ON heir.organisation_id = $1 AND heir.id = led.merged_into)
"""
# A spot is public demand: it is listed while anybody wishes for something there.
_LISTED = """
   AND (p.kind <> 'spot' OR EXISTS (SELECT FROM counted_opinion o
                                     WHERE o.organisation_id = $1 AND o.process_id = $2 AND o.place_id = p.id
                                       AND NOT o.late))
"""


async def places(connection: Connection, organisation_id: UUID, process_id: UUID) -> Sequence[Record]:
    return await connection.fetch(_PLACE + _LISTED + "ORDER BY p.ref", organisation_id, process_id)


async def named(
    connection: Connection, organisation_id: UUID, process_id: UUID, refs: Sequence[str]
) -> Sequence[Record]:
    """Places of these references, listed or not; `asked` is the reference of one that was merged into this one."""
    return await connection.fetch(
        f"""
        {_LED.format(begun="ref = ANY ($3)")}
        SELECT led.asked, known.* FROM led JOIN ({_PLACE}) known USING (id) WHERE led.merged_into IS NULL
        """,  # noqa: S608 - constants of this file
        organisation_id,
        process_id,
        refs,
    )


async def spots_near(
    connection: Connection, organisation_id: UUID, process_id: UUID, lon: float, lat: float, metres: float
) -> Sequence[Record]:
    """Listed spots within some metres of a point, straight."""
    return await connection.fetch(
        _PLACE
        + _LISTED
        + """
           AND p.kind = 'spot' AND ST_DistanceSphere(p.geom, ST_SetSRID(ST_MakePoint($3, $4), 4326)) <= $5
        """,
        organisation_id,
        process_id,
        lon,
        lat,
        metres,
    )


async def insert_spot(
    connection: Connection, organisation_id: UUID, place_id: UUID, spot: NewSpot, cells: dict[str, int]
) -> bool:
    """Whether the spot is new: one of this reference stays as it is."""
    status: str = await connection.execute(
        """
        INSERT INTO place (organisation_id, id, ref, kind, state, geom, cell_8, cell_9, cell_10, number, street,
                           near_street)
        VALUES ($1, $2, $3, 'spot', 'open', ST_SetSRID(ST_MakePoint($4, $5), 4326), $6, $7, $8, $9, $10, $11)
        ON CONFLICT DO NOTHING
        """,
        organisation_id,
        place_id,
        spot.ref,
        spot.lon,
        spot.lat,
        cells["cell_8"],
        cells["cell_9"],
        cells["cell_10"],
        spot.number,
        spot.street,
        spot.near_street,
    )
    return status == "INSERT 0 1"


async def link(connection: Connection, organisation_id: UUID, process_id: UUID, ref: str) -> UUID:
    """Let a process ask about the place of this reference; its id."""
    found: UUID = await connection.fetchval(
        """
        WITH known AS (SELECT id FROM place WHERE organisation_id = $1 AND ref = $3),
             linked AS (INSERT INTO process_place (organisation_id, process_id, place_id)
                        SELECT $1, $2, id FROM known ON CONFLICT DO NOTHING)
        SELECT id FROM known
        """,
        organisation_id,
        process_id,
        ref,
    )
    return found


async def heirs(connection: Connection, organisation_id: UUID, process_id: UUID) -> Sequence[Record]:
    """References of merged places, and of those of this process that took them in at last.

    The few that are gone are found first: beside 5,000 places that no statistics know yet, just after an import, the
    planner compared each with each otherwise, for five seconds.
    """
    return await connection.fetch(
        f"""
        {_LED.format(begun="merged_into IS NOT NULL")}
        SELECT led.asked AS ref, heir.ref AS heir FROM led
          JOIN place heir ON heir.organisation_id = $1 AND heir.id = led.id
          JOIN process_place l ON l.organisation_id = $1 AND l.process_id = $2 AND l.place_id = heir.id
         WHERE led.merged_into IS NULL
        """,  # noqa: S608 - a constant of this file
        organisation_id,
        process_id,
    )


async def near(
    connection: Connection, organisation_id: UUID, process_id: UUID, lon: float, lat: float, limit: int
) -> Sequence[Record]:
    """Identifiers of the nearest places and their distance in metres, nearest first."""
    return await connection.fetch(
        f"""
        SELECT p.id, ST_DistanceSphere(p.geom, q.point) AS metres
          FROM (SELECT ST_SetSRID(ST_MakePoint($3, $4), 4326) AS point) q
          JOIN process_place l ON l.organisation_id = $1 AND l.process_id = $2
          JOIN place p ON p.organisation_id = l.organisation_id AND p.id = l.place_id
         WHERE p.merged_into IS NULL {_LISTED}
         ORDER BY ST_DistanceSphere(p.geom, q.point) LIMIT $5
        """,  # noqa: S608 - a constant of this file
        organisation_id,
        process_id,
        lon,
        lat,
        limit,
    )
