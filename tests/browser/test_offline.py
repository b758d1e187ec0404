"""Without a network: nothing that the person was told is kept is ever lost, or stored twice."""

import asyncio
from datetime import datetime, timedelta

import pytest
from playwright.async_api import BrowserContext, Page, Route, expect

from devanture.db.pool import Database
from tests.browser.conftest import Install, Server
from tests.browser.phone import answer, kept, ready, take_off, until
from tests.seed import Seeded, current, journal

pytestmark = pytest.mark.anyio

DOORS = {"C12": "Poissonnerie", "C14": "Épicerie", "Q3": "Boulangerie", "C16": "Pharmacie", "S1": "Jouerie"}
CODES = {"C12": "fishmonger", "C14": "grocer", "Q3": "bakery", "C16": "pharmacy", "S1": "garden"}


async def test_five_opinions_in_flight_mode_and_a_killed_browser_are_stored_once_each(
    server: Server, install: Install, database: Database, town: Seeded
) -> None:
    phone = await install()
    await phone.page.goto(f"{server.url}/rue/?autour&lang=fr")
    await ready(phone.page)
    server.stop()
    for ref, wish in DOORS.items():
        await phone.page.goto(f"{server.url}/rue/lieux/{ref}")
        await answer(phone.page, wish)
        await expect(phone.page.locator(".saved")).to_be_visible()
    await phone.kill()
    assert await journal(database, town) == []

    server.start()
    again = await install()
    await again.page.goto(f"{server.url}/rue/?autour")
    await until(lambda: kept(again.page, "outbox"), lambda count: count == 0)
    stored = await journal(database, town)
    assert len({row["id"] for row in stored}) == len(stored) == 5
    assert {row["ref"]: row["wishes"] for row in await current(database, town)} == {
        ref: [code] for ref, code in CODES.items()
    }
    assert len({row["voter"] for row in await current(database, town)}) == 1


async def test_an_answer_given_again_after_a_lost_reply_is_one_answer(
    bare_page: Page, database: Database, town: Seeded
) -> None:
    """The server stores it, the line is cut before its word arrives: the phone sends the same id again."""
    page, cut = bare_page, 0

    async def lose_the_reply(route: Route) -> None:
        nonlocal cut
        cut += 1
        if cut > 1:
            await route.continue_()
            return
        await route.fetch()
        await route.abort("connectionreset")

    await page.route("**/api/v1/rue/opinions/**", lose_the_reply)
    await page.goto("/rue/lieux/C12")
    await answer(page, "Poissonnerie")
    await expect(page.locator(".saved")).to_be_visible()
    await until(lambda: kept(page, "outbox"), lambda count: count == 0)
    assert cut == 2
    assert len(await journal(database, town)) == 1


async def test_flight_mode_shows_what_waits_and_sends_it_when_the_network_returns(
    phone: BrowserContext, page: Page, database: Database, town: Seeded
) -> None:
    await take_off(phone, page)
    for ref in ("C12", "C14"):
        await page.goto(f"/rue/lieux/{ref}")
        await answer(page, DOORS[ref])
        await expect(page.locator(".saved")).to_contain_text("Gardé sur ce téléphone")
    await expect(page.locator(".outbox")).to_contain_text("Hors ligne · 2 en attente")
    await page.get_by_role("button", name="Détails").click()
    await expect(page.locator(".kept__one")).to_contain_text(["12, rue Crébillon", "14, rue Crébillon"])
    await expect(page.locator(".kept__one").last).to_contain_text("En attente du réseau")
    await page.get_by_role("button", name="Fermer").click()
    await phone.set_offline(False)
    await until(lambda: kept(page, "outbox"), lambda count: count == 0)
    await expect(page.locator(".outbox")).to_be_empty()
    assert len(await journal(database, town)) == 2


@pytest.mark.usefixtures("basemap")
async def test_offline_the_list_and_its_map_show_what_this_phone_has_said(phone: BrowserContext, page: Page) -> None:
    await take_off(phone, page)
    await page.goto("/rue/lieux/C12")
    await answer(page, "Poissonnerie")
    await expect(page.locator(".saved")).to_be_visible()
    await page.goto("/rue/?autour")
    await expect(page.locator(".card--done")).to_have_count(1)
    await expect(page.locator(".card--done")).to_contain_text("Votre souhait : une poissonnerie")
    await expect(page.locator(".overview .tick:visible")).to_have_count(1)


async def test_offline_the_place_says_and_keeps_what_this_phone_has_said(phone: BrowserContext, page: Page) -> None:
    await take_off(phone, page)
    await page.goto("/rue/lieux/C12")
    await answer(page, "Poissonnerie")
    await expect(page.locator(".saved")).to_be_visible()
    await page.goto("/rue/lieux/C14")
    await page.goto("/rue/lieux/C12")
    await expect(page.locator(".note--green")).to_have_text(
        "Votre souhait\u202f: une poissonnerie. Un nouvel envoi le remplace."
    )
    await expect(page.locator(".chip:has(:checked)")).to_have_text(["Poissonnerie"])
    await expect(page.locator("[data-one-tap]")).to_contain_text("Pour changer\u202f: choisissez")


async def test_a_change_and_a_withdrawal_in_mes_avis_work_offline(
    phone: BrowserContext, page: Page, database: Database, town: Seeded
) -> None:
    await page.goto("/rue/?autour")
    await ready(page)
    await page.goto("/rue/lieux/C12")
    await answer(page, "Poissonnerie")
    await until(lambda: journal(database, town), lambda rows: len(rows) == 1)
    await phone.set_offline(True)
    await page.goto("/rue/mes-avis")
    await page.get_by_role("button", name="Retirer").click()
    await expect(page.locator(".card")).to_contain_text("Retiré")
    await page.get_by_role("link", name="Répondre de nouveau").click()
    await answer(page, "Épicerie")
    await expect(page.locator(".saved")).to_be_visible()
    await phone.set_offline(False)
    await until(lambda: kept(page, "outbox"), lambda count: count == 0)
    (row,) = await current(database, town)
    assert row["wishes"] == ["grocer"]


async def test_a_captive_portal_is_not_an_acceptance(bare_page: Page, database: Database, town: Seeded) -> None:
    page = bare_page
    await page.goto("/rue/lieux/C12")
    portal = {"status": 200, "content_type": "text/html", "body": "<h1>Wi-Fi gratuit</h1>"}
    await page.route("**/api/v1/rue/**", lambda route: route.fulfill(**portal))
    await answer(page, "Poissonnerie")
    await expect(page.locator(".saved")).to_be_visible()
    await page.wait_for_timeout(1500)
    assert await kept(page, "outbox") == 1
    await page.unroute("**/api/v1/rue/**")
    await page.reload()
    await until(lambda: kept(page, "outbox"), lambda count: count == 0)
    assert len(await journal(database, town)) == 1


async def test_behind_a_captive_portal_the_pages_stay_ours_and_answers_wait(
    phone: BrowserContext, page: Page, database: Database, town: Seeded
) -> None:
    await page.goto("/rue/?autour")
    await ready(page)
    asked: list[str] = []

    async def portal(route: Route) -> None:
        asked.append(route.request.url)
        await route.fulfill(status=200, content_type="text/html", body="<h1>Wi-Fi gratuit</h1>")

    await phone.route("**/*", portal)
    await page.goto("/rue/lieux/C12")
    await expect(page.locator("h1")).to_have_text("12, rue Crébillon")
    await answer(page, "Poissonnerie")
    await expect(page.locator(".saved")).to_contain_text("Gardé sur ce téléphone")
    await until(lambda: asyncio.sleep(0, [url for url in asked if url.endswith("/voter")]), bool)
    assert await kept(page, "outbox") == 1
    await phone.unroute("**/*")
    await page.reload()
    await until(lambda: kept(page, "outbox"), lambda count: count == 0)
    assert len(await journal(database, town)) == 1


async def test_what_waits_is_tried_again_when_the_person_looks_at_the_phone_again(
    bare_page: Page, database: Database, town: Seeded
) -> None:
    """With the phone's clock held still no timer can send it: only coming back does."""
    page = bare_page
    await page.clock.install()
    await page.goto("/rue/lieux/C12")
    await until(lambda: kept(page, "packs"), bool)
    await page.clock.pause_at(datetime.now() + timedelta(minutes=5))
    await page.route("**/api/v1/rue/**", lambda route: route.abort())
    async with page.expect_event("requestfailed"):
        await answer(page, "Poissonnerie")
        await expect(page.locator(".saved__what")).to_be_visible()
        await page.clock.run_for(300)  # The frame that says « Merci », after which it leaves for the first time.
    await expect(page.locator(".outbox")).to_contain_text("1 en attente")
    await page.unroute("**/api/v1/rue/**")
    await asyncio.sleep(0.5)
    assert await kept(page, "outbox") == 1
    await page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    await until(lambda: kept(page, "outbox"), lambda count: count == 0)
    assert len(await journal(database, town)) == 1


async def test_a_door_that_was_let_meanwhile_is_refused_in_words_and_holds_nothing_back(
    phone: BrowserContext, page: Page, database: Database, town: Seeded
) -> None:
    await take_off(phone, page)
    for ref, wish in (("C12", "Poissonnerie"), ("C16", "Épicerie"), ("C14", "Boulangerie")):
        await page.goto(f"/rue/lieux/{ref}")
        await answer(page, wish)
        await expect(page.locator(".saved")).to_be_visible()
    async with database.transaction(town.organisation_id) as connection:
        await connection.execute("UPDATE place SET state = 'occupied' WHERE ref = 'C16'")
    await page.wait_for_timeout(2100)  # The server keeps what it knows of a process for two seconds.
    await phone.set_offline(False)
    await until(lambda: journal(database, town), lambda rows: len(rows) == 2)
    await page.goto("/rue/mes-avis")
    await expect(page.locator(".card .note--red")).to_contain_text("Choisissez-en un autre, tout près.")
    await page.get_by_role("button", name="1 envoi non enregistré").click()
    sheet = page.get_by_role("dialog", name="Gardé sur ce téléphone")
    await expect(sheet).to_contain_text("Choisissez-en un autre, tout près.")
    await sheet.get_by_role("button", name="Retirer de ce téléphone").click()
    assert await until(lambda: kept(page, "outbox"), lambda count: count == 0) == 0


FILL_UP = """IDBObjectStore.prototype.puts = IDBObjectStore.prototype.put;
IDBObjectStore.prototype.put = () => { throw new DOMException("full", "QuotaExceededError"); };"""
EMPTY = "IDBObjectStore.prototype.put = IDBObjectStore.prototype.puts; 0"
"""Headless Chromium lends IndexedDB more than any quota it is given: here its writes fail as on a full disk."""
FAIL_LATE = """IDBTransaction.prototype.commits = IDBTransaction.prototype.commit;
IDBTransaction.prototype.commit = function () { this.abort(); };"""
HOLD_AGAIN = "IDBTransaction.prototype.commit = IDBTransaction.prototype.commits; 0"
"""All was written and the disk gives up at the very end, when « Merci » is drawn already, though not shown."""


@pytest.mark.parametrize(("breaks", "heals"), [(FILL_UP, EMPTY), (FAIL_LATE, HOLD_AGAIN)], ids=["at once", "late"])
async def test_a_full_phone_says_so_and_loses_nothing_of_before(
    phone: BrowserContext, page: Page, breaks: str, heals: str
) -> None:
    await take_off(phone, page)
    await page.goto("/rue/lieux/C12")
    await answer(page, "Poissonnerie")
    await expect(page.locator(".saved")).to_be_visible()
    await page.goto("/rue/lieux/C14")
    await page.evaluate(f"() => {{ {breaks} }}")
    await answer(page, "Épicerie")
    await expect(page.locator("[data-said]")).to_contain_text("Ce téléphone ne peut pas garder votre souhait")
    await expect(page).to_have_url("/rue/lieux/C14")
    assert await kept(page, "outbox") == 1
    await page.evaluate(heals)
    await page.get_by_role("button", name="Envoyer mon souhait").click()
    await expect(page.locator(".saved")).to_be_visible()
    assert await kept(page, "outbox") == 2


async def test_a_full_phone_gives_what_is_said_straight_to_the_server_under_who_says_it(
    phone: BrowserContext, page: Page, database: Database, town: Seeded
) -> None:
    """With the form's own submit the lent phone's wish became its owner's, and the words stood in the address."""
    await page.goto("/rue/?autour")
    await ready(page)
    await page.goto("/rue/lieux/C12")
    await answer(page, "Poissonnerie")
    await until(lambda: kept(page, "outbox"), lambda count: count == 0)
    await page.get_by_role("button", name="Répondre pour quelqu’un d’autre").click()
    await page.wait_for_url("**/rue/?autour")
    await page.goto("/rue/lieux/C14")
    await expect(page.locator("form.ask[data-awake]")).to_have_attribute("method", "post")
    addresses: list[str] = []
    page.on("request", lambda request: addresses.append(request.url))
    await page.evaluate(f"() => {{ {FILL_UP} }}")
    await page.locator("summary", has_text="Ce local n’est plus vide").click()
    await page.locator(".more--wrong").get_by_role("button", name="en travaux").click()
    await expect(page.locator(".more--wrong [role=status]")).to_contain_text("C’est noté")
    await page.locator("summary", has_text="Autre chose").click()
    await page.locator("[name=other]").fill("un café secret")
    await page.get_by_role("button", name="Envoyer mon souhait").click()
    await expect(page.locator(".saved__what")).to_contain_text("un café secret")
    await expect(page.locator("a.receipt")).to_be_visible()
    rows = await current(database, town)
    assert [(row["ref"], row["channel"]) for row in rows] == [("C12", "web"), ("C14", "for_another")]
    assert not [address for address in addresses if "secret" in address]

    await page.get_by_role("button", name="Annuler").click()
    await expect(page.locator(".saved__what")).to_have_text("C’est annulé.")
    assert [row["withdrawn"] for row in await current(database, town)] == [False, True]
    async with database.transaction(town.organisation_id) as connection:
        assert await connection.fetchval("SELECT finding FROM report") == "works"


OUTSIDE = """() => new Promise((resolve) => {
  const asked = indexedDB.open("devanture");
  asked.onsuccess = () => {
    const tx = asked.result.transaction("outbox", "readwrite");
    const words = { process: "rue", place: "", person: 0, attempts: 0, lang: "fr" };
    const [lon, lat] = [2.35, 48.85];
    const one = (seq, kind, body) => ({ ...words, id: crypto.randomUUID(), seq, kind, title: kind, body });
    tx.objectStore("outbox").put(one(1, "report", { v: 1, finding: "missing", lon, lat }));
    tx.objectStore("outbox").put(one(2, "spot", { v: 1, lon, lat }));
    tx.objectStore("outbox").put(one(3, "follow", { v: 1, place: "C12", means: "push", address: "nowhere" }));
    tx.objectStore("outbox").put(one(4, "residence", { v: 1, sector: "atlantis" }));
    tx.oncomplete = () => { asked.result.close(); resolve(); };
  };
})"""


async def test_whatever_the_server_refuses_can_be_read_and_removed(phone: BrowserContext, page: Page) -> None:
    await page.goto("/rue/?autour")
    await ready(page)
    await page.evaluate(OUTSIDE)
    await page.reload()
    await page.get_by_role("button", name="4 envois non enregistrés").click()
    sheet = page.get_by_role("dialog", name="Gardé sur ce téléphone")
    rows = sheet.get_by_role("listitem")
    await expect(rows).to_have_count(4)
    for row, advice in (
        ("Un signalement", "hors de la consultation"), ("Un endroit marqué", "hors de la consultation"),
        ("Un local suivi", "le lien secret marche toujours"), ("À propos de vous", "comptent tout autant"),
    ):  # fmt: skip
        one = rows.filter(has_text=row)
        await expect(one).to_contain_text("Refusé")
        await expect(one).to_contain_text(advice)
        await one.get_by_role("button", name="Retirer de ce téléphone").click()
        await expect(one).to_have_count(0)
    await expect(sheet).to_contain_text("Plus rien n’attend.")
    await sheet.get_by_role("button", name="Fermer").click()
    await expect(page.locator(".outbox")).to_have_text("")
