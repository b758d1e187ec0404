"""A street with answers at three doors, and its files read back as those who take them home would."""

import csv
import io
from datetime import timedelta
from typing import Any

from httpx2 import AsyncClient

from devanture.db.pool import Database
from devanture.processes.service import find_process
from devanture.releases.schemas import Release
from devanture.releases.service import release
from tests.answers import keep, people
from tests.seed import OPENS, Seeded

NOW = OPENS + timedelta(days=20)
LAYERS = ("places", "wishes", "hexagons", "supply")


async def answered(database: Database, town: Seeded) -> tuple[Release, Release]:
    """Seven people at number 12, five at the square, four at number 14; the desk's release and the public one."""
    answers = [
        *people("C12", range(5), "fishmonger", "grocer"),
        *people("C12", [5], "pharmacy"),
        *people("C12", [6], other=True),
        *people("S1", range(10, 15), "garden"),
        *people("C14", range(20, 24), "bakery"),
    ]
    await keep(database, town, answers)
    return await release(database, await find_process(database, town.slug), NOW)


async def table(client: AsyncClient, address: str) -> list[dict[str, str]]:
    """The rows of an open data CSV by column."""
    answer = await client.get(address)
    assert answer.status_code == 200, answer.text
    return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8"), newline="")))


async def collection(client: AsyncClient, address: str) -> dict[str, Any]:
    answer = await client.get(address)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found
