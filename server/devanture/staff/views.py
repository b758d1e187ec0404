from collections.abc import Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from devanture.exports.views import export_links
from devanture.processes.schemas import Process
from devanture.processes.service import all_processes, process_view
from devanture.program import Program
from devanture.releases.service import latest
from devanture.staff.rules import count_state
from devanture.staff.schemas import Member


async def desk_home(running: Program, member: Member, lang: str, asked: Mapping[str, datetime]) -> list[dict[str, Any]]:
    """The consultations of the member's own organisation, with the live number of people.

    `asked` says when a count was asked for, by slug; `count_state` is how far it is.
    """
    found = await all_processes(running.database)
    own = [process for process in found if process.organisation_id == member.organisation_id]
    return [await _desk_view(running, process, lang, asked.get(process.slug)) for process in own]


async def _desk_view(running: Program, process: Process, lang: str, asked: datetime | None) -> dict[str, Any]:
    counted = await _counted(running, process)
    return process_view(process, lang, running.now()) | {
        "participants": (await running.crowd(process)).total,
        "counted": counted,
        "count_state": count_state(asked, counted, running.now()),
        "exports": export_links(process.slug, lang, "desk"),
    }


async def _counted(running: Program, process: Process) -> datetime | None:
    """When the desk's figures were last counted, in the zone of the process."""
    release = await latest(running.database, process, "desk")
    return release.made_at.astimezone(ZoneInfo(process.timezone)) if release else None
