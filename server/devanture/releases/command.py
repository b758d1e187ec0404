"""`devanture release PROCESS`."""

from datetime import UTC, datetime

from devanture.db.pool import Database
from devanture.errors import Busy, OperatorError, Problem
from devanture.processes.service import find_process
from devanture.releases.schemas import Release
from devanture.releases.service import release


async def release_now(database: Database, slug: str) -> None:
    """Recount one process and say what was counted; raises `OperatorError` with the reason where it cannot."""
    try:
        process = await find_process(database, slug)
        desk, public = await release(database, process, datetime.now(UTC))
    except Busy:
        raise OperatorError("The database is busy, or another recount is under way: try again in a minute.") from None
    except Problem:
        raise OperatorError(f"There is no process called « {slug} ».") from None
    for made in (desk, public):
        print(_sentence(made))


def _sentence(made: Release) -> str:
    return (
        f"{made.scope} release {made.number} of {made.made_at:%Y-%m-%d %H:%M} UTC: {made.participants} people, "
        f"{made.opinions} opinions, {made.wishes} wishes; {made.places_shown} places shown, {made.places_hidden} not."
    )
