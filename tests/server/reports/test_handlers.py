"""Reports over HTTP: a queue for the desk, and nothing else changes."""

import asyncio
import hashlib
from datetime import timedelta
from typing import Any
from uuid import uuid4

import msgspec
import pytest
from asyncpg import Record
from httpx2 import AsyncClient, Response
from starlette.applications import Starlette

from devanture.db.pool import Database
from devanture.processes.service import find_process
from devanture.reports import rules, service
from devanture.reports.service import waiting_reports
from devanture.settings import Settings
from devanture.streets.rules import metres
from tests.seed import CLOSES, PLACES, Clock, Seeded, Town, browser_on, opinion, place_row, seed, send
from tests.server.spots.ground import at, lay_streets

pytestmark = pytest.mark.anyio
LON, LAT = at(6, 106)
MISSING = {"v": 1, "finding": "missing", "lon": LON, "lat": LAT, "street": " Rue X ", "note": "  "}


async def report(client: AsyncClient, finding: str = "vacant", place: str = "C12", **options: Any) -> Response:
    body = options.get("body", {"v": 1, "place": place, "finding": finding})
    return await client.put(f"/api/v1/rue/reports/{options.get('id', uuid4())}", json=body)


async def reports(database: Database, town: Seeded) -> list[Record]:
    async with database.transaction(town.organisation_id) as connection:
        query = "SELECT *, ST_X(geom) AS lon, ST_Y(geom) AS lat FROM report ORDER BY finding"
        return list(await connection.fetch(query))


async def test_a_finding_is_stored_for_the_desk_and_changes_nothing(
    client: AsyncClient, database: Database, clock: Clock, town: Seeded
) -> None:
    sending = uuid4()
    before = (await client.get("/api/v1/rue/places/C12")).json()["place"]
    answer = await report(client, "occupied", id=sending)
    assert (answer.status_code, answer.json()) == (201, {"id": str(sending), "status": "stored"})
    assert "devanture_voter" in answer.headers["set-cookie"]
    (row,) = await reports(database, town)
    assert (row["id"], row["finding"], row["state"], row["geom"]) == (sending, "occupied", "waiting", None)
    assert row["day"] == clock.day() and len(row["voter"]) == 32
    assert (await client.get("/api/v1/rue/places/C12")).json()["place"] == before
    assert (await send(client, opinion("C12"))).status_code == 201


async def test_a_missing_shop_is_stored_with_its_words_and_25_m_along_its_street(
    client: AsyncClient, database: Database, town: Seeded
) -> None:
    await lay_streets(database, town)
    assert (await report(client, body=MISSING)).status_code == 201
    (row,) = await reports(database, town)
    assert (row["place_id"], row["street"], row["note"]) == (None, "Rue X", None)
    assert metres((row["lon"], row["lat"]), at(0, 100)) < 0.2, "nobody can read where the person stood"
    assert row["digest"] != hashlib.sha256(msgspec.json.encode(MISSING, order="sorted")).digest()


async def test_where_no_street_is_known_a_missing_shop_falls_on_the_grid(
    client: AsyncClient, database: Database, town: Seeded
) -> None:
    for east_m in (0, 1, 2):
        lon, lat = at(east_m, 106)
        await report(client, body=MISSING | {"lon": lon, "lat": lat})
    rows = await reports(database, town)
    assert len({(row["lon"], row["lat"]) for row in rows}) < 3
    assert all(metres((row["lon"], row["lat"]), (LON, LAT)) < 25 for row in rows)


@pytest.mark.parametrize("state", ["vacant", "works", "occupied"])
async def test_a_second_shop_at_the_number_of_a_listed_one_is_never_refused_and_the_desk_can_tell(
    client: AsyncClient, database: Database, town: Seeded, state: str
) -> None:
    async with database.transaction(town.organisation_id) as connection:
        await connection.execute("UPDATE place SET state = $1 WHERE ref = 'C14'", state)
    listed = MISSING | {"street": "Rue Crébillon", "number": "14"}
    sendings = [(uuid4(), listed | {"note": note} | mark) for note, mark in (("a", {}), ("b", {"another": True}))]
    first, again = [[await report(client, body=body, id=sending) for sending, body in sendings] for _ in range(2)]
    assert [answer.status_code for answer in first + again] == [201, 201, 200, 200], "older phones know no mark"
    queue = await waiting_reports(database, await find_process(database, "rue"))
    assert sorted((one.note, one.another) for one in queue.missing) == [("a", False), ("b", True)]
    other = await report(client, body=listed | {"note": "b"}, id=sendings[1][0])
    assert (other.status_code, other.json()["code"]) == (409, "id-reused"), "the mark is part of what was said"


@pytest.mark.parametrize(("kind", "limit"), [("missing", "MOST_MISSING"), ("vacant", "MOST_FINDINGS")])
async def test_one_voter_sends_so_many_reports_and_no_more(
    client: AsyncClient, app: Starlette, database: Database, town: Seeded, monkeypatch: pytest.MonkeyPatch,
    kind: str, limit: str,
) -> None:  # fmt: skip
    monkeypatch.setattr(rules, limit, 3)
    body = MISSING if kind == "missing" else {"v": 1, "place": "C12", "finding": kind}
    await client.post("/api/v1/rue/voter")
    sendings = [uuid4() for _ in range(5)]
    answers = await asyncio.gather(*(report(client, body=body, id=sending) for sending in sendings))
    assert sorted(answer.status_code for answer in answers) == [201, 201, 201, 403, 403]
    refused = next(answer.json() for answer in answers if answer.status_code == 403)
    assert refused["code"] == "too-many-reports" and "3" in refused["detail"]
    again = [(await report(client, body=body, id=sending)).status_code for sending in sendings]
    assert sorted(again) == [200, 200, 200, 403, 403], "what is stored keeps its answer"
    async with browser_on(app) as other:
        assert (await report(other, body=body)).status_code == 201
    assert (await report(client, "works")).status_code == (201 if kind == "missing" else 403)


async def test_the_desk_sees_its_queue_a_page_at_a_time(
    client: AsyncClient, database: Database, town: Seeded, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(service, "PAGE", 2)
    for place in ("C12", "C14", "Q3"):
        await report(client, place=place)
        await report(client, body=MISSING)
    process = await find_process(database, "rue")
    pages = [await waiting_reports(database, process, page) for page in range(3)]
    assert [[one.ref for one in page.places] for page in pages] == [["C12", "C14"], ["Q3"], []]
    assert [len(page.missing) for page in pages] == [2, 1, 0]
    assert len({one.id for page in pages for one in page.missing}) == 3


async def test_the_same_report_again_gets_the_same_answer(
    client: AsyncClient, database: Database, town: Seeded
) -> None:
    sending = uuid4()
    first, again = [await report(client, id=sending) for _ in range(2)]
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json() == again.json()
    other = await report(client, "works", id=sending)
    assert (other.status_code, other.json()["code"]) == (409, "id-reused")
    assert [row["finding"] for row in await reports(database, town)] == ["vacant"]


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ({"v": 1, "place": "C99", "finding": "vacant"}, 404, "unknown-place"),
        ({"v": 1, "place": "C12", "finding": "haunted"}, 400, "bad-sending"),
        ({"v": 1, "place": "C12", "finding": "vacant", "another": True}, 400, "bad-sending"),
        (MISSING | {"lon": 2.35}, 400, "bad-coordinates"),
        (MISSING | {"note": "x" * 5000}, 413, "too-large"),
    ],
)
async def test_a_bad_report_is_refused_in_words_and_nothing_is_stored(
    client: AsyncClient, database: Database, town: Seeded, body: dict[str, Any], status: int, code: str
) -> None:
    answer = await report(client, body=body)
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert await reports(database, town) == []


async def test_only_version_4_identifiers_and_json_are_taken(client: AsyncClient, town: Seeded) -> None:
    assert (await report(client, id="1")).json()["code"] == "bad-uuid"
    answer = await client.put(f"/api/v1/rue/reports/{uuid4()}", content=b"{}")
    assert (answer.status_code, answer.json()["code"]) == (415, "not-json")


async def test_a_report_is_welcome_after_closing(client: AsyncClient, clock: Clock, town: Seeded) -> None:
    clock.set(CLOSES + timedelta(days=90))
    assert (await report(client)).status_code == 201


async def test_the_form_thanks_on_the_place_s_own_page(client: AsyncClient, database: Database, town: Seeded) -> None:
    fields = {"uuid": str(uuid4()), "finding": "occupied"}
    for _ in range(2):
        sent = await client.post("/rue/lieux/C12/constat", data=fields)
        assert (sent.status_code, sent.headers["location"]) == (303, "/rue/lieux/C12?constat=1")
    assert "Merci d’avoir regardé." in (await client.get(sent.headers["location"])).text
    assert "Thank you for looking." in (await client.get("/rue/lieux/C12?constat=1&lang=en")).text
    assert len(await reports(database, town)) == 1


@pytest.mark.parametrize(
    ("fields", "headers", "status"),
    [
        ({"finding": "occupied"}, {}, 400),
        ({"finding": "missing", "uuid": str(uuid4())}, {}, 400),
        ({"finding": "occupied", "uuid": str(uuid4())}, {"Origin": "https://evil.example"}, 403),
    ],
)
async def test_a_bad_form_or_one_of_another_site_is_refused(
    client: AsyncClient, database: Database, town: Seeded, fields: dict[str, str], headers: dict[str, str], status: int
) -> None:
    sent = await client.post("/rue/lieux/C12/constat", data=fields, headers=headers | {"Accept": "text/html"})
    assert (sent.status_code, "<h1>" in sent.text) == (status, True)
    assert await reports(database, town) == []


async def test_a_stale_vacancy_is_told_until_somebody_sees_it_again(
    client: AsyncClient, app: Starlette, database: Database, settings: Settings, clock: Clock
) -> None:
    seen = clock.day() - timedelta(days=181)
    await seed(database, settings, Town(places=(place_row("C1", seen=seen), place_row("C2", 9))))
    old, unknown = (await client.get("/api/v1/rue/pack")).json()["places"]
    assert (old["seen"], old["stale"]) == (seen.isoformat(), True)
    assert (unknown["seen"], unknown["stale"]) == (None, False)
    await report(client, "occupied", "C1")
    app.state.program.rulebooks.forget()
    assert (await client.get("/api/v1/rue/places/C1")).json()["place"]["stale"] is True
    await report(client, "vacant", "C1")
    app.state.program.rulebooks.forget()
    assert (await client.get("/api/v1/rue/places/C1")).json()["place"]["stale"] is False
    clock.set(clock() + timedelta(days=181))
    app.state.program.rulebooks.forget()
    assert (await client.get("/api/v1/rue/places/C1")).json()["place"]["stale"] is True


async def test_the_desk_s_queue_lists_newest_first_and_counts_people(
    client: AsyncClient, app: Starlette, clock: Clock, database: Database, town: Seeded
) -> None:
    for _ in range(2):
        async with browser_on(app) as phone:
            await phone.post("/api/v1/rue/voter")
            for _ in range(2):
                await report(phone, "occupied", "C12")
    clock.set(clock() + timedelta(days=1))
    await report(client, "vacant", "C14")
    await report(client, "works", "C14")
    await report(client, body=MISSING)
    queue = await waiting_reports(database, await find_process(database, "rue"))
    assert [(checked.ref, checked.findings) for checked in queue.places] == [
        ("C14", {"vacant": 1, "works": 1}), ("C12", {"occupied": 2})
    ]  # fmt: skip
    assert [(missing.street, missing.note) for missing in queue.missing] == [("Rue X", None)]


async def test_another_town_s_reports_are_not_seen(
    client: AsyncClient, database: Database, settings: Settings, town: Seeded
) -> None:
    await report(client)
    await seed(database, settings, Town(slug="ailleurs", organisation="autre", places=tuple(PLACES[:1])))
    queue = await waiting_reports(database, await find_process(database, "ailleurs"))
    assert (queue.places, queue.missing) == ([], [])
