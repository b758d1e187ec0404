"""Opinions over HTTP, as a phone sends them."""

from uuid import UUID, uuid4

import asyncpg
import pytest
from httpx2 import AsyncClient

from devanture.db.pool import Database, enter_organisation
from tests.seed import Seeded, opinion, send

pytestmark = pytest.mark.anyio


async def journal(database: Database, town: Seeded) -> list[asyncpg.Record]:
    async with database.transaction(town.organisation_id) as connection:
        return list(await connection.fetch("SELECT * FROM opinion_journal"))


async def test_an_opinion_is_stored_and_says_so(client: AsyncClient, database: Database, town: Seeded) -> None:
    sending = uuid4()
    answer = await send(client, opinion("C12", 1), sending)
    assert answer.status_code == 201, answer.text
    assert answer.json() == {"id": str(sending), "place": "C12", "seq": 1, "status": "stored"}
    assert [row["id"] for row in await journal(database, town)] == [sending]
