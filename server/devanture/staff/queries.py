from datetime import datetime
from typing import Any
from uuid import UUID

from asyncpg import Record

from devanture.db.pool import Connection


async def keep_member(
    connection: Connection, organisation_id: UUID, member_id: UUID, email: str, name: str, roles: list[str]
) -> UUID:
    """Add a member, or change the one with this address; returns the member's id."""
    kept: UUID = await connection.fetchval(
        """
        INSERT INTO staff_member (organisation_id, id, email, name, roles) VALUES ($1, $2, $3, $4, $5)
        ON CONFLICT (organisation_id, email) DO UPDATE SET name = excluded.name, roles = excluded.roles
        RETURNING id
        """,
        organisation_id,
        member_id,
        email,
        name,
        roles,
    )
    return kept


async def add_link(
    connection: Connection, organisation_id: UUID, digest: bytes, member_id: UUID, expires_at: datetime
) -> None:
    await connection.execute(
        "INSERT INTO sign_in_link (organisation_id, digest, member_id, expires_at) VALUES ($1, $2, $3, $4)",
        organisation_id,
        digest,
        member_id,
        expires_at,
    )


async def spend_link(connection: Connection, organisation_id: UUID, digest: bytes, now: datetime) -> UUID | None:
    """Mark a link as used and return its member; none when it was used, is too old, or never was."""
    member_id: UUID | None = await connection.fetchval(
        """
        UPDATE sign_in_link SET used_at = $3
         WHERE organisation_id = $1 AND digest = $2 AND used_at IS NULL AND expires_at > $3 RETURNING member_id
        """,
        organisation_id,
        digest,
        now,
    )
    return member_id


async def add_session(
    connection: Connection, organisation_id: UUID, digest: bytes, member_id: UUID, now: datetime
) -> None:
    await connection.execute(
        """
        INSERT INTO staff_session (organisation_id, digest, member_id, created_at, seen_at)
        VALUES ($1, $2, $3, $4, $4)
        """,
        organisation_id,
        digest,
        member_id,
        now,
    )


async def touch_session(
    connection: Connection, organisation_id: UUID, digest: bytes, now: datetime, idle_since: datetime
) -> Record | None:
    """The member behind a living session, which is seen now; none when it was revoked or idle for too long."""
    return await connection.fetchrow(
        """
        UPDATE staff_session s SET seen_at = $3 FROM staff_member m
         WHERE s.organisation_id = $1 AND s.digest = $2 AND s.revoked_at IS NULL AND s.seen_at > $4
           AND m.organisation_id = s.organisation_id AND m.id = s.member_id
        RETURNING m.organisation_id, m.id, m.email, m.name, m.roles
        """,
        organisation_id,
        digest,
        now,
        idle_since,
    )


async def revoke_session(connection: Connection, organisation_id: UUID, digest: bytes, now: datetime) -> None:
    await connection.execute(
        "UPDATE staff_session SET revoked_at = $3 WHERE organisation_id = $1 AND digest = $2 AND revoked_at IS NULL",
        organisation_id,
        digest,
        now,
    )


async def record_act(
    connection: Connection,
    organisation_id: UUID,
    act_id: UUID,
    member_id: UUID,
    now: datetime,
    act: str,
    subject: dict[str, Any],
) -> None:
    await connection.execute(
        "INSERT INTO staff_act (organisation_id, id, member_id, at, act, subject) VALUES ($1, $2, $3, $4, $5, $6)",
        organisation_id,
        act_id,
        member_id,
        now,
        act,
        subject,
    )
