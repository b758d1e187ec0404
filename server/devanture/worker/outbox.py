"""Asking the worker for something, inside the transaction of the act that wants it: both are kept, or neither."""

from typing import Any, cast
from uuid import UUID

from pgqueuer.adapters.drivers.asyncpg import AsyncpgDriver
from pgqueuer.adapters.persistence.queries import Queries

from devanture.db.pool import Connection

RELEASE, CONFIRMATION, MAIL_CODE = "release", "confirm-follow", "mail-code"


async def enqueue_release(connection: Connection, slug: str) -> None:
    """Have a process recounted soon; asking again before it was done changes nothing."""
    await _enqueue(connection, RELEASE, slug)


async def enqueue_confirmation(connection: Connection, slug: str, follow_id: UUID) -> None:
    """Have a follower's mail address asked whether it is theirs; the queue holds no address."""
    await _enqueue(connection, CONFIRMATION, f"{slug} {follow_id}")


async def enqueue_mail_code(connection: Connection, slug: str, voter: str) -> None:
    """Have six digits sent to the address that a voter named; the queue holds no address."""
    await _enqueue(connection, MAIL_CODE, f"{slug} {voter}")


async def _enqueue(connection: Connection, entrypoint: str, payload: str) -> None:
    # A connection lent by the pool does all that one of our own does.
    queue = Queries(_Outbox(cast(Any, connection)))
    await queue.enqueue(entrypoint, payload.encode(), dedupe_key=f"{entrypoint} {payload}", on_conflict="skip")


class _Outbox(AsyncpgDriver):
    """Our connections encode `jsonb` themselves: what pgqueuer has encoded already must go as text."""

    async def fetch(self, query: str, *args: object) -> list[dict[str, Any]]:
        return await super().fetch(query.replace("::jsonb[]", "::text[]::jsonb[]"), *args)
