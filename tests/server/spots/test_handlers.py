"""« Ici, il manque… » over HTTP: one spot for near marks, whoever marks, in whatever order things arrive."""

import asyncio
from datetime import timedelta
from uuid import uuid4

import pytest
from httpx2 import AsyncClient
from starlette.applications import Starlette

from devanture.app import create_app
from devanture.db.pool import Database
from devanture.settings import Settings
from tests.seed import CLOSES, OPENS, Clock, Seeded, Town, browser_on, current, journal, opinion, seed, send
from tests.server.spots.ground import at, lay_streets, mark, marks, spots

pytestmark = pytest.mark.anyio


@pytest.fixture(autouse=True)
async def streets(database: Database, town: Seeded) -> None:
    await lay_streets(database, town)


async def listed(client: AsyncClient) -> list[str]:
    places = (await client.get("/api/v1/rue/pack")).json()["places"]
    return [place["ref"] for place in places if place["kind"] == "spot"]


async def near(client: AsyncClient, **query: int) -> dict[str, str]:
    """Kinds of the places nearest to the middle of the street, by reference."""
    lon, lat = at(0, 100)
    answer = await client.get("/api/v1/rue/near", params={"lon": lon, "lat": lat, **query})
    return {place["id"]: place["properties"]["kind"] for place in answer.json()["features"]}


async def test_a_mark_makes_a_spot_rounded_along_its_street(
    client: AsyncClient, database: Database, clock: Clock, town: Seeded
) -> None:
    mark_id = uuid4()
    answer = await mark(client, 6, 106, mark_id)
    (spot,) = await spots(database, town)
    assert answer.status_code == 201 and "devanture_voter" in answer.headers["set-cookie"]
    assert answer.json() == {
        "id": str(mark_id), "place": spot["ref"], "title": "Devant le 14, rue Crébillon", "joined": False,
        "status": "stored",
    }  # fmt: skip
    assert (spot["lon"], spot["lat"]) == pytest.approx(at(0, 100), abs=2e-6)
    assert (spot["state"], spot["number"], spot["near_street"]) == ("open", "14", "Place Royale")
    (row,) = await marks(database, town)
    assert (row["id"], row["place_id"], row["day"]) == (mark_id, spot["id"], clock.day())


async def test_nothing_that_is_stored_tells_the_exact_point(
    client: AsyncClient, database: Database, town: Seeded
) -> None:
    for east_m, north_m in ((6, 106), (-4, 94)):
        await mark(client, east_m, north_m)
    (spot,) = await spots(database, town)
    first, second = await marks(database, town)
    differing = {name for name in first.keys() if first[name] != second[name]}  # noqa: SIM118 - a Record
    assert differing == {"id", "digest", "joined"} and len({first["voter"], second["voter"]}) == 1
    assert spot["lat"] == pytest.approx(at(0, 100)[1], abs=2e-6)


async def test_the_same_mark_again_gets_the_same_answer(client: AsyncClient, database: Database, town: Seeded) -> None:
    mark_id = uuid4()
    first, again = [await mark(client, 0, 100, mark_id) for _ in range(2)]
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json() == again.json()
    other = await mark(client, 0, 400, mark_id)
    assert (other.status_code, other.json()["code"]) == (409, "id-reused")
    assert len(await spots(database, town)) == len(await marks(database, town)) == 1


async def test_a_mark_in_the_same_cell_joins_the_spot(client: AsyncClient, app: Starlette, town: Seeded) -> None:
    first = (await mark(client, 0, 100)).json()
    async with browser_on(app) as phone:
        second = (await mark(phone, 8, 109)).json()
    assert (second["place"], first["joined"], second["joined"]) == (first["place"], False, True)


async def test_a_spot_with_a_wish_takes_in_what_is_marked_within_25_m(
    client: AsyncClient, database: Database, town: Seeded
) -> None:
    first = (await mark(client, 0, 100)).json()
    assert (await mark(client, 0, 120)).json()["place"] != first["place"]
    await send(client, opinion(first["place"]))
    assert (await mark(client, 0, 122)).json()["place"] == first["place"]
    await send(client, opinion(first["place"], 2, withdraw=True))
    assert (await mark(client, 0, 122)).json()["place"] != first["place"]


async def test_two_phones_and_two_servers_that_mark_one_cell_at_once_make_one_spot(
    client: AsyncClient, settings: Settings, database: Database, town: Seeded
) -> None:
    other = create_app(settings)
    async with other.router.lifespan_context(other), browser_on(other) as elsewhere:
        phones = [client, elsewhere] * 6
        answers = await asyncio.gather(*(mark(phone, n / 2, 97 + n / 2) for n, phone in enumerate(phones)))
    assert [answer.status_code for answer in answers] == [201] * 12
    assert len({answer.json()["place"] for answer in answers}) == len(await spots(database, town)) == 1
    assert sorted(answer.json()["joined"] for answer in answers) == [False] + [True] * 11


async def test_the_same_mark_from_many_tasks_is_stored_once(
    client: AsyncClient, database: Database, town: Seeded
) -> None:
    mark_id = uuid4()
    await client.post("/api/v1/rue/voter")
    answers = await asyncio.gather(*(mark(client, 0, 100, mark_id) for _ in range(8)))
    assert sorted(answer.status_code for answer in answers) == [200] * 7 + [201]
    assert len({answer.content for answer in answers}) == len(await marks(database, town)) == 1


async def test_a_phone_that_marked_and_wished_offline_sends_both_in_order(
    client: AsyncClient, database: Database, town: Seeded
) -> None:
    mark_id, sending = uuid4(), uuid4()
    wish = opinion(str(mark_id))
    assert (await send(client, wish, sending)).json()["code"] == "unknown-place"
    ref = (await mark(client, 0, 100, mark_id)).json()["place"]
    stored = await send(client, wish, sending)
    assert (stored.status_code, stored.json()["place"]) == (201, str(mark_id))
    assert (await send(client, wish, sending)).status_code == 200
    assert [row["ref"] for row in await current(database, town)] == [ref]
    mine = (await client.post("/api/v1/rue/voter")).json()["current"]
    assert [answer["place"] for answer in mine] == [ref]
    moved = await client.get(f"/rue/lieux/{mark_id}")
    assert (moved.status_code, moved.headers["location"]) == (308, f"/rue/lieux/{ref}")


async def test_a_spot_that_another_server_made_a_moment_ago_takes_wishes_here(
    client: AsyncClient, settings: Settings, town: Seeded
) -> None:
    await client.get("/api/v1/rue/places")
    other = create_app(settings)
    async with other.router.lifespan_context(other), browser_on(other) as elsewhere:
        mark_id = uuid4()
        ref = (await mark(elsewhere, 0, 100, mark_id)).json()["place"]
    for name in (ref, str(mark_id), str(mark_id).upper()):
        assert (await send(client, opinion(name))).status_code == 201
    for path in (f"/rue/lieux/{ref}", f"/rue/lieux/{ref}/merci", "/rue/mes-avis"):
        assert "Devant le 14, rue Crébillon" in (await client.get(path)).text, path


async def test_a_mark_of_a_spot_that_was_merged_leads_on_to_the_place_that_took_it_in(
    client: AsyncClient, database: Database, town: Seeded
) -> None:
    mark_id = uuid4()
    ref = (await mark(client, 0, 100, mark_id)).json()["place"]
    async with database.transaction(town.organisation_id) as connection:
        await connection.execute(
            "UPDATE place SET merged_into = (SELECT id FROM place WHERE ref = 'C12') WHERE ref = $1", ref
        )
    for name in (str(mark_id), ref):
        assert (await send(client, opinion(name))).status_code == 201
    assert {row["ref"] for row in await current(database, town)} == {"C12"}
    assert (await mark(client, 0, 100, mark_id)).json()["place"] == "C12"
    assert (await mark(client, 0, 100)).json() | {"id": ""} == {
        "id": "", "place": "C12", "title": "12, rue Crébillon", "joined": True, "status": "stored"
    }  # fmt: skip


async def test_names_that_nobody_gave_are_refused_without_reading_the_rulebook_again(
    client: AsyncClient, app: Starlette, database: Database, town: Seeded
) -> None:
    book = await app.state.program.rulebooks.get("rue")
    for name in (str(uuid4()), "ici-000000000000", "C99"):
        answer = await send(client, opinion(name))
        assert (answer.status_code, answer.json()["code"]) == (404, "unknown-place")
    assert await app.state.program.rulebooks.get("rue") is book
    assert await journal(database, town) == []


async def test_a_mark_in_another_process_is_unknown_here(
    client: AsyncClient, database: Database, settings: Settings, town: Seeded
) -> None:
    other = await seed(database, settings, Town(slug="ailleurs", organisation="autre"))
    await lay_streets(database, other)
    mark_id = uuid4()
    ref = (await mark(client, 0, 100, mark_id, slug="ailleurs")).json()["place"]
    for name in (ref, str(mark_id)):
        assert (await send(client, opinion(name))).json()["code"] == "unknown-place"
    assert await spots(database, town) == await marks(database, town) == []


async def test_marks_are_taken_while_the_phase_is_open_and_48_hours_late_at_the_most(
    client: AsyncClient, clock: Clock, database: Database, town: Seeded
) -> None:
    mark_id = uuid4()
    clock.set(OPENS - timedelta(hours=1))
    assert (await mark(client, 0, 100)).json()["code"] == "phase-closed"
    clock.set(CLOSES + timedelta(hours=47))
    assert (await mark(client, 0, 100, mark_id)).status_code == 201
    clock.set(CLOSES + timedelta(hours=49))
    refused = await mark(client, 0, 200)
    assert (refused.status_code, refused.json()["code"]) == (403, "phase-closed")
    assert "None" not in refused.json()["detail"]
    assert (await mark(client, 0, 100, mark_id)).status_code == 200
    assert len(await spots(database, town)) == 1


async def test_one_person_marks_20_points_at_the_most_even_at_once(
    client: AsyncClient, app: Starlette, database: Database, town: Seeded
) -> None:
    await client.post("/api/v1/rue/voter")
    ids = [uuid4() for _ in range(22)]
    answers = await asyncio.gather(*(mark(client, 0, 20 * n, mark_id) for n, mark_id in enumerate(ids)))
    assert sorted(answer.status_code for answer in answers) == [201] * 20 + [403] * 2
    refused = next(answer.json() for answer in answers if answer.status_code == 403)
    assert refused["code"] == "too-many-spots" and "20" in refused["detail"]
    known = next(n for n, answer in enumerate(answers) if answer.status_code == 201)
    assert (await mark(client, 0, 20 * known, ids[known])).status_code == 200
    async with browser_on(app) as neighbour:
        assert (await mark(neighbour, 0, 450)).status_code == 201
    assert len(await marks(database, town)) == 21


async def test_a_refused_mark_leaves_no_spot_behind(client: AsyncClient, database: Database, town: Seeded) -> None:
    mark_id = uuid4()
    await mark(client, 0, 100, mark_id)
    await mark(client, 0, 400, mark_id)
    assert (await mark(client, 99_000, 0)).json()["code"] == "bad-coordinates"
    assert len(await spots(database, town)) == 1


async def test_only_small_json_under_a_version_4_identifier_is_taken(client: AsyncClient, town: Seeded) -> None:
    assert (await mark(client, 0, 100, "x")).json()["code"] == "bad-uuid"
    url, headers = f"/api/v1/rue/spots/{uuid4()}", {"Content-Type": "application/json"}
    for content, code in ((b" " * 2000, "too-large"), (b"{", "bad-json"), (b'{"v":1}', "bad-sending")):
        assert (await client.put(url, content=content, headers=headers)).json()["code"] == code
    assert (await client.put(url, content=b"{}")).json()["code"] == "not-json"


async def test_a_spot_is_listed_while_somebody_wishes_for_something_there(
    client: AsyncClient, app: Starlette, town: Seeded
) -> None:
    ref = (await mark(client, 0, 100)).json()["place"]
    app.state.program.rulebooks.forget()
    app.state.program.packs.forget()
    assert await listed(client) == []
    await send(client, opinion(ref))
    app.state.program.rulebooks.forget()
    app.state.program.packs.forget()
    assert await listed(client) == [ref]
    assert (await near(client))[ref] == "spot"
    await send(client, opinion(ref, 2, withdraw=True))
    app.state.program.rulebooks.forget()
    app.state.program.packs.forget()
    assert await listed(client) == []
    others = await near(client, limit=5)
    assert len(others) == 5 and ref not in others
    assert "Retiré" in (await client.get("/rue/mes-avis")).text


async def test_a_spot_may_be_followed_by_its_mark_and_stopped_when_no_wish_is_left(
    client: AsyncClient, app: Starlette, town: Seeded
) -> None:
    mark_id = uuid4()
    ref = (await mark(client, 0, 100, mark_id)).json()["place"]
    follow = await client.put(
        f"/api/v1/rue/follows/{uuid4()}", json={"v": 1, "place": str(mark_id), "means": "link"}
    )
    assert (follow.status_code, follow.json()["place"]) == (201, ref)
    await send(client, opinion(ref))
    await send(client, opinion(ref, 2, withdraw=True))
    app.state.program.rulebooks.forget()
    story = follow.json()["link"]
    assert "Devant le 14, rue Crébillon" in (await client.get(story)).text
    assert (await client.post(story, data={"act": "stop"})).status_code == 303
    picture = await client.get(f"/rue/lieux/{ref}/apercu.png")
    assert (picture.status_code, picture.headers["content-type"]) == (200, "image/png")
