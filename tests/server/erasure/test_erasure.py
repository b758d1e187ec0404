"""Everything that a phone said, taken back at once: what goes, what stays, and what is said about it."""

from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from httpx2 import AsyncClient, Response
from starlette.applications import Starlette

from devanture.db.pool import Database
from tests.seed import CLOSES, Clock, Seeded, browser_on, current, opinion, send

pytestmark = pytest.mark.anyio
WITHDRAWN, COUNTED = True, False


async def erase(client: AsyncClient, **said: Any) -> Response:
    return await client.post("/api/v1/rue/erasure", json={"v": 1, **said})


async def says_where_they_live(client: AsyncClient) -> int:
    return (await client.put(f"/api/v1/rue/residences/{uuid4()}", json={"v": 1, "age": "30-44"})).status_code


async def count(database: Database, town: Seeded, table: str) -> int:
    async with database.transaction(town.organisation_id) as connection:
        found: int = await connection.fetchval(f"SELECT count(*) FROM {table}")
    return found


async def test_answers_are_taken_back_for_everybody_on_the_phone_and_what_they_said_of_themselves_is_deleted(
    client: AsyncClient, app: Starlette, database: Database, town: Seeded
) -> None:
    await send(client, opinion("C12", 1))
    await send(client, opinion("C14", 2, person=1))
    assert await says_where_they_live(client) == 201
    async with browser_on(app) as neighbour:
        await send(neighbour, opinion("C12", 1))
        assert await says_where_they_live(neighbour) == 201
    answer = await erase(client)
    assert (answer.status_code, answer.json()) == (200, {"stays": "nothing", "status": "erased"})
    assert sorted(row["withdrawn"] for row in await current(database, town)) == [COUNTED, WITHDRAWN, WITHDRAWN]
    assert await count(database, town, "residence") == 1
    assert "devanture_voter" not in client.cookies
    assert (await erase(client)).json()["stays"] == "nothing", "doing it again is no fault"


async def test_what_the_phone_follows_ends_and_a_word_of_nobody_ends_nothing(
    client: AsyncClient, database: Database, town: Seeded
) -> None:
    said = {"v": 1, "place": "C12", "means": "link"}
    answers = [await client.put(f"/api/v1/rue/follows/{uuid4()}", json=said) for _ in range(2)]
    links: list[str] = [answer.json()["link"] for answer in answers]
    await erase(client, follows=["x" * 43, "", links[0].rsplit("/", 1)[-1]])
    assert await count(database, town, "follow") == 1
    assert (await client.get(links[1])).status_code == 200


@pytest.mark.parametrize("moment", [CLOSES + timedelta(hours=1), CLOSES + timedelta(days=30)], ids=["late", "closed"])
async def test_after_the_closing_what_was_counted_stays_and_nobody_says_otherwise(
    client: AsyncClient, clock: Clock, database: Database, town: Seeded, moment: datetime
) -> None:
    await send(client, opinion("C12", 1))
    clock.set(moment)
    offered = (await client.get("/rue/mes-avis", headers={"accept-language": "fr"})).text
    assert "ce qui a été compté reste dans les résultats" in offered and "Tous les avis donnés" not in offered
    assert (await erase(client)).json()["stays"] == "counted"
    assert [row["withdrawn"] for row in await current(database, town) if not row["late"]] == [COUNTED]


async def test_without_javascript_the_page_says_which_it_was_and_is_kept_by_nobody(
    client: AsyncClient, app: Starlette, clock: Clock, town: Seeded
) -> None:
    for moment, word in ((None, "Tout est effacé."), (CLOSES + timedelta(hours=1), "Ce téléphone est oublié.")):
        async with browser_on(app) as phone:
            await send(phone, opinion("C12", 1))
            if moment:
                clock.set(moment)
            sent = await phone.post("/rue/mes-avis/effacer", headers={"accept-language": "fr"})
            assert sent.status_code == 303
            page = await phone.get(sent.headers["location"], headers={"accept-language": "fr"})
            assert word in page.text and page.headers["cache-control"] == "no-store"
    assert (await client.get("/rue/mes-avis")).headers["cache-control"] == "private, no-cache"


@pytest.mark.parametrize("asked", ["annule=1", "constat=1"])
async def test_no_page_that_tells_what_was_just_done_is_kept(client: AsyncClient, town: Seeded, asked: str) -> None:
    assert (await client.get(f"/rue/lieux/C12?{asked}")).headers["cache-control"] == "no-store"


@pytest.mark.parametrize("body", [{"v": 2}, {"v": 1, "who": "me"}, {"v": 1, "follows": ["x"] * 101}])
async def test_a_body_of_another_shape_erases_nothing(
    client: AsyncClient, database: Database, town: Seeded, body: dict[str, Any]
) -> None:
    await send(client, opinion("C12", 1))
    assert (await client.post("/api/v1/rue/erasure", json=body)).status_code == 400
    assert [row["withdrawn"] for row in await current(database, town)] == [COUNTED]


async def test_another_site_cannot_have_it_erased(client: AsyncClient, database: Database, town: Seeded) -> None:
    await send(client, opinion("C12", 1))
    answer = await client.post("/api/v1/rue/erasure", json={"v": 1}, headers={"origin": "https://elsewhere.example"})
    assert answer.status_code == 403
    assert [row["withdrawn"] for row in await current(database, town)] == [COUNTED]


async def test_the_phone_forgets_which_of_its_persons_were_asked(client: AsyncClient, town: Seeded) -> None:
    cookies = (await erase(client)).headers.get_list("set-cookie")
    gone = {cookie.partition("=")[0] for cookie in cookies if "Max-Age=0" in cookie}
    assert {"devanture_voter", "devanture_vous", "devanture_vous_1", "devanture_vous_5"} <= gone


async def test_a_phone_that_has_used_up_its_numbers_breaks_nothing(client: AsyncClient, town: Seeded) -> None:
    for ref, seq in (("C12", 2**31 - 1), ("C14", 2**31 - 2), ("Q3", 1)):
        await send(client, opinion(ref, seq))
    assert (await erase(client)).status_code == 200
