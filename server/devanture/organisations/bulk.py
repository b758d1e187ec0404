"""What an import writes of organisations."""

from uuid import UUID

from devanture.db.pool import Connection


async def ensure_organisation(connection: Connection, slug: str, name: str) -> UUID:
    """The organisation of this slug, made when absent; the name of one that exists is left as its people wrote it."""
    await connection.execute(
        """
        INSERT INTO organisation (id, slug, name) VALUES (gen_random_uuid(), $1, $2)
        ON CONFLICT (slug) DO NOTHING
        """,
        slug,
        name,
    )
    found: UUID = await connection.fetchval("SELECT id FROM organisation WHERE slug = $1", slug)
    return found
