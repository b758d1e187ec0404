"""The street of the walks: that of the browser tests, with one more door."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from devanture.db.pool import Database
from devanture.settings import Settings
from tests.seed import PLACES, Seeded, Town, place_row, seed


@asynccontextmanager
async def plant(settings: Settings) -> AsyncIterator[tuple[Database, Seeded]]:
    """The database with the street in it."""
    database = Database(settings.database)
    await database.open()
    try:
        street = (*PLACES, place_row("C16", 90, number="16", street="Rue Crébillon"))
        yield database, await seed(database, settings, Town().but(places=street))
    finally:
        await database.close()
