"""What staff order of the worker: the trail's line and the order are kept together, or neither is."""

from datetime import datetime

from devanture.db.pool import Database
from devanture.processes.schemas import Process
from devanture.staff.schemas import Member
from devanture.staff.service import record
from devanture.worker.outbox import enqueue_release


async def order_release(database: Database, member: Member, process: Process, now: datetime) -> None:
    """Have a process of the member's organisation recounted soon."""
    async with database.transaction(member.organisation_id) as connection:
        await record(connection, member.organisation_id, member.id, now, "release", process=process.slug)
        await enqueue_release(connection, process.slug)
