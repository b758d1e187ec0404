"""What staff do to come in and go out, and the trail of what they did and read."""

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

import msgspec

from devanture.db.pool import Connection, Database
from devanture.errors import OperatorError, Problem
from devanture.staff import queries, rules
from devanture.staff.schemas import Member


async def add_member(database: Database, organisation_id: UUID, email: str, name: str, roles: list[str]) -> UUID:
    """Add a member or change their name and roles; raises `OperatorError` for a role that does not exist."""
    unknown = set(roles) - set(rules.ROLES)
    if unknown or not roles:
        raise OperatorError(f"A role is one of {', '.join(rules.ROLES)}, not « {', '.join(sorted(unknown))} ».")
    async with database.transaction(organisation_id) as connection:
        return await queries.keep_member(connection, organisation_id, uuid4(), email.strip().lower(), name, roles)


async def new_sign_in_link(database: Database, organisation_id: UUID, member_id: UUID, now: datetime) -> str:
    """A token that opens one session within the hour."""
    token = rules.new_token(organisation_id)
    async with database.transaction(organisation_id) as connection:
        await queries.add_link(connection, organisation_id, rules.digest(token), member_id, now + rules.LINK_LASTS)
    return token


async def sign_in(database: Database, link: str, now: datetime) -> str:
    """Spend a sign-in link; returns the token of the new session, or raises `sign-in-link-spent`."""
    read = rules.read_token(link)
    if read is None:
        raise Problem("sign-in-link-spent")
    organisation_id, digest = read
    session = rules.new_token(organisation_id)
    async with database.transaction(organisation_id) as connection:
        member_id = await queries.spend_link(connection, organisation_id, digest, now)
        if member_id is None:
            raise Problem("sign-in-link-spent")
        await queries.add_session(connection, organisation_id, rules.digest(session), member_id, now)
        await record(connection, organisation_id, member_id, now, "sign-in")
    return session


async def member_of(database: Database, session: str, now: datetime) -> Member | None:
    """Who a session belongs to, or none when it has ended."""
    read = rules.read_token(session)
    if read is None:
        return None
    organisation_id, digest = read
    async with database.transaction(organisation_id) as connection:
        row = await queries.touch_session(connection, organisation_id, digest, now, now - rules.IDLE)
    return msgspec.convert(dict(row), Member) if row else None


async def sign_out(database: Database, session: str, now: datetime) -> None:
    """End a session; ending one that has ended already is no fault."""
    if read := rules.read_token(session):
        async with database.transaction(read[0]) as connection:
            await queries.revoke_session(connection, *read, now)


async def record(
    connection: Connection, organisation_id: UUID, member_id: UUID, now: datetime, act: str, **subject: Any
) -> None:
    """Add a line to the trail, in the transaction of the act itself."""
    await queries.record_act(connection, organisation_id, uuid4(), member_id, now, act, subject)


async def record_reading(database: Database, member: Member, now: datetime, what: str, **subject: Any) -> None:
    """The desk sees exact figures; that it did is written down."""
    async with database.transaction(member.organisation_id) as connection:
        await record(connection, member.organisation_id, member.id, now, f"read:{what}", **subject)
