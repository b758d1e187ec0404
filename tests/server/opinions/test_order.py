"""Which answer is current: the highest `seq`, at equal `seq` the greater id, whatever the order of arrival."""

from itertools import permutations, product
from uuid import UUID

import pytest
from anyio import create_task_group
from httpx2 import AsyncClient
from starlette.applications import Starlette

from devanture.app import create_app
from devanture.db.pool import Database
from devanture.settings import Settings
from tests.seed import Seeded, browser_on, cookie_of, current, journal, opinion, send

pytestmark = pytest.mark.anyio

LOW, MIDDLE, HIGH = (UUID(f"{digit}0000000-0000-4000-8000-000000000000") for digit in "19f")


@pytest.mark.parametrize("arrival", list(permutations([1, 2, 3])))
async def test_the_highest_seq_wins_whatever_arrives_first(
    client: AsyncClient, database: Database, town: Seeded, arrival: tuple[int, ...]
) -> None:
    wishes = {1: "grocer", 2: "bakery", 3: "pharmacy"}
    await client.post("/api/v1/rue/voter")
    for seq in arrival:
        assert (await send(client, opinion(seq=seq, wishes=[wishes[seq]]))).status_code == 201
    (row,) = await current(database, town)
    assert (row["seq"], row["wishes"]) == (3, ["pharmacy"])
    assert [row["seq"] for row in await journal(database, town)] == [1, 2, 3]


@pytest.mark.parametrize("arrival", list(permutations([LOW, MIDDLE, HIGH])))
async def test_at_equal_seq_the_greater_id_wins(
    client: AsyncClient, database: Database, town: Seeded, arrival: tuple[UUID, ...]
) -> None:
    await client.post("/api/v1/rue/voter")
    for sending in arrival:
        assert (await send(client, opinion(seq=5), sending)).status_code == 201
    (row,) = await current(database, town)
    assert row["opinion_id"] == HIGH


async def test_many_changes_sent_at_once_leave_one_current_answer(
    client: AsyncClient, database: Database, town: Seeded
) -> None:
    await client.post("/api/v1/rue/voter")
    async with create_task_group() as tasks:
        for seq in range(1, 41):
            tasks.start_soon(send, client, opinion(seq=seq, wishes=["grocer"] if seq % 2 else ["bakery"]))
    (row,) = await current(database, town)
    assert (row["seq"], row["wishes"]) == (40, ["bakery"])
    assert len(await journal(database, town)) == 40


async def test_the_same_sending_from_many_tasks_is_stored_once(
    client: AsyncClient, database: Database, town: Seeded
) -> None:
    await client.post("/api/v1/rue/voter")
    statuses: list[int] = []

    async def resend() -> None:
        statuses.append((await send(client, opinion(), HIGH)).status_code)

    async with create_task_group() as tasks:
        for _ in range(30):
            tasks.start_soon(resend)
    assert sorted(statuses) == [200] * 29 + [201]
    assert len(await journal(database, town)) == 1


async def test_two_bodies_racing_under_one_id_leave_the_one_that_was_accepted(
    client: AsyncClient, database: Database, town: Seeded
) -> None:
    await client.post("/api/v1/rue/voter")
    accepted: list[str] = []

    async def race(wish: str) -> None:
        answer = await send(client, opinion(wishes=[wish]), HIGH)
        assert answer.status_code in (201, 409)
        accepted.extend([wish] * (answer.status_code == 201))

    async with create_task_group() as tasks:
        for wish in ("grocer", "bakery", "pharmacy", "hardware"):
            tasks.start_soon(race, wish)
    (row,) = await journal(database, town)
    assert [row["payload"]["wishes"]] == [accepted] and len(accepted) == 1


async def test_a_hundred_phones_behind_one_address_are_all_taken(
    app: Starlette, database: Database, town: Seeded
) -> None:
    async with create_task_group() as tasks:
        for _ in range(100):
            tasks.start_soon(send, browser_on(app), opinion())
    assert len({row["voter"] for row in await current(database, town)}) == 100


async def test_two_servers_on_one_database_never_wait_for_each_other_in_a_ring(
    settings: Settings, database: Database, town: Seeded
) -> None:
    voters = [f"{letter * 43}" for letter in "abcdefgh"]
    places = ["C12", "C14", "Q3", "S1"]
    statuses: list[int] = []

    async def change(app: Starlette, voter: str, place: str, seq: int) -> None:
        wishes = ["garden"] if place == "S1" else ["grocer"]
        browser = browser_on(app)
        browser.cookies.set("devanture_voter", cookie_of(app, voter))
        statuses.append((await send(browser, opinion(place, seq, wishes=wishes))).status_code)

    one, other = create_app(settings), create_app(settings)
    async with one.router.lifespan_context(one), other.router.lifespan_context(other), create_task_group() as tasks:
        for seq in range(1, 5):
            for voter, place in product(voters, places):
                tasks.start_soon(change, one, voter, place, 2 * seq)
            for voter, place in product(reversed(voters), reversed(places)):
                tasks.start_soon(change, other, voter, place, 2 * seq - 1)
    assert statuses == [201] * (2 * 4 * len(voters) * len(places))
    assert {row["seq"] for row in await current(database, town)} == {8}
    assert len(await current(database, town)) == len(voters) * len(places)
