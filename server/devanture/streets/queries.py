"""SQL of streets."""

from collections.abc import Sequence
from uuid import UUID

from asyncpg import Record

from devanture.db.pool import Connection


async def streets(connection: Connection, organisation_id: UUID, process_id: UUID) -> Sequence[Record]:
    """Every street by name, with its lines and its numbers as JSON; five decimals are a metre."""
    return await connection.fetch(
        """
        SELECT s.name, s.rank, ST_AsGeoJSON(s.geom, 5)::jsonb -> 'coordinates' AS lines,
               coalesce(a.numbers, '{}'::jsonb) AS numbers
          FROM street s
          LEFT JOIN (SELECT street, jsonb_object_agg(number, ST_AsGeoJSON(geom, 5)::jsonb -> 'coordinates') AS numbers
                       FROM address WHERE organisation_id = $1 AND process_id = $2 GROUP BY street) a
            ON a.street = s.name
         WHERE s.organisation_id = $1 AND s.process_id = $2
         ORDER BY s.name
        """,
        organisation_id,
        process_id,
    )
