"""SQL of existing shops. The place is one constant point, so the GiST index on `supply.geom` serves."""

from collections.abc import Sequence
from uuid import UUID

from asyncpg import Record

from devanture.db.pool import Connection

# The window is in degrees around the point: 1 degree of latitude is about 111,320 m, of longitude that times cos(lat);
# the hundredth more keeps what a sphere of another radius would lose.
_WINDOW = """
    s.geom && ST_Expand(p.geom, $3 * 1.01 / (111320 * cos(radians(ST_Y(p.geom)))), $3 * 1.01 / 111320.0)
"""


async def around_place(
    connection: Connection, organisation_id: UUID, place_id: UUID, window_m: float
) -> Sequence[Record]:
    """Shops of a known kind in a square of `window_m` metres around a place, with their straight distance in metres."""
    return await connection.fetch(
        f"""
        SELECT s.activity, s.name, s.confirmed, s.source, s.seen, ST_DistanceSphere(s.geom, p.geom) AS metres
          FROM place p JOIN supply s ON s.organisation_id = p.organisation_id AND {_WINDOW}
         WHERE p.organisation_id = $1 AND p.id = $2 AND s.activity IS NOT NULL
         ORDER BY metres
        """,  # noqa: S608 - a constant of this file
        organisation_id,
        place_id,
        window_m,
    )


async def around_places(
    connection: Connection, organisation_id: UUID, process_id: UUID, window_m: float
) -> Sequence[Record]:
    """For each place of a process: shops of each kind within reach on foot, and how far the nearest is (straight).

    OFFSET 0 keeps the planner from comparing every place with every shop, as it would without the index: 0.5 s for
    5,000 places and 534 shops instead of 3.6 s.
    """
    return await connection.fetch(
        f"""
        SELECT p.ref, near.activity, count(*) AS count, min(near.metres) AS metres
          FROM process_place l
          JOIN place p ON p.organisation_id = l.organisation_id AND p.id = l.place_id
         CROSS JOIN LATERAL (
               SELECT s.activity, ST_DistanceSphere(s.geom, p.geom) AS metres FROM supply s
                WHERE s.organisation_id = p.organisation_id AND s.activity IS NOT NULL AND {_WINDOW} OFFSET 0) AS near
         WHERE l.organisation_id = $1 AND l.process_id = $2 AND near.metres <= $3
         GROUP BY p.ref, near.activity ORDER BY p.ref, near.activity
        """,  # noqa: S608 - a constant of this file
        organisation_id,
        process_id,
        window_m,
    )
