"""Figures of a process. Everything shown or exported comes from here."""

from contextlib import suppress
from datetime import datetime, timedelta
from uuid import UUID

import asyncpg
import msgspec

from devanture.aside.service import judge
from devanture.db.pool import Database
from devanture.errors import Busy
from devanture.processes.schemas import Process
from devanture.releases import queries, recount
from devanture.releases.schemas import Count, Release, Scope

COMMITTING = timedelta(seconds=15)
"""An opinion may be committed this much after it arrived, behind a release that did not see it."""


async def release(database: Database, process: Process, now: datetime) -> tuple[Release, Release]:
    """Make the desk's and the public's release of this instant, once the rules have looked at what came since the last.

    The public one is the latest again when nothing that it counts may move. Raises `Busy` when another recount of
    the process is under way.
    """
    before = await latest(database, process, "desk")
    await judge(database, process, now, before.made_at if before else None)
    try:
        async with database.transaction(process.organisation_id, "repeatable_read") as connection:
            made = await recount.recount(connection, process, now)
    except asyncpg.UniqueViolationError as error:
        # Another recount ended between the view that this one took and its turn: the same number was given twice.
        raise Busy from error
    # Without this the planner expects one row of a release that it has never seen, and joins thousands in nested loops.
    with suppress(Busy):
        async with database.transaction() as connection:
            await queries.refresh_statistics(connection)
    return made


async def due(database: Database, organisation_id: UUID, now: datetime) -> list[str]:
    """Slugs of an organisation's processes whose figures are behind their opinions, or that closed since."""
    async with database.transaction(organisation_id) as connection:
        return [row["slug"] for row in await queries.due(connection, organisation_id, now, COMMITTING)]


async def latest(database: Database, process: Process, scope: Scope) -> Release | None:
    async with database.transaction(process.organisation_id) as connection:
        return await recount.latest(connection, process, scope)


async def find_release(database: Database, process: Process, scope: Scope, named: str | None) -> Release | None:
    """The release of this id while its counts are kept, else the latest; None when there is none."""
    try:
        release_id = UUID(named or "")
    except ValueError:
        return await latest(database, process, scope)
    async with database.transaction(process.organisation_id) as connection:
        row = await queries.kept(connection, process.organisation_id, process.id, scope, release_id)
    return await latest(database, process, scope) if row is None else msgspec.convert(dict(row), Release)


async def total_counts(database: Database, process: Process, release: Release) -> list[Count]:
    """Counts of the whole process, most people first."""
    async with database.transaction(process.organisation_id) as connection:
        rows = await queries.totals(connection, process.organisation_id, release.id)
    return [msgspec.convert(dict(row), Count) for row in rows]


async def place_counts(
    database: Database, process: Process, release: Release, place_id: UUID | None = None
) -> dict[UUID, list[Count]]:
    """Counts of one place or of all that are shown, most people first."""
    async with database.transaction(process.organisation_id) as connection:
        rows = await queries.place_counts(connection, process.organisation_id, release.id, place_id)
    found: dict[UUID, list[Count]] = {}
    for row in rows:
        count = Count(row["level"], row["code"], row["persons"], row["wishes"])
        found.setdefault(row["place_id"], []).append(count)
    return found
