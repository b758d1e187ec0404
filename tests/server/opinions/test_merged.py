"""What was said at a place that another one took in since: taken back where it stands, and nothing else with it."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from httpx2 import AsyncClient
from starlette.applications import Starlette

from devanture.db.pool import Database
from devanture.opinions.service import Origin, take_back_all
from tests.seed import CLOSES, Clock, Seeded, current, journal, merge, opinion, send

pytestmark = pytest.mark.anyio


async def take_in(app: Starlette, database: Database, town: Seeded, ref: str = "C14", into: str = "C12") -> None:
    await merge(database, town, ref, into)
    app.state.program.rulebooks.forget()


async def standing(database: Database, town: Seeded) -> dict[str, bool]:
    return {row["ref"]: not row["withdrawn"] for row in await current(database, town)}


async def test_an_answer_of_before_is_taken_back_where_it_stands(
    client: AsyncClient, app: Starlette, database: Database, town: Seeded
) -> None:
    await send(client, opinion("C14", 1))
    await send(client, opinion("C12", 2))
    await take_in(app, database, town)
    withdrawal, sending = opinion("C14", 3, withdraw=True), uuid4()
    assert (await send(client, withdrawal, sending)).status_code == 201
    assert await standing(database, town) == {"C12": True, "C14": False}
    assert (await send(client, withdrawal, sending)).status_code == 200, "the same again changes nothing"
    assert await standing(database, town) == {"C12": True, "C14": False}


async def test_an_answer_that_came_afterwards_is_taken_back_at_the_place_that_took_it_in(
    client: AsyncClient, app: Starlette, database: Database, town: Seeded
) -> None:
    await take_in(app, database, town)
    await send(client, opinion("C14", 1))
    await send(client, opinion("C14", 2, withdraw=True))
    assert await standing(database, town) == {"C12": False}


async def test_answers_of_before_and_after_under_one_name_are_both_taken_back(
    client: AsyncClient, app: Starlette, database: Database, town: Seeded
) -> None:
    await send(client, opinion("C14", 1))
    await take_in(app, database, town)
    await send(client, opinion("C14", 2))
    withdrawal, sending = opinion("C14", 3, withdraw=True), uuid4()
    assert (await send(client, withdrawal, sending)).status_code == 201
    assert await standing(database, town) == {"C12": False, "C14": False}
    assert (await send(client, withdrawal, sending)).status_code == 200
    assert len(await journal(database, town)) == 4


async def test_a_withdrawal_that_overtakes_its_answer_meets_it_again(
    client: AsyncClient, app: Starlette, database: Database, town: Seeded
) -> None:
    await take_in(app, database, town)
    await send(client, opinion("C14", 2, withdraw=True))
    await send(client, opinion("C14", 1))
    assert await standing(database, town) == {"C12": False}


async def test_another_person_s_answer_stays(
    client: AsyncClient, app: Starlette, database: Database, town: Seeded
) -> None:
    await send(client, opinion("C14", 1))
    await send(client, opinion("C14", 2, person=1))
    await take_in(app, database, town)
    await send(client, opinion("C14", 3, withdraw=True, person=1))
    assert sorted(row["withdrawn"] for row in await current(database, town)) == [False, True]


async def test_my_answers_list_it_and_take_it_back(
    client: AsyncClient, app: Starlette, database: Database, town: Seeded
) -> None:
    await send(client, opinion("C12", 1, wishes=["grocer"]))
    await send(client, opinion("C14", 2, wishes=["bakery"]))
    await take_in(app, database, town)
    mine = (await client.get("/rue/mes-avis")).text
    assert "une boulangerie" in mine and "une épicerie" in mine
    form = mine.partition('action="/rue/lieux/C14/annuler">')[2].partition("</form>")[0]
    undone = await client.post("/rue/lieux/C14/annuler", data=dict(re.findall(r'name="(\w+)" value="([^"]*)"', form)))
    assert (undone.status_code, undone.headers["location"]) == (303, "/rue/mes-avis")
    assert await standing(database, town) == {"C12": True, "C14": False}


async def test_erasing_takes_back_every_answer(
    client: AsyncClient, app: Starlette, database: Database, town: Seeded
) -> None:
    await send(client, opinion("C14", 1))
    await take_in(app, database, town)
    for seq, (ref, person) in enumerate([("C14", 0), ("C12", 0), ("C14", 1), ("Q3", 2)], 2):
        await send(client, opinion(ref, seq, person=person))
    await client.post("/rue/mes-avis/effacer")
    assert {row["withdrawn"] for row in await current(database, town)} == {True}


@pytest.mark.parametrize(("hours", "nothing_stands"), [(-1, True), (1, False), (1000, False)])
async def test_what_was_said_in_time_stands_from_the_closing_on_and_erasing_says_so(
    client: AsyncClient, app: Starlette, clock: Clock, town: Seeded, hours: int, nothing_stands: bool
) -> None:
    await send(client, opinion())
    clock.set(CLOSES + timedelta(hours=hours))
    running = app.state.program
    origin = Origin(client.cookies["devanture_voter"].partition(".")[0], "192.0.2.0/24")
    assert await take_back_all(running.reception, await running.rulebooks.get("rue"), origin) is nothing_stands
