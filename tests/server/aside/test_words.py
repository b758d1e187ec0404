"""What people are told of an answer that was set aside, and what the desk can do about it."""

from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from httpx2 import AsyncClient
from starlette.applications import Starlette

from devanture.aside import service
from devanture.db.pool import Database
from devanture.errors import Problem
from devanture.opinions.schemas import Stored
from devanture.processes.schemas import Process
from devanture.processes.service import find_process
from devanture.releases.service import release
from devanture.staff.schemas import Member
from devanture.staff.service import add_member
from devanture.web.voters import COOKIE
from tests.answers import keep, people
from tests.seed import Clock, Seeded, browser_on, cookie_of, opinion, send

pytestmark = pytest.mark.anyio
NOW = datetime.now(UTC)


@pytest.fixture
async def process(database: Database, town: Seeded) -> Process:
    return await find_process(database, town.slug)


@pytest.fixture
async def camille(database: Database, town: Seeded) -> Member:
    found = await add_member(database, town.organisation_id, "camille@town.example", "Camille", ["moderator"])
    return Member(town.organisation_id, found, "camille@town.example", "Camille", ("moderator",))


async def doubtful(client: AsyncClient, database: Database, process: Process) -> Stored:
    """An opinion of this browser that a rule has set aside."""
    answer = (await send(client, opinion())).json()
    async with database.transaction(process.organisation_id) as connection:
        await connection.execute("UPDATE intake SET issued_at = arrived_at - interval '1 second'")
    assert await service.judge(database, process, NOW + timedelta(minutes=1)) == 1
    return Stored(**answer)


async def participants(client: AsyncClient) -> int:
    found: int = (await client.get("/api/v1/rue/places/C12")).json()["figures"]["participants"]
    return found


async def test_the_receipt_and_the_own_list_say_that_it_is_set_aside_and_why(
    client: AsyncClient, database: Database, process: Process
) -> None:
    stored = await doubtful(client, database, process)
    assert await participants(client) == 0
    receipt = (await client.get("/rue/recu", params={"mot": stored.receipt})).text
    assert 'data-fate="aside"' in receipt and "mis de côté" in receipt and "trois secondes" in receipt
    assert "poisson" not in receipt.lower()
    mine = (await client.get("/rue/mes-avis")).text
    assert f'data-aside="{stored.id}"' in mine and "Mis de côté" in mine and "trois secondes" in mine


async def test_the_method_says_how_many_and_by_which_rule(
    client: AsyncClient, database: Database, town: Seeded, process: Process, camille: Member
) -> None:
    stored = await doubtful(client, database, process)
    await keep(database, town, people("C12", range(6)))
    await release(database, process, NOW)
    page = (await client.get("/rue/resultats")).text
    assert "1 avis est mis de côté" in page and "moins de trois secondes après l’ouverture 1" in page
    await service.restore(database, camille, process, UUID(stored.id), NOW)
    page = (await client.get("/rue/resultats")).text
    assert "mis de côté et" not in page and "1 avis qu’une règle avait mis de côté compte de nouveau" in page


async def test_what_the_desk_restores_counts_and_no_rule_looks_at_it_again(
    app: Starlette, client: AsyncClient, database: Database, process: Process, camille: Member
) -> None:
    client.cookies.set(COOKIE, cookie_of(app, "a" * 43))
    stored = await doubtful(client, database, process)
    assert await service.restore(database, camille, process, UUID(stored.id), NOW)
    assert await participants(client) == 1
    assert not await service.restore(database, camille, process, UUID(stored.id), NOW)
    assert (await send(client, opinion(seq=2, wishes=["bakery"]))).status_code == 201
    assert await service.judge(database, process, NOW + timedelta(minutes=2)) == 0
    assert await participants(client) == 1


async def test_voiding_needs_a_reason_that_the_voter_reads_and_leaves_a_trail(
    client: AsyncClient, database: Database, process: Process, camille: Member
) -> None:
    stored = Stored(**(await send(client, opinion())).json())
    with pytest.raises(Problem):
        await service.void(database, camille, process, UUID(stored.id), "  ", NOW)
    assert await service.void(database, camille, process, UUID(stored.id), "Bulletin compté deux fois.", NOW)
    assert await participants(client) == 0
    assert "Bulletin compté deux fois." in (await client.get("/rue/recu", params={"mot": stored.receipt})).text
    assert await service.restore(database, camille, process, UUID(stored.id), NOW)
    events = await service.history(database, process, UUID(stored.id))
    assert [(event["number"], event["verdict"], event["member_id"]) for event in events] == [
        (1, "voided", camille.id),
        (2, "restored", camille.id),
    ]
    async with database.transaction(process.organisation_id) as connection:
        acts = await connection.fetch("SELECT act, subject FROM staff_act ORDER BY at, act DESC")
    assert {row["act"] for row in acts} == {"voided", "restored"}
    assert {row["subject"]["opinion"] for row in acts} == {stored.id}


async def test_nobody_decides_about_another_organisation_or_about_nothing(
    database: Database, process: Process, camille: Member
) -> None:
    assert not await service.restore(database, camille, process, uuid4(), NOW)
    stranger = Member(uuid4(), camille.id, camille.email, camille.name, camille.roles)
    with pytest.raises(Problem):
        await service.restore(database, stranger, process, uuid4(), NOW)


async def test_an_outbox_says_that_it_waited_and_every_arrival_keeps_its_host_as_a_hash(
    app: Starlette, client: AsyncClient, database: Database, town: Seeded, clock: Clock
) -> None:
    async with browser_on(app, client=("2001:db8::7", 1)) as other:
        await send(other, opinion(), headers={"Devanture-Waited": "1"})
    await send(client, opinion())
    async with database.transaction(town.organisation_id) as connection:
        rows = await connection.fetch("SELECT waited, host, network, standing FROM intake ORDER BY arrived_at")
    assert [row["waited"] for row in rows] == [True, False]
    assert all(len(row["host"]) == 16 and row["host"] != row["network"] for row in rows)
