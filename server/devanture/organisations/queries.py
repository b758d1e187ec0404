from collections.abc import Sequence
from uuid import UUID

from asyncpg import Record

from devanture.db.pool import Connection


async def find_organisation(connection: Connection, slug: str) -> Record | None:
    return await connection.fetchrow("SELECT id, slug, name FROM organisation WHERE slug = $1", slug)


async def organisation_name(connection: Connection, organisation_id: UUID) -> str:
    name: str = await connection.fetchval("SELECT name FROM organisation WHERE id = $1", organisation_id)
    return name


async def organisation_logo(connection: Connection, organisation_id: UUID) -> bytes | None:
    logo: bytes | None = await connection.fetchval("SELECT logo FROM organisation WHERE id = $1", organisation_id)
    return logo


async def all_organisations(connection: Connection) -> Sequence[Record]:
    return await connection.fetch("SELECT id, slug, name FROM organisation ORDER BY slug")
