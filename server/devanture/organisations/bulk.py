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


async def dress_organisation(
    connection: Connection, organisation_id: UUID, colours: list[str] | None, logo: bytes | None
) -> None:
    """Its two colours and its logo (a PNG rebuilt from its pixels); what is not given stays as it was."""
    await connection.execute(
        "UPDATE organisation SET colours = coalesce($2, colours), logo = coalesce($3, logo) WHERE id = $1",
        organisation_id,
        colours,
        logo,
    )
