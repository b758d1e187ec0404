"""Following a place: by secret link, push or mail; sealed, confirmed by a button, forgotten when asked."""

import asyncio
import json
import re
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from asyncpg import Record
from httpx2 import AsyncClient, Response
from starlette.applications import Starlette

from devanture.app import create_app
from devanture.db.pool import Database
from devanture.follows import rules, views
from devanture.follows.schemas import FollowV1
from devanture.processes import keys
from devanture.settings import MailSettings, Settings
from devanture.worker.service import forget_due
from tests.seed import Clock, Seeded, browser_on, opinion, send

pytestmark = pytest.mark.anyio
ENDPOINT = "https://updates.push.services.mozilla.com/x"
SUBSCRIPTION = json.dumps({"endpoint": ENDPOINT, "keys": {"p256dh": "B" * 87, "auth": "a" * 22}})
MAIL = MailSettings("127.0.0.1", 1, "", "", tls=False, sender="nantes@ville.example")


@pytest.fixture
async def mailing(settings: Settings, clock: Clock) -> AsyncIterator[Starlette]:
    """The program of an operator who named a mail server."""
    running = create_app(replace(settings, mail=MAIL), clock)
    async with running.router.lifespan_context(running):
        yield running


@pytest.fixture
async def resident(mailing: Starlette) -> AsyncIterator[AsyncClient]:
    async with browser_on(mailing) as browser:
        yield browser


async def follow(client: AsyncClient, follow_id: UUID | None = None, **said: Any) -> Response:
    body = {"v": 1, "place": "C12", **said}
    return await client.put(f"/api/v1/rue/follows/{follow_id or uuid4()}", json=body)


async def kept(database: Database, town: Seeded) -> list[Record]:
    async with database.transaction(town.organisation_id) as connection:
        return list(await connection.fetch("SELECT * FROM follow ORDER BY day, id"))


async def jobs(database: Database) -> list[str]:
    async with database.transaction() as connection:
        return [row["payload"].decode() for row in await connection.fetch("SELECT payload FROM pgqueuer")]


async def test_a_secret_link_works_at_once_and_the_same_again(
    client: AsyncClient, database: Database, town: Seeded
) -> None:
    follow_id = uuid4()
    first = await follow(client, follow_id, means="link")
    assert first.status_code == 201 and first.json()["status"] == "stored"
    again = await follow(client, follow_id, means="link")
    assert (again.status_code, again.json()) == (200, first.json())
    page = await client.get(first.json()["link"])
    assert page.status_code == 200 and page.headers["x-robots-tag"] == "noindex"
    assert "Gardez cette adresse" in page.text and "Clôture des souhaits" in page.text
    assert 'href="http://127.0.0.1:8000/rue/lieux/C12"' in page.text, "the secret is no canonical address"
    secret = first.json()["link"].rpartition("/")[2]
    assert all(secret.encode() not in bytes(row["token_hash"]) for row in await kept(database, town))


async def test_an_id_that_was_used_for_another_follow_is_refused(client: AsyncClient, town: Seeded) -> None:
    follow_id = uuid4()
    await follow(client, follow_id, means="link")
    for other in ({"means": "link", "place": "C14"}, {"means": "push", "address": SUBSCRIPTION}):
        answer = await follow(client, follow_id, **other)
        assert (answer.status_code, answer.json()["code"]) == (409, "id-reused")


async def test_the_same_phone_follows_a_place_once(client: AsyncClient, database: Database, town: Seeded) -> None:
    first = await follow(client, means="push", address=SUBSCRIPTION)
    second = await follow(client, means="push", address=SUBSCRIPTION)
    assert (second.status_code, second.json()["link"]) == (200, first.json()["link"])
    elsewhere = await follow(client, means="push", address=SUBSCRIPTION, place="C14")
    assert elsewhere.status_code == 201
    assert [row["confirmed"] for row in await kept(database, town)] == [True, True]


async def test_what_is_stored_of_an_address_cannot_be_read(
    resident: AsyncClient, database: Database, settings: Settings, town: Seeded
) -> None:
    await follow(resident, means="mail", address="camille@example.org")
    await follow(resident, means="push", address=SUBSCRIPTION)
    for row in await kept(database, town):
        stored = b"".join(bytes(value) for value in row.values() if isinstance(value, bytes))
        assert b"camille" not in stored and b"example" not in stored
        context = rules.sealing_context(row["process_id"], row["id"])
        opened = keys.unwrap(settings.key, row["address"], context).decode()
        assert opened == ("camille@example.org" if row["means"] == "mail" else rules.address_of(_push()))
    assert all("camille" not in job for job in await jobs(database))


def _push() -> Any:
    return FollowV1(v=1, place="C12", means="push", address=SUBSCRIPTION)


async def test_a_mail_address_counts_once_its_owner_pressed_the_button(
    resident: AsyncClient, database: Database, settings: Settings, town: Seeded
) -> None:
    answer = await follow(resident, means="mail", address="camille@example.org")
    assert (answer.status_code, answer.json()["link"]) == (201, None), "only the mail itself carries the link"
    row = (await kept(database, town))[0]
    assert await jobs(database) == [f"rue {row['id']}"]
    link = f"/rue/suivi/{rules.token(settings.key, row['id'])}"
    for _ in range(3):
        page = await resident.get(link)
        assert "Confirmer" in page.text and "Ne plus suivre" not in page.text
    assert (await kept(database, town))[0]["confirmed"] is False, "a scanner that opens links confirms nothing"
    done = await resident.post(link, data={"act": "confirm"})
    assert (done.status_code, done.headers["location"]) == (303, link)
    assert (await kept(database, town))[0]["confirmed"] is True
    assert "Vous suivez ce lieu" in (await resident.get(link)).text


async def test_whoever_types_somebody_s_address_learns_nothing(
    mailing: Starlette, resident: AsyncClient, database: Database, settings: Settings, town: Seeded
) -> None:
    await follow(resident, means="mail", address="camille@example.org")
    row = (await kept(database, town))[0]
    await resident.post(f"/rue/suivi/{rules.token(settings.key, row['id'])}", data={"act": "confirm"})
    told = []
    async with browser_on(mailing) as stranger:
        for address in ("Camille@example.org", "somebody.else@example.org"):
            sending = uuid4()
            asked = [await follow(stranger, sending, means="mail", address=address) for _ in range(2)]
            asked.append(await follow(stranger, sending, means="mail", address="third@example.org"))
            form = {"uuid": str(uuid4()), "means": "mail", "address": address}
            asked.append(await stranger.post("/rue/lieux/C12/suivre", data=form))
            told.append([(answer.status_code, answer.text.replace(str(sending), "")) for answer in asked])
        assert [status for status, _ in told[0]] == [201, 200, 409, 303]
        assert told[0] == told[1], "an address that follows the place and one that does not are answered alike"
    assert len(await jobs(database)) == 5, "and the same work is done: the mail alone says who follows already"


async def test_the_same_sending_again_is_neither_limited_nor_mailed(
    resident: AsyncClient, database: Database, town: Seeded
) -> None:
    sending = uuid4()
    answers = [await follow(resident, sending, means="mail", address="camille@example.org") for _ in range(45)]
    assert [answer.status_code for answer in answers] == [201] + [200] * 44
    assert len({answer.text for answer in answers}) == len(await jobs(database)) == len(await kept(database, town)) == 1


async def test_mail_is_limited_and_nothing_else(
    mailing: Starlette, resident: AsyncClient, database: Database, town: Seeded
) -> None:
    for _ in range(4):
        assert (await follow(resident, means="mail", address="camille@example.org")).status_code == 201
    assert len(await jobs(database)) == 3, "an address gets three a day, and no answer tells"
    statuses = [(await follow(resident, means="mail", address=f"a{n}@example.org")).status_code for n in range(37)]
    assert statuses == [201] * 36 + [429]
    assert len(await kept(database, town)) == 40, "a refused one is not kept"
    async with browser_on(mailing, client=("192.0.2.7", 1)) as elsewhere:
        assert (await follow(elsewhere, means="mail", address="b@example.org")).status_code == 201
    assert (await follow(resident, means="link")).status_code == 201


async def test_one_browser_follows_so_many_places_and_no_more(
    client: AsyncClient, app: Starlette, database: Database, town: Seeded, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rules, "MOST_FOLLOWS", 3)
    await client.post("/api/v1/rue/voter")
    sendings = [uuid4() for _ in range(5)]
    answers = await asyncio.gather(*(follow(client, sending, means="link") for sending in sendings))
    assert sorted(answer.status_code for answer in answers) == [201, 201, 201, 403, 403]
    refused = next(answer.json() for answer in answers if answer.status_code == 403)
    assert refused["code"] == "too-many-follows" and "3" in refused["detail"]
    again = [(await follow(client, sending, means="link")).status_code for sending in sendings]
    assert sorted(again) == [200, 200, 200, 403, 403], "what is stored keeps its answer"
    async with browser_on(app) as other:
        assert (await follow(other, means="link")).status_code == 201
    assert len({row["asker"] for row in await kept(database, town)}) == 2


async def test_without_a_mail_server_no_mail_is_offered_or_promised(client: AsyncClient, town: Seeded) -> None:
    refused = await follow(client, means="mail", address="camille@example.org")
    assert (refused.status_code, refused.json()["code"]) == (403, "mail-unavailable")
    page = (await client.get("/rue/lieux/C12/suivre")).text
    assert 'name="address"' not in page and "Le courriel n’est pas encore proposé par cette collectivité." in page


def hidden(page: str, means: str) -> dict[str, str]:
    form = next(part for part in page.split("<form") if f'value="{means}"' in part)
    return dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', form))


async def test_the_form_works_without_javascript(resident: AsyncClient, database: Database, town: Seeded) -> None:
    page = (await resident.get("/rue/lieux/C12/suivre")).text
    by_link = await resident.post("/rue/lieux/C12/suivre", data=hidden(page, "link"))
    assert by_link.status_code == 303 and by_link.headers["location"].startswith("/rue/suivi/")
    page = (await resident.get("/rue/lieux/C12/suivre")).text
    wrong = await resident.post("/rue/lieux/C12/suivre", data=hidden(page, "mail") | {"address": "camille"})
    assert wrong.status_code == 422 and 'value="camille"' in wrong.text and 'role="alert"' in wrong.text
    by_mail = await resident.post("/rue/lieux/C12/suivre", data=hidden(page, "mail") | {"address": "c@example.org"})
    assert by_mail.headers["location"] == "/rue/lieux/C12/suivre?dit=courriel"
    assert "Un courriel est en route" in (await resident.get(by_mail.headers["location"])).text
    assert sorted(row["means"] for row in await kept(database, town)) == ["link", "mail"]


async def test_stopping_forgets_whatever_the_address_asked_for_here(
    resident: AsyncClient, database: Database, settings: Settings, town: Seeded
) -> None:
    for place in ("C12", "C12", "C14"):
        await follow(resident, means="mail", address="camille@example.org", place=place)
    await follow(resident, means="mail", address="other@example.org")
    one = next(job for job in await jobs(database)).partition(" ")[2]
    link = f"/rue/suivi/{rules.token(settings.key, UUID(one))}"
    await resident.post(link, data={"act": "confirm"})
    await resident.post(link, data={"act": "stop"})
    assert len(await kept(database, town)) == 2, "those of another place and of another address stay"


async def test_stopping_forgets_everything(client: AsyncClient, database: Database, town: Seeded) -> None:
    link = (await follow(client, means="link")).json()["link"]
    stopped = await client.post(link, data={"act": "stop"})
    assert stopped.headers["location"] == "/rue/lieux/C12/suivre?dit=fini"
    assert "Vous ne suivez plus" in (await client.get(stopped.headers["location"])).text
    assert await kept(database, town) == []
    gone = await client.get(link, headers={"Accept": "text/html"})
    assert gone.status_code == 404 and "ne suit plus rien" in gone.text


@pytest.mark.parametrize("token", ["nothing", "A" * 43, "..%2f..%2fbureau"])
async def test_a_link_that_nobody_was_given_is_unknown(client: AsyncClient, town: Seeded, token: str) -> None:
    assert (await client.get(f"/rue/suivi/{token}")).status_code == 404
    assert (await client.post(f"/rue/suivi/{token}", data={"act": "stop"})).status_code == 404


async def test_another_site_cannot_stop_or_confirm(client: AsyncClient, database: Database, town: Seeded) -> None:
    link = (await follow(client, means="link")).json()["link"]
    forged = await client.post(link, data={"act": "stop"}, headers={"Origin": "https://evil.example"})
    assert forged.status_code == 403 and len(await kept(database, town)) == 1


async def test_a_fault_on_the_secret_page_leaves_no_secret_in_the_log(
    client: AsyncClient, town: Seeded, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    link = (await follow(client, means="link")).json()["link"]
    monkeypatch.setattr(views, "story_context", None)
    assert (await client.get(link)).status_code == 500
    told = "".join(capfd.readouterr())
    assert "/{p}/suivi/{token}" in told and link.rpartition("/")[2] not in told


async def test_the_story_shows_figures_only_when_they_are_public(client: AsyncClient, town: Seeded) -> None:
    await send(client, opinion())
    story = (await client.get((await follow(client, means="link")).json()["link"])).text
    assert re.search(r"1\sperson", story) and "Poissonnerie" not in story


async def test_what_nobody_confirmed_is_forgotten_after_seven_days(
    resident: AsyncClient, database: Database, town: Seeded
) -> None:
    await follow(resident, means="link")
    for name in ("old", "young"):
        await follow(resident, means="mail", address=f"{name}@example.org")
    rows = [row for row in await kept(database, town) if row["means"] == "mail"]
    async with database.transaction(town.organisation_id) as connection:
        await connection.execute("UPDATE follow SET day = $1 WHERE id = $2", date.today() - timedelta(8), rows[0]["id"])
        await connection.execute("UPDATE follow SET day = $1 WHERE means = 'link'", date.today() - timedelta(80))
    await forget_due(database)
    left = await kept(database, town)
    assert rows[0]["id"] not in [row["id"] for row in left] and sorted(row["means"] for row in left) == ["link", "mail"]


async def test_the_push_key_is_told(client: AsyncClient, settings: Settings) -> None:
    assert (await client.get("/api/v1/push-key")).json() == {"key": rules.push_public_key(settings.key)}
