"""`devanture import PATH`: a town folder, or an agency's list."""

from collections.abc import Awaitable, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TypeVar

from rich.console import Console
from rich.progress import Progress

from devanture.db.pool import Database
from devanture.errors import Busy, OperatorError
from devanture.imports.agency import import_list
from devanture.imports.rules import Dates
from devanture.imports.summary import Summary, Track
from devanture.imports.town import import_town
from devanture.settings import Settings

T = TypeVar("T")
LISTS = (".csv", ".tsv", ".txt", ".geojson", ".json")


@dataclass(frozen=True)
class Options:
    """What the operator may add: dates for a folder; the process, EPSG number and leave to skip for a list."""

    process: str | None = None
    skip_bad: bool = False
    crs: int | None = None
    opens: str | None = None
    closes: str | None = None
    handover: str | None = None


async def import_now(settings: Settings, database: Database, path: Path, options: Options) -> None:
    """Import `path`, showing how far it is, and say what was done; raises `OperatorError` where it cannot."""
    console = Console(stderr=True)
    with Progress(console=console, transient=True, disable=not console.is_terminal) as progress:

        def track(items: Iterable[T], total: float | None, description: str) -> Iterable[T]:
            return progress.track(items, total=total, description=description)

        try:
            summary = await _chosen(settings, database, path, options, track)
        except Busy:
            raise OperatorError(
                "The database does not answer, or another import is under way: nothing was loaded, try again."
            ) from None
    for line in summary.lines():
        print(line)


def _chosen(settings: Settings, database: Database, path: Path, options: Options, track: Track) -> Awaitable[Summary]:
    """The import that suits `path`; raises `OperatorError` when the options do not."""
    dates = _dates(options)
    if path.is_dir():
        if options.process or options.skip_bad or options.crs:
            raise OperatorError("--process, --skip-bad and --crs are for lists; a town folder says it all itself.")
        return import_town(database, settings, path, dates, datetime.now(UTC), track)
    if any(dates):
        raise OperatorError("--opens, --closes and --handover are for the town folder that makes a process.")
    if path.suffix.lower() not in LISTS:
        raise OperatorError(f"{path} is neither a town folder nor a list ({', '.join(LISTS)}).")
    if not options.process:
        raise OperatorError("A list needs --process SLUG, the process that its premises belong to.")
    return import_list(database, path, options.process, options.crs, options.skip_bad, track)


def _dates(options: Options) -> Dates:
    return Dates(_day("--opens", options.opens), _day("--closes", options.closes), _day("--handover", options.handover))


def _day(option: str, text: str | None) -> date | None:
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise OperatorError(f"{option} must be a day such as 2027-01-31, not « {text} ».") from None
