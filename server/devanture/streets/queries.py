"""SQL of streets."""

from collections.abc import Sequence
from uuid import UUID

from asyncpg import Record

from devanture.db.pool import Connection


async def streets(connection: Connection, organisation_id: UUID, process_id: UUID) -> Sequence[Record]:
    """Every street by name, with its lines and its numbers as JSON; five decimals are a metre.

    LATERAL asks the key of `address` once a street: fresh from an import, before statistics know the tables, a join
    with all numbers grouped was planned as a loop over all of them for each street, and took more than five seconds.
    """
    return await connection.fetch(
        """
        SELECT s.name, s.rank, ST_AsGeoJSON(s.geom, 5)::jsonb -> 'coordinates' AS lines,
               coalesce(a.numbers, '{}'::jsonb) AS numbers
          FROM street s
          LEFT JOIN LATERAL (SELECT jsonb_object_agg(number, ST_AsGeoJSON(geom, 5)::jsonb -> 'coordinates') AS numbers
                               FROM address
                              WHERE organisation_id = $1 AND process_id = $2 AND street = s.name) a ON true
         WHERE s.organisation_id = $1 AND s.process_id = $2
         ORDER BY s.name
        """,
        organisation_id,
        process_id,
    )


async def near(
    connection: Connection, organisation_id: UUID, process_id: UUID, lon: float, lat: float, metres: float
) -> Sequence[Record]:
    """Streets in a square of some metres around a point, with their numbers inside it; pieces that meet are one line.

    A degree of latitude is about 111,320 m, one of longitude that times cos(lat).
    """
    return await connection.fetch(
        """
        WITH sight AS (SELECT ST_Expand(ST_SetSRID(ST_MakePoint($3, $4), 4326),
                                        $5 / (111320 * cos(radians($4))), $5 / 111320) AS box)
        SELECT s.name, s.rank, ST_AsGeoJSON(ST_Multi(ST_LineMerge(s.geom)), 6)::jsonb -> 'coordinates' AS lines,
               coalesce(a.numbers, '{}'::jsonb) AS numbers
          FROM sight JOIN street s ON s.geom && sight.box
          LEFT JOIN LATERAL (SELECT jsonb_object_agg(number, ST_AsGeoJSON(geom, 6)::jsonb -> 'coordinates') AS numbers
                               FROM address WHERE organisation_id = $1 AND process_id = $2 AND street = s.name
                                              AND geom && sight.box) a ON true
         WHERE s.organisation_id = $1 AND s.process_id = $2
         ORDER BY s.name
        """,
        organisation_id,
        process_id,
        lon,
        lat,
        metres,
    )
