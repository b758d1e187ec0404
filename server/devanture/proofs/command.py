"""`devanture doors PROCESS` and `devanture screens PROCESS`: the codes of posters and of facilitators."""

from datetime import UTC, datetime
from uuid import UUID

from devanture.db.pool import Database
from devanture.errors import OperatorError, Problem
from devanture.follows.limits import MailLimits
from devanture.places.service import places_of
from devanture.processes.schemas import Process
from devanture.processes.service import find_process
from devanture.proofs import doors, service
from devanture.settings import Settings


async def doors_now(settings: Settings, database: Database, slug: str, revoke: str | None) -> None:
    """Give each place a code where none holds, or end one; prints reference and the address for its poster."""
    process, now = await _process(database, slug), datetime.now(UTC)
    places = await places_of(database, process)
    if revoke and not await doors.revoke_door_code(database, process, revoke, now):
        raise OperatorError(f"No poster of this process holds the code « {revoke} ».")
    if not revoke:
        await doors.ensure_door_codes(database, process, [place.id for place in places.values()], now)
    refs = {place.id: ref for ref, place in places.items()}
    for code, place_id in (await doors.door_codes(database, process)).items():
        if place_id in refs:
            ref = refs[place_id]
            print(f"{ref}\t{settings.web.public_url}/{slug}/lieux/{ref}?c={code}")


async def screens_now(
    settings: Settings, database: Database, slug: str, label: str | None, close: str | None, since: datetime | None
) -> None:
    """Open a facilitator's screen, or close one and take back what it proved; prints the codes of this minute."""
    process, now = await _process(database, slug), datetime.now(UTC)
    provers = service.provers(database, settings.key, MailLimits(), settings.mail is not None)
    if label:
        await service.open_screen(provers, process, label, now)
    if close:
        taken = await service.close_screen(provers, process, _id(close), since or now, now)
        print(f"Closed; {taken} people are not proven by it any more.")
    for key_id, whose, code in await service.code_now(provers, process, now):
        print(f"{key_id}\t{code[:3]} {code[3:]}\t{whose}")


async def _process(database: Database, slug: str) -> Process:
    try:
        return await find_process(database, slug)
    except Problem:
        raise OperatorError(f"There is no process called « {slug} ».") from None


def _id(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise OperatorError(f"A screen is named by its identifier, not « {text} ».") from None
