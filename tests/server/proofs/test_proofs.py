"""Showing that it is oneself: what each code proves, for whom, how often, and what it does to the count."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import msgspec
import pytest
from httpx2 import AsyncClient, Response
from starlette.applications import Starlette

from devanture.aside import service as aside
from devanture.db.pool import Database
from devanture.opinions.rules import decode_opinion
from devanture.opinions.service import Origin, judged
from devanture.program import Program
from devanture.proofs import doors, rules, service
from devanture.proofs.schemas import LEVELS, Proven
from devanture.releases.service import release, total_counts
from devanture.web.voters import COOKIE
from tests.seed import Clock, Seeded, browser_on, cookie_of, opinion, send

pytestmark = pytest.mark.anyio


@pytest.fixture
def running(app: Starlette) -> Program:
    found: Program = app.state.program
    return found


@pytest.fixture
async def other(app: Starlette) -> AsyncIterator[AsyncClient]:
    async with browser_on(app) as browser:
        browser.cookies.set(COOKIE, cookie_of(app, "b" * 43))
        yield browser


@pytest.fixture(autouse=True)
def had_its_cookie(app: Starlette, client: AsyncClient) -> None:
    """Since long before: what comes within three seconds of it is set aside."""
    client.cookies.set(COOKIE, cookie_of(app, "a" * 43))


async def prove(client: AsyncClient, means: str, value: str) -> Response:
    return await client.post("/api/v1/rue/proof", json={"v": 1, "means": means, "value": value})


async def proofs(database: Database, running: Program, town: Seeded) -> dict[str, int]:
    """How many people by proof, at a recount of now."""
    book = await running.rulebooks.get("rue")
    desk, _ = await release(database, book.process, running.now())
    counts = await total_counts(database, book.process, desk)
    return {count.code: count.persons for count in counts if count.level == "proof" and count.persons}


async def screen(running: Program, label: str = "Marché") -> tuple[UUID, str]:
    book = await running.rulebooks.get("rue")
    key_id = await service.open_screen(running.provers, book.process, label, running.now())
    return key_id, next(code for found, _, code in await screens(running) if found == key_id)


async def screens(running: Program) -> list[tuple[UUID, str, str]]:
    return await service.code_now(running.provers, (await running.rulebooks.get("rue")).process, running.now())


async def test_a_facilitator_s_code_proves_what_was_said_before(
    client: AsyncClient, database: Database, running: Program, town: Seeded
) -> None:
    await send(client, opinion())
    _, code = await screen(running)
    told = await prove(client, "at_door", f"{code[:3]} {code[3:]}")
    assert told.json() == {"status": "proven", "proof": "at_door"}
    assert msgspec.json.encode(msgspec.json.decode(told.content, type=Proven)) == told.content
    assert await proofs(database, running, town) == {"at_door": 1}


async def test_one_screen_proves_five_people_a_minute(
    app: Starlette, client: AsyncClient, running: Program, town: Seeded, clock: Clock
) -> None:
    await screen(running)
    answers = []
    for _ in range(6):
        ((_, _, code),) = await screens(running)
        async with browser_on(app) as browser:
            answers.append((await prove(browser, "at_door", code)).json().get("code", "proven"))
    assert answers.count("busy-screen") in (0, 1) and answers[:5] == ["proven"] * 5
    clock.set(running.now() + timedelta(minutes=3))
    ((_, _, code),) = await screens(running)
    assert (await prove(client, "at_door", code)).status_code == 200


async def test_a_screen_whose_code_leaked_is_closed_and_what_it_proved_taken_back(
    client: AsyncClient, database: Database, running: Program, town: Seeded
) -> None:
    await send(client, opinion())
    key_id, code = await screen(running)
    await prove(client, "at_door", code)
    book = await running.rulebooks.get("rue")
    assert await service.close_screen(running.provers, book.process, key_id, running.now(), running.now()) == 1
    assert (await prove(client, "at_door", code)).json()["code"] == "wrong-code"
    assert await proofs(database, running, town) == {"none": 1}


async def test_a_proof_brings_back_what_a_rule_had_set_aside(
    client: AsyncClient, database: Database, running: Program, town: Seeded
) -> None:
    await send(client, opinion())
    async with database.transaction(town.organisation_id) as connection:
        await connection.execute("UPDATE intake SET standing = 'o'")
    book = await running.rulebooks.get("rue")
    assert await aside.judge(database, book.process, running.now()) == 1
    assert await proofs(database, running, town) == {}
    _, code = await screen(running)
    await prove(client, "at_door", code)
    assert await proofs(database, running, town) == {"at_door": 1}


async def test_wrong_codes_of_a_network_come_to_an_end(client: AsyncClient, running: Program, town: Seeded) -> None:
    codes = [(await prove(client, "at_door", f"{n:06d}")).json()["code"] for n in range(31)]
    assert codes == ["wrong-code"] * 30 + ["too-many-tries"]


async def mailed(database: Database, running: Program, town: Seeded, at: int = -1) -> str:
    """The code that the worker would write, from the question as it is stored."""
    book = await running.rulebooks.get("rue")
    async with database.transaction(town.organisation_id) as connection:
        rows = await connection.fetch("SELECT * FROM mail_code ORDER BY asked_at")
    row = rows[at]
    return rules.mail_code(book.voter_key, row["voter"], row["address"], row["asked_at"])


@pytest.fixture
def with_mail(running: Program) -> None:
    """As with a mail server; the worker, which would write, does not run here."""
    object.__setattr__(running.provers, "mail", True)


@pytest.mark.usefixtures("with_mail")
async def test_one_address_is_one_voter_and_goes_along_to_a_new_phone(
    client: AsyncClient, other: AsyncClient, database: Database, running: Program, town: Seeded
) -> None:
    for browser in (client, other):
        await send(browser, opinion())
        assert (await prove(browser, "mail", "Zoe+1@example.org")).json() == {"status": "sent", "proof": "none"}
        code = await mailed(database, running, town)
        assert (await prove(browser, "code", code)).json() == {"status": "proven", "proof": "email"}
    assert await proofs(database, running, town) == {"email": 1, "none": 1}
    async with database.transaction(town.organisation_id) as connection:
        (row,) = await connection.fetch("SELECT * FROM voter_proof")
        assert await connection.fetchval("SELECT count(*) FROM mail_code") == 0
    assert b"zoe" not in row["source"].lower() and len(row["source"]) == 32


@pytest.mark.usefixtures("with_mail")
async def test_a_mailed_code_is_tried_five_times_within_half_an_hour_on_its_own_phone(
    client: AsyncClient, other: AsyncClient, database: Database, running: Program, town: Seeded, clock: Clock
) -> None:
    await prove(client, "mail", "zoe@example.org")
    code = await mailed(database, running, town)
    assert (await prove(other, "code", code)).json()["code"] == "wrong-code"
    for _ in range(5):
        assert (await prove(client, "code", "1")).json()["code"] == "wrong-code"
    assert (await prove(client, "code", code)).json()["code"] == "wrong-code"
    await prove(client, "mail", "zoe@example.org")
    code = await mailed(database, running, town)
    clock.set(running.now() + timedelta(minutes=31))
    assert (await prove(client, "code", code)).json()["code"] == "wrong-code"


async def test_without_a_mail_server_mail_is_not_offered(client: AsyncClient, town: Seeded) -> None:
    assert (await prove(client, "mail", "zoe@example.org")).json()["code"] == "mail-unavailable"
    assert 'data-means="mail"' not in (await client.get("/rue/preuve")).text


@pytest.mark.usefixtures("with_mail")
async def test_the_page_works_without_a_script(
    client: AsyncClient, database: Database, running: Program, town: Seeded
) -> None:
    asked = await client.post("/rue/preuve", data={"means": "mail", "value": "zoe@example.org"})
    assert asked.status_code == 200 and "Un courriel est en route" in asked.text
    wrong = await client.post("/rue/preuve", data={"means": "code", "value": "000"})
    assert wrong.status_code == 422 and 'role="alert"' in wrong.text
    code = await mailed(database, running, town)
    done = await client.post("/rue/preuve", data={"means": "code", "value": code})
    assert done.status_code == 200 and "C’est fait" in done.text
    assert "C’est fait" in (await client.get("/rue/preuve")).text
    elsewhere = {"Origin": "https://evil.example"}
    stranger = await client.post("/rue/preuve", data={"means": "code", "value": code}, headers=elsewhere)
    assert stranger.status_code == 403


async def test_a_poster_s_code_says_where_one_stood_until_it_is_revoked(
    client: AsyncClient, database: Database, running: Program, town: Seeded
) -> None:
    book = await running.rulebooks.get("rue")
    places = [book.places[ref].id for ref in ("C12", "C14")]
    assert await doors.ensure_door_codes(database, book.process, places, running.now()) == 2
    assert await doors.ensure_door_codes(database, book.process, places, running.now()) == 0
    codes = {place: code for code, place in (await doors.door_codes(database, book.process)).items()}
    page = await client.get("/rue/lieux/C12", params={"c": codes[places[0]]})
    assert f'name="door" value="{codes[places[0]]}"' in page.text
    book = replace(book, door_codes={code: place for place, code in codes.items()})

    def level(place: str, code: str) -> str:
        said = decode_opinion(msgspec.json.encode(opinion(place, door=code)))
        return judged(book, UUID(int=4), said, Origin("v", "192.0.2.0"), running.now()).proof

    mine = codes[places[0]]
    assert [level("C12", mine), level("C14", mine), level("C12", "")] == ["door_code", "none", "none"]
    assert await doors.revoke_door_code(database, book.process, codes[places[0]], running.now())
    assert codes[places[0]] not in await doors.door_codes(database, book.process)


async def test_the_view_that_counts_knows_the_levels_in_their_order(database: Database) -> None:
    async with database.transaction() as connection:
        text = await connection.fetchval("SELECT pg_get_viewdef('counted_opinion'::regclass)")
    assert text.count(", ".join(f"'{level}'::text" for level in LEVELS)) >= 2
