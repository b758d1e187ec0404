"""The pool and the one way to a transaction.

Every transaction names its organisation (`set_config(…, true)`), which row-level security reads. Without an
organisation only published tables answer.
"""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any, Literal, TypeVar
from uuid import UUID

import asyncpg
import msgspec

from devanture.errors import Busy
from devanture.settings import DatabaseSettings

if TYPE_CHECKING:  # asyncpg's classes take a record type in its stubs only
    Connection = asyncpg.Connection[asyncpg.Record] | asyncpg.pool.PoolConnectionProxy[asyncpg.Record]
else:
    Connection = asyncpg.Connection

T = TypeVar("T")
Isolation = Literal["read_committed", "repeatable_read", "serializable"]

# What PostgreSQL says when it is short of something that comes back: the asker keeps what it has and tries again.
PASSING = (
    asyncpg.InsufficientResourcesError,
    asyncpg.OperatorInterventionError,
    asyncpg.PostgresConnectionError,
    asyncpg.LockNotAvailableError,
    asyncpg.TransactionRollbackError,
    asyncpg.InterfaceError,
    asyncpg.InternalClientError,  # a connection that was cut while it lay in the pool
    asyncpg.ReadOnlySQLTransactionError,  # a standby that answers before it has taken over, or a disk being cleared
    asyncpg.InvalidAuthorizationSpecificationError,  # a password that is being changed
    asyncpg.InvalidCachedStatementError,  # a migration changed what a prepared statement gives
    ConnectionError,
    OSError,
    TimeoutError,
)

_STARTING = (
    asyncpg.CannotConnectNowError,
    asyncpg.CrashShutdownError,
    asyncpg.AdminShutdownError,
    asyncpg.ConnectionDoesNotExistError,
    ConnectionResetError,
)
START_SECONDS = 15.0
"""After a crash PostgreSQL reads its log first; a program that begins meanwhile should not have to be begun again."""


async def once_started(work: Callable[[], Awaitable[T]]) -> T:
    """Do `work`, again and again for `START_SECONDS` while PostgreSQL says that it is starting or going down."""
    begun = time.monotonic()
    while True:
        try:
            return await work()
        except _STARTING:
            if time.monotonic() - begun > START_SECONDS:
                raise
        await asyncio.sleep(0.2)


class Database:
    """A pool of the app role. `open` before use, `close` at the end."""

    def __init__(self, settings: DatabaseSettings) -> None:
        self._settings = settings
        self._pool: asyncpg.Pool[asyncpg.Record] | None = None

    async def open(self) -> None:
        self._pool = await once_started(self._new_pool)

    async def _new_pool(self) -> "asyncpg.Pool[asyncpg.Record]":
        return await asyncpg.create_pool(
            self._settings.app_url,
            min_size=1,
            max_size=self._settings.pool_size,
            init=prepare_connection,
            server_settings={
                "application_name": "devanture",
                "statement_timeout": f"{self._settings.statement_seconds * 1000:.0f}",
                "lock_timeout": f"{self._settings.lock_seconds * 1000:.0f}",
                "timezone": "UTC",
            },
        )

    async def close(self) -> None:
        if self._pool is not None:
            await self._pool.close()

    @asynccontextmanager
    async def transaction(
        self, organisation_id: UUID | None = None, isolation: Isolation | None = None
    ) -> AsyncIterator[Connection]:
        """One transaction in the name of an organisation; raises `Busy` when the database cannot answer now."""
        if self._pool is None:
            raise Busy
        try:
            async with (
                self._pool.acquire(timeout=self._settings.acquire_seconds) as connection,
                connection.transaction(isolation=isolation),
            ):
                await enter_organisation(connection, organisation_id)
                yield connection
        except PASSING as error:
            raise Busy from error


async def enter_organisation(connection: Connection, organisation_id: UUID | None) -> None:
    """Make the rest of this transaction see the rows of one organisation only."""
    await connection.execute(
        "SELECT set_config('devanture.organisation', $1, true)", str(organisation_id or "")
    )


async def prepare_connection(connection: Connection) -> None:
    """Teach a connection to carry Python objects in `jsonb`."""
    await connection.set_type_codec(
        "jsonb", schema="pg_catalog", encoder=_encode, decoder=msgspec.json.decode, format="text"
    )


def _encode(value: Any) -> str:
    return msgspec.json.encode(value).decode()
