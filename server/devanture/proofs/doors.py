"""The posters' codes: one a place, printed in the address of its poster (`?c=CODE`), revocable one by one."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from devanture.db.pool import Database
from devanture.processes.rules import local_day
from devanture.processes.schemas import Process
from devanture.proofs import queries, rules


async def door_codes(database: Database, process: Process) -> dict[str, UUID]:
    """The place of each code that holds."""
    async with database.transaction(process.organisation_id) as connection:
        rows = await queries.door_codes(connection, process.organisation_id, process.id)
    return {row["code"]: row["place_id"] for row in rows}


async def ensure_door_codes(database: Database, process: Process, places: Iterable[UUID], now: datetime) -> int:
    """Give each of these places a code, where none holds; how many were made."""
    day = local_day(now, process.timezone)
    async with database.transaction(process.organisation_id) as connection:
        key = (process.organisation_id, process.id)
        known = {row["place_id"] for row in await queries.door_codes(connection, *key)}
        bare = [place for place in places if place not in known]
        await queries.add_door_codes(connection, *key, bare, [rules.new_door_code() for _ in bare], day)
    return len(bare)


async def revoke_door_code(database: Database, process: Process, code: str, now: datetime) -> bool:
    """End a code that was photographed; answers given with it keep saying so. False when none such holds."""
    async with database.transaction(process.organisation_id) as connection:
        day = local_day(now, process.timezone)
        return await queries.revoke_door_code(connection, process.organisation_id, process.id, code, day)
