"""SQL of processes. Slugs are global: the address is all that a first visit knows."""

from collections.abc import Sequence
from uuid import UUID

from asyncpg import Record

from devanture.db.pool import Connection

_PROCESS = """
SELECT p.organisation_id, p.id, p.slug, p.kind, p.name, p.texts, p.timezone, p.handover_on, p.max_wishes,
       p.demonstration, p.sources, p.sectors, o.name AS organisation, o.colours,
       left(encode(sha256(o.logo), 'hex'), 10) AS logo,
       -- Width and height stand in a PNG's header; of four bytes each, two hold every logo's.
       256 * get_byte(o.logo, 18) + get_byte(o.logo, 19) AS logo_width,
       256 * get_byte(o.logo, 22) + get_byte(o.logo, 23) AS logo_height,
       ARRAY[ST_XMin(p.bounds), ST_YMin(p.bounds), ST_XMax(p.bounds), ST_YMax(p.bounds)] AS bounds,
       (SELECT jsonb_agg(jsonb_build_object('code', f.code, 'opens_at', f.opens_at, 'closes_at', f.closes_at,
                                            'allows', f.allows) ORDER BY f.opens_at, f.code)
          FROM phase f WHERE f.organisation_id = p.organisation_id AND f.process_id = p.id) AS phases
  FROM process p JOIN organisation o ON o.id = p.organisation_id
"""


async def find_process(connection: Connection, slug: str) -> Record | None:
    return await connection.fetchrow(_PROCESS + "WHERE p.slug = $1", slug)


async def all_processes(connection: Connection) -> Sequence[Record]:
    return await connection.fetch(_PROCESS + "ORDER BY p.slug")


async def process_keys(connection: Connection, organisation_id: UUID, process_id: UUID) -> Sequence[Record]:
    """The wrapped keys; row-level security answers inside the organisation's own transaction only."""
    return await connection.fetch(
        "SELECT purpose, wrapped FROM process_key WHERE organisation_id = $1 AND process_id = $2",
        organisation_id,
        process_id,
    )
