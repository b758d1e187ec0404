"""How many people have answered, live: in a process, and at each of its places."""

from typing import NamedTuple
from uuid import UUID

from devanture.db.pool import Database
from devanture.opinions import queries
from devanture.processes.schemas import Process
from devanture.recent import Recent


class Crowd(NamedTuple):
    """Live numbers of people: distinct in the whole process, and at each place that has any."""

    total: int
    at: dict[UUID, int]


Crowds = Recent[tuple[UUID, UUID], Crowd]


def crowds(database: Database) -> Crowds:
    """Crowds by (organisation, process). A million answers take a while to count, so no more than a twentieth of the
    time is spent on it: a small town's numbers are as of now, a city's some seconds old."""

    async def load(key: tuple[UUID, UUID]) -> Crowd:
        async with database.transaction(key[0]) as connection:
            rows = await queries.participants_by_place(connection, *key)
            total = await queries.participants(connection, *key)
        return Crowd(total, {row["place_id"]: row["participants"] for row in rows})

    return Recent(load, 0, times=20)


async def participants_at(database: Database, process: Process, place_id: UUID) -> int:
    """Live number of people at one place, as of now."""
    async with database.transaction(process.organisation_id) as connection:
        return await queries.participants_at(connection, process.organisation_id, process.id, place_id)
