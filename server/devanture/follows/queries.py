"""SQL of followers."""

from datetime import date
from uuid import UUID

from asyncpg import Record

from devanture.db.pool import Connection
from devanture.follows.schemas import Follow

_FOUND = """
SELECT f.id, f.place_id, f.means, f.confirmed, f.lang, p.ref
  FROM follow f JOIN place p ON p.organisation_id = f.organisation_id AND p.id = f.place_id
 WHERE f.organisation_id = $1 AND f.process_id = $2
"""


async def add(
    connection: Connection,
    organisation_id: UUID,
    process_id: UUID,
    follow: Follow,
    address: bytes | None,
    address_hash: bytes | None,
    token_hash: bytes,
    day: date,
    most: int,
) -> bool:
    """Store a follower; False when this id is known, this phone follows the place, or its owner follows `most`."""
    added = await connection.fetchval(
        """
        INSERT INTO follow (organisation_id, process_id, id, place_id, means, address, address_hash, token_hash,
                            confirmed, lang, day, asker)
        SELECT $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12
         WHERE (SELECT count(*) FROM follow WHERE organisation_id = $1 AND process_id = $2 AND asker = $12) < $13
        ON CONFLICT DO NOTHING RETURNING true
        """,
        organisation_id,
        process_id,
        follow.id,
        follow.place_id,
        follow.means,
        address,
        address_hash,
        token_hash,
        follow.confirmed,
        follow.lang,
        day,
        follow.asker,
        most,
    )
    return bool(added)


async def wait_for_turn(connection: Connection, asker: bytes) -> None:
    """Let no other follow of this asker pass until this transaction ends, so that their number can be bounded."""
    await connection.execute("SELECT pg_advisory_xact_lock(hashtextextended($1, 0))", asker.hex())


async def known(
    connection: Connection,
    organisation_id: UUID,
    process_id: UUID,
    follow_id: UUID,
    place_id: UUID,
    address_hash: bytes | None,
) -> Record | None:
    """The follower of this id, else the phone that follows this place; `same` when place and address are."""
    return await connection.fetchrow(
        """
        SELECT id, means, confirmed, place_id = $4 AND address_hash IS NOT DISTINCT FROM $5 AS same FROM follow
         WHERE organisation_id = $1 AND process_id = $2 AND (id = $3 OR (place_id = $4 AND address_hash = $5
                                                                         AND means = 'push'))
         ORDER BY id = $3 DESC LIMIT 1
        """,
        organisation_id,
        process_id,
        follow_id,
        place_id,
        address_hash,
    )


async def by_token(connection: Connection, organisation_id: UUID, process_id: UUID, digest: bytes) -> Record | None:
    return await connection.fetchrow(_FOUND + "AND f.token_hash = $3", organisation_id, process_id, digest)


async def sealed_address(
    connection: Connection, organisation_id: UUID, process_id: UUID, follow_id: UUID
) -> Record | None:
    """An address with its place's reference; `following` is the follower that its owner has confirmed there before."""
    return await connection.fetchrow(
        """
        SELECT p.ref, f.lang, f.address, f.confirmed,
               (SELECT id FROM follow AS before
                 WHERE before.organisation_id = $1 AND before.process_id = $2 AND before.place_id = f.place_id
                   AND before.address_hash = f.address_hash AND before.confirmed
                 ORDER BY id LIMIT 1) AS following
          FROM follow f JOIN place p ON p.organisation_id = f.organisation_id AND p.id = f.place_id
         WHERE f.organisation_id = $1 AND f.process_id = $2 AND f.id = $3
        """,
        organisation_id,
        process_id,
        follow_id,
    )


async def confirm(connection: Connection, organisation_id: UUID, process_id: UUID, digest: bytes) -> None:
    await connection.execute(
        "UPDATE follow SET confirmed = true WHERE organisation_id = $1 AND process_id = $2 AND token_hash = $3",
        organisation_id,
        process_id,
        digest,
    )


async def stop(connection: Connection, organisation_id: UUID, process_id: UUID, digest: bytes) -> None:
    """Nothing of a follower is kept once they stop: nor what the same address asked for at this place besides."""
    await connection.execute(
        """
        DELETE FROM follow USING follow AS own
         WHERE own.organisation_id = $1 AND own.process_id = $2 AND own.token_hash = $3
           AND follow.organisation_id = $1 AND follow.process_id = $2
           AND (follow.id = own.id OR (follow.place_id = own.place_id AND follow.address_hash = own.address_hash))
        """,
        organisation_id,
        process_id,
        digest,
    )


async def forget_unconfirmed(connection: Connection, organisation_id: UUID, before: date) -> dict[UUID, int]:
    """How many were deleted of each process."""
    rows = await connection.fetch(
        """
        WITH gone AS (
            DELETE FROM follow WHERE organisation_id = $1 AND NOT confirmed AND day < $2 RETURNING process_id
        )
        SELECT process_id, count(*) AS number FROM gone GROUP BY process_id
        """,
        organisation_id,
        before,
    )
    return {row["process_id"]: row["number"] for row in rows}
