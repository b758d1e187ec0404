"""What anyone can ask about places."""

import re
from collections.abc import Iterable
from uuid import UUID, uuid5

import msgspec

from devanture.db.pool import Connection, Database
from devanture.errors import Problem
from devanture.places import queries, rules
from devanture.places.schemas import NewSpot, Place
from devanture.processes.rules import inside
from devanture.processes.schemas import Process

_REF = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]{0,47}")


async def places_of(database: Database, process: Process) -> dict[str, Place]:
    """Every place of a process by its reference."""
    async with database.transaction(process.organisation_id) as connection:
        rows = await queries.places(connection, process.organisation_id, process.id)
    return {row["ref"]: msgspec.convert(dict(row), Place) for row in rows}


async def places_named(database: Database, process: Process, refs: Iterable[str]) -> dict[str, Place]:
    """Places of the process by the reference they are asked for: of one that was merged, the one that took it in.

    A spot is found here from the moment on which it was marked, though it is listed only once somebody wishes there.
    """
    asked = [ref for ref in refs if _REF.fullmatch(ref)]
    if not asked:
        return {}
    async with database.transaction(process.organisation_id) as connection:
        rows = await queries.named(connection, process.organisation_id, process.id, asked)
    return {row["asked"]: msgspec.convert(dict(row), Place) for row in rows}


async def spots_near(connection: Connection, process: Process, lon: float, lat: float, metres: float) -> list[Place]:
    """Spots within some metres where somebody wishes for something now."""
    rows = await queries.spots_near(connection, process.organisation_id, process.id, lon, lat, metres)
    return [msgspec.convert(dict(row), Place) for row in rows]


async def keep_spot(connection: Connection, process: Process, spot: NewSpot) -> tuple[UUID, bool]:
    """Make a spot, or find it: its id, and whether it is new.

    Its id follows from its reference and that from where it lies, so that two who mark it at once make one.
    """
    organisation_id = process.organisation_id
    place_id, cells = uuid5(organisation_id, spot.ref), rules.cells(spot.lon, spot.lat)
    new = await queries.insert_spot(connection, organisation_id, place_id, spot, cells)
    return await queries.link(connection, organisation_id, process.id, spot.ref), new


async def heirs_of(database: Database, process: Process) -> dict[str, str]:
    """Where the references of merged places lead on to, so that old posters and waiting answers still arrive."""
    async with database.transaction(process.organisation_id) as connection:
        rows = await queries.heirs(connection, process.organisation_id, process.id)
    return {row["ref"]: row["heir"] for row in rows}


async def near(database: Database, process: Process, lon: float, lat: float, limit: int) -> list[tuple[UUID, float]]:
    """The nearest places with their straight distance in metres; the position is rounded to about 100 m at once."""
    if not inside(process.bounds, lon, lat):
        raise Problem("bad-coordinates")
    async with database.transaction(process.organisation_id) as connection:
        rows = await queries.near(connection, process.organisation_id, process.id, round(lon, 3), round(lat, 3), limit)
    return [(row["id"], row["metres"]) for row in rows]
