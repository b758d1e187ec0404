"""Bring an agency's list of premises into a process: every row, or nothing, or the good rows when asked so."""

from pathlib import Path

from devanture.db.pool import Connection, Database, enter_organisation
from devanture.errors import OperatorError, Problem
from devanture.imports.errors import BadRows
from devanture.imports.listing import Listing, read_listing
from devanture.imports.places import save_places
from devanture.imports.premises import sort_rows
from devanture.imports.streets import save_walk
from devanture.imports.summary import Summary, Track, untracked
from devanture.imports.transaction import JoinedDatabase, one_import
from devanture.processes.schemas import Process
from devanture.processes.service import find_process


async def import_list(
    database: Database,
    file: Path,
    slug: str,
    crs: int | None = None,
    skip_bad: bool = False,
    track: Track = untracked,
) -> Summary:
    """Load the list `file` (docs/import.md) into the process `slug`; `crs` is the EPSG number of its coordinates.

    Raises `BadRows` naming each bad row with its line and reason, unless `skip_bad`; `OperatorError` when the file,
    its columns or the process cannot be used.
    """
    listing = read_listing(file)
    async with one_import(database, slug) as connection:
        process = await _process(connection, slug)
        return await _save(connection, process, listing, crs, skip_bad, track)


async def _save(
    connection: Connection, process: Process, listing: Listing, crs: int | None, skip_bad: bool, track: Track
) -> Summary:
    found = sort_rows(listing, process.bounds, crs)
    if found.bad and not (skip_bad and found.places):
        raise BadRows(listing.file, found.bad, len(found.places))
    summary = Summary(process.slug)
    await save_places(connection, process.organisation_id, process.id, found.places, summary, track)
    await save_walk(connection, process.organisation_id, process.id)
    summary.notes += [f"Skipped: {trouble}." for trouble in found.bad]
    if found.ignored:
        summary.notes.append(f"Columns that nothing was read from: {', '.join(found.ignored)}.")
    return summary


async def _process(connection: Connection, slug: str) -> Process:
    try:
        process = await find_process(JoinedDatabase(connection), slug)
    except Problem:
        raise OperatorError(
            f"There is no process « {slug} »: make one from a town folder first (docs/import.md)."
        ) from None
    await enter_organisation(connection, process.organisation_id)
    return process
