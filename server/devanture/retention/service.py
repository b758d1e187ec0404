"""The record of what was deleted: written in the transaction that deletes, so that one is never without the other."""

from collections.abc import Mapping
from datetime import date
from typing import Literal
from uuid import UUID

from msgspec import Struct

from devanture.db.pool import Connection, Database
from devanture.processes.schemas import Process
from devanture.retention import queries

Kind = Literal["arrivals", "followers", "photos", "people", "words"]


class Deleted(Struct, frozen=True):
    """How much of a kind was deleted in all, and on which day the last of it."""

    what: Kind
    number: int
    last: date


async def note(
    connection: Connection, organisation_id: UUID, day: date, what: Kind, numbers: Mapping[UUID, int]
) -> int:
    """Write down how much was deleted of each process; how much in all."""
    for process_id, number in numbers.items():
        await queries.add(connection, organisation_id, process_id, day, what, number)
    return sum(numbers.values())


async def deletions(database: Database, process: Process) -> list[Deleted]:
    async with database.transaction(process.organisation_id) as connection:
        rows = await queries.totals(connection, process.organisation_id, process.id)
    return [Deleted(**dict(row)) for row in rows]
