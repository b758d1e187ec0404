"""SQL of places. A process has some thousand at the most: nearest first is a sort, not a search."""

from collections.abc import Sequence
from uuid import UUID

from asyncpg import Record

from devanture.db.pool import Connection

_PLACE = """
SELECT p.id, p.ref, p.kind, p.state, ST_X(p.geom) AS lon, ST_Y(p.geom) AS lat, p.number, p.street, p.near_street,
       p.name, p.left, p.right, p.stance, p.plan, p.source, p.seen,
       l.round, l.step, l.side, l.along_m
  FROM process_place l JOIN place p ON p.organisation_id = l.organisation_id AND p.id = l.place_id
 WHERE l.organisation_id = $1 AND l.process_id = $2 AND p.merged_into IS NULL
"""


async def places(connection: Connection, organisation_id: UUID, process_id: UUID) -> Sequence[Record]:
    return await connection.fetch(_PLACE + "ORDER BY p.ref", organisation_id, process_id)


async def heirs(connection: Connection, organisation_id: UUID, process_id: UUID) -> Sequence[Record]:
    """References of merged places, and of those of this process that took them in."""
    return await connection.fetch(
        """
        SELECT gone.ref, heir.ref AS heir FROM process_place l
          JOIN place heir ON heir.organisation_id = l.organisation_id AND heir.id = l.place_id
          JOIN place gone ON gone.organisation_id = heir.organisation_id AND gone.merged_into = heir.id
         WHERE l.organisation_id = $1 AND l.process_id = $2 AND heir.merged_into IS NULL
        """,
        organisation_id,
        process_id,
    )


async def near(
    connection: Connection, organisation_id: UUID, process_id: UUID, lon: float, lat: float, limit: int
) -> Sequence[Record]:
    """Identifiers of the nearest places and their distance in metres, nearest first."""
    return await connection.fetch(
        """
        SELECT p.id, ST_DistanceSphere(p.geom, q.point) AS metres
          FROM (SELECT ST_SetSRID(ST_MakePoint($3, $4), 4326) AS point) q
          JOIN process_place l ON l.organisation_id = $1 AND l.process_id = $2
          JOIN place p ON p.organisation_id = l.organisation_id AND p.id = l.place_id
         WHERE p.merged_into IS NULL
         ORDER BY ST_DistanceSphere(p.geom, q.point) LIMIT $5
        """,
        organisation_id,
        process_id,
        lon,
        lat,
        limit,
    )
