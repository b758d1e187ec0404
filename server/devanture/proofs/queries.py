"""SQL of proofs."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from asyncpg import Record

from devanture.db.pool import Connection


async def levels(connection: Connection, organisation_id: UUID, process_id: UUID, voter: bytes) -> list[str]:
    rows = await connection.fetch(
        "SELECT proof FROM voter_proof WHERE organisation_id = $1 AND process_id = $2 AND voter = $3",
        organisation_id,
        process_id,
        voter,
    )
    return [row["proof"] for row in rows]


async def earn(
    connection: Connection, organisation_id: UUID, process_id: UUID, voter: bytes, proof: str, source: bytes, day: date
) -> None:
    await connection.execute(
        """
        INSERT INTO voter_proof (organisation_id, process_id, voter, proof, source, day)
        VALUES ($1, $2, $3, $4, $5, $6)
        ON CONFLICT (organisation_id, process_id, voter, proof) DO UPDATE SET source = excluded.source
        """,
        organisation_id,
        process_id,
        voter,
        proof,
        source,
        day,
    )


async def take_along(
    connection: Connection, organisation_id: UUID, process_id: UUID, voter: bytes, proof: str, source: bytes
) -> bool:
    """Take a proof from whoever else had it of this source; whether anybody did."""
    rows = await connection.fetch(
        """
        DELETE FROM voter_proof
         WHERE organisation_id = $1 AND process_id = $2 AND proof = $4 AND source = $5 AND voter <> $3 RETURNING 1
        """,
        organisation_id,
        process_id,
        voter,
        proof,
        source,
    )
    return bool(rows)


async def ask(
    connection: Connection,
    organisation_id: UUID,
    process_id: UUID,
    voter: bytes,
    address: bytes,
    sealed: bytes,
    lang: str,
    now: datetime,
) -> None:
    """A new question takes the place of the last one of the same voter."""
    await connection.execute(
        """
        INSERT INTO mail_code (organisation_id, process_id, voter, address, sealed, lang, asked_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7)
        ON CONFLICT (organisation_id, process_id, voter) DO UPDATE
           SET address = excluded.address, sealed = excluded.sealed, lang = excluded.lang,
               asked_at = excluded.asked_at, tries = 0
        """,
        organisation_id,
        process_id,
        voter,
        address,
        sealed,
        lang,
        now,
    )


async def try_once(
    connection: Connection, organisation_id: UUID, process_id: UUID, voter: bytes, since: datetime, most: int
) -> Record | None:
    """Count one try of a voter's question; none when there is no question, or it is too old, or was tried enough."""
    return await connection.fetchrow(
        """
        UPDATE mail_code SET tries = tries + 1
         WHERE organisation_id = $1 AND process_id = $2 AND voter = $3 AND asked_at > $4 AND tries < $5
        RETURNING address, asked_at
        """,
        organisation_id,
        process_id,
        voter,
        since,
        most,
    )


async def question(connection: Connection, organisation_id: UUID, process_id: UUID, voter: bytes) -> Record | None:
    return await connection.fetchrow(
        """
        SELECT address, sealed, lang, asked_at FROM mail_code
         WHERE organisation_id = $1 AND process_id = $2 AND voter = $3
        """,
        organisation_id,
        process_id,
        voter,
    )


async def unseal(
    connection: Connection, organisation_id: UUID, process_id: UUID, voter: bytes, asked: datetime
) -> None:
    """The address was written to: nothing but its hash is kept."""
    await connection.execute(
        """
        UPDATE mail_code SET sealed = NULL
         WHERE organisation_id = $1 AND process_id = $2 AND voter = $3 AND asked_at = $4
        """,
        organisation_id,
        process_id,
        voter,
        asked,
    )


async def forget_questions(connection: Connection, organisation_id: UUID, before: datetime) -> int:
    rows = await connection.fetch(
        "DELETE FROM mail_code WHERE organisation_id = $1 AND asked_at < $2 RETURNING 1", organisation_id, before
    )
    return len(rows)


async def end_question(connection: Connection, organisation_id: UUID, process_id: UUID, voter: bytes) -> None:
    await connection.execute(
        "DELETE FROM mail_code WHERE organisation_id = $1 AND process_id = $2 AND voter = $3",
        organisation_id,
        process_id,
        voter,
    )


async def screens(connection: Connection, organisation_id: UUID, process_id: UUID) -> Sequence[Record]:
    """The facilitators' keys that hold."""
    return await connection.fetch(
        """
        SELECT id, label, wrapped FROM facilitator_key
         WHERE organisation_id = $1 AND process_id = $2 AND revoked_on IS NULL ORDER BY label, id
        """,
        organisation_id,
        process_id,
    )


async def use_screen(
    connection: Connection, organisation_id: UUID, process_id: UUID, key_id: UUID, step: int, most: int
) -> bool:
    """Count one person for the minute; False once the screen has proved as many as it can have seen."""
    row = await connection.fetchrow(
        """
        UPDATE facilitator_key SET step = $4, used = CASE WHEN step = $4 THEN used + 1 ELSE 1 END
         WHERE organisation_id = $1 AND process_id = $2 AND id = $3 AND revoked_on IS NULL
           AND (step <> $4 OR used < $5)
        RETURNING id
        """,
        organisation_id,
        process_id,
        key_id,
        step,
        most,
    )
    return row is not None


async def add_screen(
    connection: Connection,
    organisation_id: UUID,
    process_id: UUID,
    key_id: UUID,
    label: str,
    wrapped: bytes,
    day: date,
) -> None:
    await connection.execute(
        """
        INSERT INTO facilitator_key (organisation_id, process_id, id, label, wrapped, made_on)
        VALUES ($1, $2, $3, $4, $5, $6)
        """,
        organisation_id,
        process_id,
        key_id,
        label,
        wrapped,
        day,
    )


async def revoke_screen(
    connection: Connection, organisation_id: UUID, process_id: UUID, key_id: UUID, source: bytes, day: date, since: date
) -> int:
    """Close a screen, and take back what it proved from a day on; how many people."""
    await connection.execute(
        "UPDATE facilitator_key SET revoked_on = $4 WHERE organisation_id = $1 AND process_id = $2 AND id = $3",
        organisation_id,
        process_id,
        key_id,
        day,
    )
    rows = await connection.fetch(
        """
        DELETE FROM voter_proof
         WHERE organisation_id = $1 AND process_id = $2 AND proof = 'at_door' AND source = $3 AND day >= $4 RETURNING 1
        """,
        organisation_id,
        process_id,
        source,
        since,
    )
    return len(rows)


async def door_codes(connection: Connection, organisation_id: UUID, process_id: UUID) -> Sequence[Record]:
    """The posters' codes that hold, with their places."""
    return await connection.fetch(
        """
        SELECT d.code, d.place_id, p.ref FROM door_code d
          JOIN place p ON p.organisation_id = d.organisation_id AND p.id = d.place_id
         WHERE d.organisation_id = $1 AND d.process_id = $2 AND d.revoked_on IS NULL ORDER BY p.ref, d.code
        """,
        organisation_id,
        process_id,
    )


async def add_door_codes(
    connection: Connection,
    organisation_id: UUID,
    process_id: UUID,
    places: Sequence[UUID],
    codes: Sequence[str],
    day: date,
) -> None:
    await connection.execute(
        """
        INSERT INTO door_code (organisation_id, process_id, code, place_id, made_on)
        SELECT $1, $2, code, place_id, $5 FROM unnest($3::uuid[], $4::text[]) AS n (place_id, code)
        """,
        organisation_id,
        process_id,
        places,
        codes,
        day,
    )


async def revoke_door_code(
    connection: Connection, organisation_id: UUID, process_id: UUID, code: str, day: date
) -> bool:
    row = await connection.fetchrow(
        """
        UPDATE door_code SET revoked_on = $4
         WHERE organisation_id = $1 AND process_id = $2 AND code = $3 AND revoked_on IS NULL RETURNING code
        """,
        organisation_id,
        process_id,
        code,
        day,
    )
    return row is not None
