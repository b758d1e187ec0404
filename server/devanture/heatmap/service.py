"""Tiles of released figures, of places and of existing shops."""

from devanture.db.pool import Database
from devanture.heatmap import queries
from devanture.heatmap.queries import Titles
from devanture.heatmap.rules import resolution_of
from devanture.heatmap.schemas import Ask, Tile
from devanture.opinions.rulebook import Rulebook
from devanture.places.rules import title
from devanture.processes.schemas import Process
from devanture.releases.schemas import Release


async def heat_tile(database: Database, book: Rulebook, release: Release, ask: Ask, tile: Tile, lang: str) -> bytes:
    """Layers `hexagons` and `doors`: `persons` who asked, who `answered` at all, and the `share` between them."""
    process = book.process
    async with database.transaction(process.organisation_id) as connection:
        hexagons = await queries.hexagons(
            connection, process.organisation_id, release.id, tile, resolution_of(tile.z), ask
        )
        doors = await queries.doors(connection, process.organisation_id, release.id, tile, ask, titles_of(book, lang))
    return hexagons + doors


async def places_tile(database: Database, book: Rulebook, tile: Tile, lang: str) -> bytes:
    async with database.transaction(book.process.organisation_id) as connection:
        return await queries.places(connection, book.process.organisation_id, tile, titles_of(book, lang))


async def supply_tile(database: Database, process: Process, tile: Tile, activity: str | None) -> bytes:
    async with database.transaction(process.organisation_id) as connection:
        return await queries.supply(connection, process.organisation_id, tile, activity)


def titles_of(book: Rulebook, lang: str) -> Titles:
    places = book.places.values()
    return Titles([place.id for place in places], [title(place, lang) for place in places])
