from typing import Any

from devanture.opinions.service import participants
from devanture.processes.service import all_processes, process_view
from devanture.program import Program
from devanture.staff.schemas import Member


async def desk_home(running: Program, member: Member, lang: str) -> list[dict[str, Any]]:
    """The consultations of the member's own organisation, with the live number of people."""
    found = await all_processes(running.database)
    own = [process for process in found if process.organisation_id == member.organisation_id]
    return [
        process_view(process, lang, running.now()) | {"participants": await participants(running.database, process)}
        for process in own
    ]
