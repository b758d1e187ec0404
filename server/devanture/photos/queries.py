"""SQL of photos."""

from collections.abc import Sequence
from uuid import UUID

from asyncpg import Record

from devanture.db.pool import Connection


async def photo(connection: Connection, organisation_id: UUID, process_id: UUID, photo_id: UUID) -> Record | None:
    """What is stored under an id, with its place's reference."""
    return await connection.fetchrow(
        """
        SELECT f.digest, f.width, f.height, p.ref FROM photo f
          JOIN place p ON p.organisation_id = f.organisation_id AND p.id = f.place_id
         WHERE f.organisation_id = $1 AND f.process_id = $2 AND f.id = $3
        """,
        organisation_id,
        process_id,
        photo_id,
    )


async def room(
    connection: Connection, organisation_id: UUID, process_id: UUID, place_id: UUID, voter: bytes
) -> tuple[int, int]:
    """How many photos a voter has given at one place and in all, those taken back not among them."""
    at_place, in_all = await connection.fetchrow(  # type: ignore[misc]  # A count always gives a row.
        """
        SELECT count(*) FILTER (WHERE place_id = $3), count(*) FROM photo
         WHERE organisation_id = $1 AND process_id = $2 AND voter = $4 AND state <> 'withdrawn'
        """,
        organisation_id,
        process_id,
        place_id,
        voter,
    )
    return at_place, in_all


async def one_at_a_time(connection: Connection, voter: bytes) -> None:
    """Until the transaction ends, no other photo of this voter is counted or stored."""
    await connection.execute("SELECT pg_advisory_xact_lock(hashtextextended($1, 0))", voter.hex())


async def add(connection: Connection, organisation_id: UUID, row: Sequence[object]) -> bool:
    """Store a photo, unless its id is taken; the row in the order of the columns below."""
    done: str = await connection.execute(
        """
        INSERT INTO photo (organisation_id, process_id, id, place_id, opinion_id, voter, digest, day,
                           file, width, height, size, state)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, 'waiting')
        ON CONFLICT DO NOTHING
        """,
        organisation_id,
        *row,
    )
    return done == "INSERT 0 1"


async def live(connection: Connection, organisation_id: UUID) -> Sequence[Record]:
    """Every photo that was not taken back: the files that are needed, and the sendings that they hang on."""
    return await connection.fetch(
        "SELECT process_id, id, opinion_id, file FROM photo WHERE organisation_id = $1 AND state <> 'withdrawn'",
        organisation_id,
    )


async def withdraw(connection: Connection, organisation_id: UUID, photos: Sequence[Record]) -> None:
    await connection.execute(
        """
        UPDATE photo SET state = 'withdrawn' FROM unnest($2::uuid[], $3::uuid[]) AS gone (process_id, id)
         WHERE photo.organisation_id = $1 AND photo.process_id = gone.process_id AND photo.id = gone.id
        """,
        organisation_id,
        [photo["process_id"] for photo in photos],
        [photo["id"] for photo in photos],
    )
