"""What can be done with spots: mark one, and find the place that a mark leads to."""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from devanture.db.pool import Database
from devanture.errors import Problem
from devanture.places.schemas import Place
from devanture.places.service import keep_spot, places_named, spots_near
from devanture.processes.rules import local_day
from devanture.processes.schemas import Process
from devanture.processes.service import is_late
from devanture.spots import queries, rules
from devanture.spots.queries import MarkRow
from devanture.spots.schemas import MarkV1
from devanture.streets.schemas import Position
from devanture.streets.service import streets_near


class Marked(NamedTuple):
    """The spot of a mark, whether somebody had marked it before, and whether this mark was stored just now."""

    place: Place
    joined: bool
    new: bool


async def mark_spot(
    database: Database, process: Process, key: bytes, mark_id: UUID, mark: MarkV1, voter: bytes, now: datetime
) -> Marked:
    """Mark a spot: the same mark again gets the same answer. Raises a `Problem`.

    `key` is the process's, for the digest; `voter` is already hashed. Like an opinion a mark may arrive 48 hours
    late, for the opinion that waits behind it on the phone names it.
    """
    digest, refusal = rules.digest(key, mark), None
    try:
        await _store(database, process, mark_id, mark, voter, digest, now)
    except Problem as problem:
        # The answer to the first sending may have been lost on its way, and the consultation closed since.
        refusal = problem
    async with database.transaction(process.organisation_id) as connection:
        found = await queries.marks(connection, process.organisation_id, process.id, [mark_id])
    if refusal and not found:
        raise refusal
    (stored,) = found
    if stored["digest"] != digest:
        raise Problem("id-reused")
    places = await places_named(database, process, [stored["ref"]])
    return Marked(places[stored["ref"]], stored["joined"], new=refusal is None)


async def _store(
    database: Database, process: Process, mark_id: UUID, mark: MarkV1, voter: bytes, digest: bytes, now: datetime
) -> None:
    """The spot, where there is none yet, and the mark: both or neither. Raises `too-many-spots` for a known id too."""
    rules.check_inside(mark, process.bounds)
    is_late(process, now)
    streets = await streets_near(database, process, mark.lon, mark.lat, rules.LOOK_M)
    today = local_day(now, process.timezone)
    async with database.transaction(process.organisation_id) as connection:
        await queries.wait_for_turn(connection, process.id, voter)
        spots = await spots_near(connection, process, mark.lon, mark.lat, rules.STREET_M + rules.JOINED_M)
        place_id, made = await keep_spot(connection, process, rules.spot_of(mark, streets, spots))
        row = MarkRow(mark_id, place_id, voter, digest, today, joined=not made)
        if not await queries.insert(connection, process.organisation_id, process.id, row, rules.MOST_MARKS):
            raise Problem("too-many-spots", most=rules.MOST_MARKS)


async def rounded(database: Database, process: Process, lon: float, lat: float) -> Position:
    """Where a point is kept that somebody gave: the cell of a mark there, never the point itself."""
    return rules.cell_of((lon, lat), await streets_near(database, process, lon, lat, rules.LOOK_M))


async def places_of_marks(database: Database, process: Process, names: Iterable[str]) -> dict[str, str]:
    """The references of the spots that marks lead to, by the marks' identifiers; other names are left out."""
    asked = {mark_id: name for name in names if (mark_id := rules.mark_id(name))}
    if not asked:
        return {}
    async with database.transaction(process.organisation_id) as connection:
        rows = await queries.marks(connection, process.organisation_id, process.id, list(asked))
    return {asked[row["id"]]: row["ref"] for row in rows}
