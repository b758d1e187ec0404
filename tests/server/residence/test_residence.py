"""The one question about a person: skippable, asked once, frozen, apart from what they wish."""

import re
from typing import Any
from uuid import UUID, uuid4

import pytest
from asyncpg import Record
from httpx2 import AsyncClient, Response
from starlette.applications import Starlette

from devanture.db.pool import Database
from tests.seed import Seeded, browser_on, current, opinion, send

pytestmark = pytest.mark.anyio
SECTORS = [{"code": "centre", "fr": "Centre-ville", "en": "Town centre"}, {"code": "ile", "fr": "Île", "en": "Island"}]


@pytest.fixture
async def town(database: Database, town: Seeded) -> Seeded:
    """The street, in a town that named two sectors."""
    async with database.transaction(town.organisation_id) as connection:
        await connection.execute("UPDATE process SET sectors = $1 WHERE id = $2", SECTORS, town.process_id)
    return town


async def tell(client: AsyncClient, sending_id: UUID | None = None, **said: Any) -> Response:
    return await client.put(f"/api/v1/rue/residences/{sending_id or uuid4()}", json={"v": 1, **said})


async def kept(database: Database, town: Seeded) -> list[Record]:
    async with database.transaction(town.organisation_id) as connection:
        return list(await connection.fetch("SELECT * FROM residence"))


async def test_the_first_answer_is_frozen(client: AsyncClient, database: Database, town: Seeded) -> None:
    first, sending_id = {"sector": "centre", "ties": ["lives", "works"], "age": "30-44"}, uuid4()
    answer = await tell(client, sending_id, **first)
    assert (answer.status_code, answer.json()) == (201, {"id": str(sending_id), "status": "stored"})
    again = await tell(client, sending_id, **first)
    assert (again.status_code, again.json()) == (200, answer.json())
    assert (await tell(client, sector="ile")).status_code == 200
    rows = await kept(database, town)
    assert [(row["sector"], row["ties"], row["age"]) for row in rows] == [("centre", ["lives", "works"], "30-44")]


async def test_each_part_may_be_left_out(app: Starlette, database: Database, town: Seeded) -> None:
    for said in ({"sector": "elsewhere"}, {"ties": ["passing"]}, {"age": "75-plus"}):
        async with browser_on(app) as phone:
            assert (await tell(phone, **said)).status_code == 201
    rows = await kept(database, town)
    assert {(row["sector"], *row["ties"], row["age"]) for row in rows} == {
        ("elsewhere", None), (None, "passing", None), (None, "75-plus")
    }  # fmt: skip


async def test_each_person_of_a_phone_answers_for_themselves(
    client: AsyncClient, database: Database, town: Seeded
) -> None:
    assert (await tell(client, age="75-plus", person=1)).status_code == 201
    assert (await client.post("/api/v1/rue/voter")).json()["residence_answered"] is False
    assert (await tell(client, age="30-44")).status_code == 201
    assert (await tell(client, age="15-29", person=1)).status_code == 200, "frozen for each of them"
    await send(client, opinion("C12", 1, person=1))
    await send(client, opinion("C14", 2))
    said = {row["voter"]: row["age"] for row in await kept(database, town)}
    assert [said[row["voter"]] for row in await current(database, town)] == ["75-plus", "30-44"]


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({}, "sector"),
        ({"sector": "atlantis"}, "sector"),
        ({"sector": ""}, "sector"),
        ({"ties": ["lives", "lives"]}, "ties"),
        ({"ties": ["loves"]}, "ties"),
        ({"age": "44"}, "age"),
        ({"age": "30-44", "name": "Camille"}, "name"),
        ({"age": "30-44", "person": 6}, "person"),
    ],
)
async def test_what_was_not_asked_is_refused(
    client: AsyncClient, database: Database, town: Seeded, said: dict[str, Any], field: str
) -> None:
    answer = await tell(client, **said)
    assert (answer.status_code, answer.json()["code"]) == (400, "bad-sending")
    assert field in answer.json()["detail"]
    assert await kept(database, town) == []


async def test_the_phone_learns_that_it_was_answered(client: AsyncClient, town: Seeded) -> None:
    assert (await client.post("/api/v1/rue/voter")).json()["residence_answered"] is False
    await tell(client, age="30-44")
    assert (await client.post("/api/v1/rue/voter")).json()["residence_answered"] is True


async def test_nothing_that_is_served_tells_of_it(
    client: AsyncClient, app: Starlette, database: Database, town: Seeded
) -> None:
    await send(client, opinion())
    paths = ("/api/v1/rue/pack", "/api/v1/rue/places/C12", "/api/v1/rue/results", "/rue/mes-avis", "/rue/resultats")
    before = [re.sub('value="[0-9a-f-]{36}"', "", (await client.get(path)).text) for path in paths]
    await tell(client, sector="centre", age="30-44")
    assert [re.sub('value="[0-9a-f-]{36}"', "", (await client.get(path)).text) for path in paths] == before
    assert client.cookies["devanture_voter"].encode() not in (await kept(database, town))[0]["voter"]


async def test_the_page_asks_and_the_form_stores(client: AsyncClient, database: Database, town: Seeded) -> None:
    page = (await client.get("/rue/vous")).text
    assert "Île" in page and "Ailleurs" in page and "11 personnes" in page and 'name="skip"' in page
    form = {"sector": "ile", "ties": ["lives", "shopkeeper"], "age": "15-29"}
    answer = await client.post("/rue/vous", data=form)
    assert (answer.status_code, answer.headers["location"]) == (303, "/rue/vous")
    assert "devanture_vous=1" in answer.headers["set-cookie"]
    row = (await kept(database, town))[0]
    assert (row["sector"], row["ties"], row["age"]) == ("ile", ["lives", "shopkeeper"], "15-29")
    thanks = (await client.get("/rue/vous")).text
    assert "Merci" in thanks and 'name="sector"' not in thanks


@pytest.mark.parametrize("form", [{"skip": "1", "sector": "ile"}, {}, {"sector": "", "age": ""}])
async def test_skipping_keeps_nothing_but_a_cookie(
    client: AsyncClient, database: Database, town: Seeded, form: dict[str, str]
) -> None:
    answer = await client.post("/rue/vous", data=form, headers={"Content-Type": "application/x-www-form-urlencoded"})
    assert (answer.status_code, answer.headers["location"]) == (303, "/rue/")
    assert "devanture_vous=1" in answer.headers["set-cookie"]
    assert await kept(database, town) == []


async def test_a_form_of_another_site_is_refused(client: AsyncClient, database: Database, town: Seeded) -> None:
    answer = await client.post("/rue/vous", data={"age": "30-44"}, headers={"Origin": "https://evil.example"})
    assert answer.status_code == 403 and await kept(database, town) == []
