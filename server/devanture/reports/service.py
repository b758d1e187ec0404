"""What can be done with reports: send one, see what waits, know which vacancies nobody has seen for long."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

import msgspec

from devanture.db.pool import Database
from devanture.errors import Problem
from devanture.places.schemas import Place
from devanture.processes.schemas import Process
from devanture.reports import queries, rules
from devanture.reports.queries import ReportRow
from devanture.reports.schemas import Checked, Missing, Queue, ReportV1
from devanture.spots.service import rounded

PAGE = 100
"""Rows of each list that the desk sees at once."""


async def send_report(
    database: Database,
    process: Process,
    key: bytes,
    report_id: UUID,
    report: ReportV1,
    place: Place | None,
    voter: bytes,
    today: date,
) -> bool:
    """Take one report into the check queue: nothing else changes by it. Whether it is new; raises a `Problem`.

    `key` is the process's, for the digest. `place` is where the finding was made, none for a shop that is missing.
    A shop called missing where the list has a door may be a second one at that number: the desk looks, and the server
    refuses nothing. Reports are welcome before and after the phase too: whether a shop is vacant is no opinion.
    """
    if place is not None and place.kind == "spot":
        raise Problem("bad-sending", field="place")
    at = rules.point(report, process.bounds)
    # Whoever tells of a shop stands before it: of their point only the cell is kept, like that of a mark.
    lon, lat = await rounded(database, process, *at) if at else (None, None)
    digest, most = rules.digest(key, report), rules.most(report.finding)
    row = ReportRow(
        id=report_id,
        place_id=place.id if place else None,
        finding=report.finding,
        lon=lon,
        lat=lat,
        street=report.street.strip() or None,
        number=report.number.strip() or None,
        note=report.note.strip() or None,
        another=report.another,
        voter=voter,
        digest=digest,
        day=today,
    )
    async with database.transaction(process.organisation_id) as connection:
        await queries.wait_for_turn(connection, process.id, voter)
        if await queries.insert(connection, process.organisation_id, process.id, row, most):
            return True
        stored = await queries.digest(connection, process.organisation_id, process.id, report_id)
    if stored is None:
        raise Problem("too-many-reports", most=most)
    if stored != digest:
        raise Problem("id-reused")
    return False


async def stale_places(
    database: Database, process: Process, places: Iterable[Place], today: date
) -> frozenset[UUID]:
    """Those of the places whose vacancy nobody has seen for 180 days; `today` in the zone of the process."""
    async with database.transaction(process.organisation_id) as connection:
        rows = await queries.last_vacant(connection, process.organisation_id, process.id)
    confirmed = {row["place_id"]: row["day"] for row in rows}
    return frozenset(place.id for place in places if rules.stale(place, confirmed.get(place.id), today))


async def waiting_reports(database: Database, process: Process, page: int = 0) -> Queue:
    """A page of the check queue, from 0: places by their newest report, and shops that people miss on the list."""
    part = (PAGE, page * PAGE)
    async with database.transaction(process.organisation_id) as connection:
        places = await queries.waiting_places(connection, process.organisation_id, process.id, *part)
        missing = await queries.waiting_missing(connection, process.organisation_id, process.id, *part)
    return Queue(
        [msgspec.convert(dict(row), Checked) for row in places],
        [msgspec.convert(dict(row), Missing) for row in missing],
    )
