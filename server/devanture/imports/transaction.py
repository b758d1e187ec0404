"""One transaction for a whole import, which the readers of other nouns join instead of opening their own."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from uuid import UUID

from devanture.db.pool import Connection, Database, Isolation
from devanture.imports import queries


class JoinedDatabase(Database):
    """Answers every `transaction` with the one that is under way, in which its organisation is entered already."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    @asynccontextmanager
    async def transaction(
        self, organisation_id: UUID | None = None, isolation: Isolation | None = None
    ) -> AsyncIterator[Connection]:
        yield self._connection


@asynccontextmanager
async def one_import(database: Database, slug: str) -> AsyncIterator[Connection]:
    """A transaction that may last minutes; two imports of one process follow each other."""
    async with database.transaction() as connection:
        await queries.be_patient(connection)
        await queries.take_turn(connection, slug)
        yield connection
