"""Streets, house numbers and sectors of a town folder; and the walking order, after whatever brought places."""

from collections.abc import Sequence
from uuid import UUID

import msgspec

from devanture.db.pool import Connection
from devanture.imports import schemas
from devanture.imports.reading import Town
from devanture.imports.rules import Bounds, inside
from devanture.places import bulk as places
from devanture.processes import bulk as processes
from devanture.streets import bulk as streets
from devanture.streets.bulk import AddressRow
from devanture.streets.names import merged
from devanture.streets.walking import Door, turns

FEW, MANY = 2, 8
"""How many quarters can stand in for the sectors that a town did not name: more would be a long question."""


async def save_streets(
    connection: Connection, organisation_id: UUID, process_id: UUID, town: Town, bounds: Bounds
) -> None:
    """Put the folder's streets, numbers and sectors in the place of those before; numbers outside are left out."""
    pieces = [(one.properties.name, one.properties.rank, one.geometry.coordinates) for one in town.streets]
    numbers = [AddressRow(a.street, a.number, a.lon, a.lat) for a in town.addresses if inside(a.lon, a.lat, bounds)]
    lines, numbered = merged(pieces, numbers)
    await streets.replace_streets(connection, organisation_id, process_id, lines)
    await streets.replace_addresses(connection, organisation_id, process_id, numbered)
    found = msgspec.to_builtins(sectors(town.manifest.sectors, town.areas))
    await processes.set_sectors(connection, organisation_id, process_id, found)


def sectors(named: Sequence[schemas.Sector], areas: Sequence[schemas.AreaFeature]) -> list[schemas.Sector]:
    """Where people may say they live: what the town named, else its quarters where they are few, else nothing."""
    if named or not FEW <= len(areas) <= MANY:
        return list(named)
    return [schemas.Sector(a.properties.ref, a.properties.name, a.properties.name) for a in areas]


async def save_walk(connection: Connection, organisation_id: UUID, process_id: UUID) -> None:
    """Give every door of the process its turn: those of this import, and those that stood there before."""
    lines = await streets.known_streets(connection, organisation_id, process_id)
    numbers = await streets.known_addresses(connection, organisation_id, process_id)
    doors = msgspec.convert(await places.doors(connection, organisation_id, process_id), list[Door])
    await places.write_turns(connection, organisation_id, process_id, turns(doors, lines, numbers))
