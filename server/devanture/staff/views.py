from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from devanture.exports.views import export_links
from devanture.processes.schemas import Process
from devanture.processes.service import all_processes, process_view
from devanture.program import Program
from devanture.releases.service import latest
from devanture.staff.schemas import Member


async def desk_home(running: Program, member: Member, lang: str) -> list[dict[str, Any]]:
    """The consultations of the member's own organisation, with the live number of people."""
    found = await all_processes(running.database)
    own = [process for process in found if process.organisation_id == member.organisation_id]
    return [
        process_view(process, lang, running.now())
        | {
            "participants": (await running.crowd(process)).total,
            "counted": await _counted(running, process),
            "exports": export_links(process.slug, lang, "desk"),
        }
        for process in own
    ]


async def _counted(running: Program, process: Process) -> datetime | None:
    """When the desk's figures were last counted, in the zone of the process."""
    release = await latest(running.database, process, "desk")
    return release.made_at.astimezone(ZoneInfo(process.timezone)) if release else None
