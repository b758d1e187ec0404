"""« Répondre pour quelqu'un d'autre »: several people on one phone, one counter, each a voter of their own."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from httpx2 import AsyncClient
from starlette.applications import Starlette

from devanture.db.pool import Database
from devanture.processes.service import find_process
from devanture.releases.service import release
from devanture.web.voters import COOKIE, new_number
from tests.answers import keep, people
from tests.seed import Seeded, cookie_of, current, journal, opinion, send

pytestmark = pytest.mark.anyio


async def test_another_person_of_the_phone_answers_beside_its_own(
    client: AsyncClient, database: Database, town: Seeded
) -> None:
    await send(client, opinion("C12", 1, wishes=["bakery"]))
    await send(client, opinion("C12", 2, wishes=["grocer"], person=1))
    await send(client, opinion("C12", 3, wishes=["fishmonger"], person=2))
    rows = await current(database, town)
    assert [(row["wishes"], row["channel"]) for row in rows] == [
        (["bakery"], "web"), (["grocer"], "for_another"), (["fishmonger"], "for_another"),
    ]  # fmt: skip
    assert len({row["voter"] for row in rows}) == 3


async def test_a_phone_of_before_persons_no_longer_overwrites_its_owner_s_answer(
    client: AsyncClient, database: Database, town: Seeded
) -> None:
    await send(client, opinion("C12", 1, wishes=["bakery"]))
    await send(client, opinion("C12", 2, wishes=["grocer"], for_another=True))
    await send(client, opinion("C12", 3, wishes=["fishmonger"], person=1))
    assert [row["wishes"] for row in await current(database, town)] == [["bakery"], ["fishmonger"]]


async def test_the_phone_is_told_one_next_number_and_what_each_person_said(client: AsyncClient, town: Seeded) -> None:
    await send(client, opinion("C12", 1, wishes=["bakery"]))
    await send(client, opinion("C12", 5, wishes=["grocer"], person=3))
    await send(client, opinion("C14", 2, wishes=["grocer"], for_another=True))
    state = (await client.post("/api/v1/rue/voter")).json()
    assert state["next_seq"] == 6
    assert [(row["place"], row["opinion"].get("person", 0)) for row in state["current"]] == [
        ("C12", 3), ("C14", 1), ("C12", 0),
    ]  # fmt: skip


async def test_the_pages_show_the_phone_s_own_person_and_go_on_from_the_shared_number(
    client: AsyncClient, town: Seeded
) -> None:
    await send(client, opinion("C12", 1, wishes=["bakery"]))
    await send(client, opinion("C14", 7, wishes=["grocer"], person=1))
    mine = (await client.get("/rue/mes-avis", headers={"accept-language": "fr"})).text
    assert "12, rue Crébillon" in mine and "14, rue Crébillon" not in mine
    assert 'name="seq" value="8"' in (await client.get("/rue/lieux/C12")).text


async def test_the_figures_after_an_answer_are_marked_for_the_person_who_gave_it(
    app: Starlette, client: AsyncClient, database: Database, town: Seeded
) -> None:
    client.cookies.set(COOKIE, cookie_of(app, new_number()))
    asked = [("grocer", 5), ("bakery", 4), ("pharmacy", 3)]
    for first, (code, many) in enumerate(asked):
        await keep(database, town, people("C12", range(10 * first, 10 * first + many), code))
    await send(client, opinion("C12", 1, wishes=["fishmonger"]))
    await send(client, opinion("C12", 2, wishes=["grocer"], person=1))
    await release(database, await find_process(database, town.slug), datetime.now(UTC) + timedelta(minutes=1))
    told = [await thanked(client, query) for query in ("", "?personne=1")]
    assert "Poissonnerie <small>(votre souhait)</small>" in told[0] and "Épicerie <small>" not in told[0]
    assert "Épicerie <small>(votre souhait)</small>" in told[1] and "Poissonnerie" not in told[1]
    assert all("ce que vous avez dit n’y est peut-être pas encore." in page for page in told)
    assert 'x2="42.9%"' in told[1], "six of the fourteen who answered asked for a grocer"
    assert (await client.get("/rue/lieux/C12/merci?personne=2")).status_code == 404


async def thanked(client: AsyncClient, query: str) -> str:
    page = (await client.get(f"/rue/lieux/C12/merci{query}", headers={"accept-language": "fr"})).text
    return page.partition('class="figures"')[2].partition("</section>")[0]


async def test_the_same_words_of_another_person_are_another_body(client: AsyncClient, town: Seeded) -> None:
    sending = uuid4()
    assert (await send(client, opinion(person=1), sending)).status_code == 201
    assert (await send(client, opinion(person=1), sending)).status_code == 200
    assert (await send(client, opinion(person=2), sending)).status_code == 409


@pytest.mark.parametrize("person", [-1, 6, "1", None, 1.5])
async def test_no_other_number_is_a_person(
    client: AsyncClient, database: Database, town: Seeded, person: object
) -> None:
    answer = await send(client, opinion(person=person))
    assert (answer.status_code, answer.json()["code"]) == (400, "bad-opinion")
    assert await journal(database, town) == []
