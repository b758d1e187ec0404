"""« Mes avis »: taken out as a file, erased for good, and kept apart for each person who shares the phone."""

import asyncio
import json

import pytest
from playwright.async_api import BrowserContext, Page, expect

from devanture.db.pool import Database
from tests.browser.conftest import Server
from tests.browser.phone import answer, kept, ready, until
from tests.seed import Seeded, current, journal

pytestmark = pytest.mark.anyio

ERASE = "Effacer tout ce qui a été dit sur ce téléphone"
STORES = ("outbox", "mine", "answers", "photos")


async def thanked(page: Page, ref: str, wish: str) -> None:
    await page.goto(f"/rue/lieux/{ref}")
    await answer(page, wish)
    await expect(page.locator(".saved__what")).to_contain_text("C’est enregistré")


async def test_one_takes_all_of_it_out_as_a_file_then_has_it_erased_everywhere(
    phone: BrowserContext, page: Page, database: Database, town: Seeded
) -> None:
    await page.goto("/rue/?autour")
    await ready(page)
    await thanked(page, "C12", "Poissonnerie")
    await until(lambda: kept(page, "outbox"), lambda count: count == 0)
    await phone.set_offline(True)
    await thanked(page, "C14", "Épicerie")
    await page.goto("/rue/mes-avis")
    async with page.expect_download() as saving:
        await page.get_by_role("button", name="Exporter mes avis").click()
    path = await (await saving.value).path()
    file = json.loads(await asyncio.to_thread(path.read_bytes))
    told = [(one["title"], one["words"], one["opinion"]["wishes"]) for one in file["answers"]]
    assert told == [
        ("14, rue Crébillon", "une épicerie", ["grocer"]),
        ("12, rue Crébillon", "une poissonnerie", ["fishmonger"]),
    ]

    await page.locator("summary", has_text=ERASE).click()
    await page.get_by_role("button", name="Tout effacer").click()
    await expect(page.get_by_role("alert")).to_have_text(
        "L’effacement demande le réseau\u202f: rien n’a été effacé sur ce téléphone."
    )
    assert [await kept(page, "mine"), await kept(page, "outbox")] == [2, 1]

    await phone.set_offline(False)
    await until(lambda: kept(page, "outbox"), lambda count: count == 0)
    await page.get_by_role("button", name="Tout effacer").click()
    await expect(page.locator("main [role=status]")).to_contain_text("Tout est effacé.")
    await expect(page.locator(".empty")).to_contain_text("Aucun avis sur ce téléphone")
    assert [await kept(page, store) for store in STORES] == [0, 0, 0, 0]
    assert [row["withdrawn"] for row in await current(database, town)] == [True, True]

    await thanked(page, "C12", "Boulangerie")
    rows = await until(lambda: current(database, town), lambda rows: len(rows) == 3)
    assert len({row["voter"] for row in rows}) == 2, "whoever answers next is somebody new"


@pytest.mark.usefixtures("basemap")
async def test_two_people_share_a_phone_and_neither_answers_for_the_other(
    phone: BrowserContext, page: Page, database: Database, town: Seeded
) -> None:
    await page.goto("/rue/?autour")
    await ready(page)
    await thanked(page, "C12", "Poissonnerie")
    await page.get_by_role("button", name="Répondre pour quelqu’un d’autre").click()
    await expect(page).to_have_url("/rue/?autour")
    speaker = page.locator(".speaking")
    await expect(speaker).to_contain_text("Vous répondez pour quelqu’un d’autre.")
    await expect(page.locator(".card[data-ref=C14]")).to_be_visible()
    await expect(page.locator(".card--done")).to_have_count(0)
    await expect(page.locator(".overview > svg")).to_be_visible()
    await expect(page.locator(".overview .tick:visible")).to_have_count(0)
    await page.goto("/rue/lieux/C12")
    await expect(speaker).to_be_visible()
    await expect(page.locator("[data-own]")).to_have_count(0)
    await expect(page.locator("[data-one-tap]")).to_be_visible()
    await answer(page, "Épicerie")
    await expect(page.locator(".saved__what")).to_contain_text("une épicerie au 12")

    await page.goto("/rue/mes-avis")
    await expect(page.get_by_role("heading", level=2)).to_have_text(["Pour quelqu’un d’autre (1)"])
    await expect(page.locator(".card__hint")).to_have_text(["une épicerie"])
    await expect(page.locator("summary", has_text=ERASE)).to_have_count(0)
    stranger = await phone.new_page()
    await stranger.goto("/rue/lieux/C12")
    await expect(stranger.locator("[data-own]")).to_contain_text("une poissonnerie")
    await expect(stranger.locator(".speaking")).to_have_count(0)
    await stranger.close()

    await page.goto("/rue/lieux/C12")
    await speaker.get_by_role("button", name="Revenir à moi").click()
    await expect(page.locator("[data-own]")).to_contain_text("une poissonnerie")
    await expect(speaker).to_have_count(0)
    await page.goto("/rue/mes-avis")
    await expect(page.locator(".card__hint")).to_have_text(["une poissonnerie", "une épicerie"])
    await page.locator("summary", has_text=ERASE).click()
    words = "Tous les avis donnés sur ce téléphone sont retirés, quelle que soit la personne"
    await expect(page.locator("main")).to_contain_text(words)
    await until(lambda: kept(page, "outbox"), lambda count: count == 0)
    rows = await current(database, town)
    assert sorted((row["ref"], row["wishes"], row["channel"]) for row in rows) == [
        ("C12", ["fishmonger"], "web"), ("C12", ["grocer"], "for_another"),
    ]  # fmt: skip
    assert len({row["voter"] for row in rows}) == len(await journal(database, town)) == 2


async def test_a_page_that_the_browser_brings_back_is_that_of_whoever_answers_now(page: Page) -> None:
    await page.goto("/rue/?autour")
    await ready(page)
    await thanked(page, "C12", "Poissonnerie")
    async with page.expect_event("load"):
        await page.evaluate(
            "sessionStorage.setItem('devanture-speaking/rue', '1');"
            "setTimeout(() => dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true })))"
        )
    await expect(page.locator(".speaking")).to_be_visible()
    await expect(page.get_by_text("une poissonnerie au 12")).to_have_count(0)


async def test_what_was_taken_back_without_a_network_is_not_shown_as_said_on_the_list(
    phone: BrowserContext, page: Page
) -> None:
    await page.goto("/rue/?autour")
    await ready(page)
    await thanked(page, "C12", "Poissonnerie")
    await until(lambda: kept(page, "outbox"), lambda count: count == 0)
    await page.goto("/rue/?autour")
    await expect(page.locator(".card--done")).to_have_count(1)
    await phone.set_offline(True)
    await page.goto("/rue/mes-avis")
    await page.get_by_role("button", name="Retirer").click()
    await expect(page.locator(".card")).to_contain_text("Retiré")
    await page.goto("/rue/?autour")
    await expect(page.locator(".card[data-ref=C14]")).to_be_visible()
    await expect(page.locator(".card--done")).to_have_count(0)
    await page.goto("/rue/lieux/C12")
    await expect(page.locator("[data-one-tap]")).to_be_visible()
    await expect(page.locator("[data-own]")).to_have_count(0)


async def test_what_is_said_after_an_erasure_is_kept_though_the_phone_has_lost_the_network(
    phone: BrowserContext, page: Page, server: Server
) -> None:
    """The page that said « tout est effacé » must not come back, nor what it had shown."""
    await page.goto("/rue/?autour")
    await ready(page)
    await thanked(page, "C12", "Poissonnerie")
    await until(lambda: kept(page, "outbox"), lambda count: count == 0)
    await page.goto("/rue/lieux/C12")
    await phone.route("**/opinions/*", lambda route: route.abort())
    await thanked(page, "C14", "Épicerie")
    await page.goto("/rue/mes-avis")
    assert await kept(page, "outbox") == 1
    await page.locator("summary", has_text=ERASE).click()
    await page.get_by_role("button", name="Tout effacer").click()
    await expect(page.locator("main [role=status]")).to_contain_text("Tout est effacé.")
    assert not [text for text in await pages_kept(page) if " checked" in text]
    assert [await kept(page, store) for store in STORES] == [0, 0, 0, 0], "what waited is erased before it left"
    await phone.unroute_all()

    server.stop()
    for ref, wish in (("C14", "Épicerie"), ("Q3", "Boulangerie")):
        await thanked(page, ref, wish)
    for _ in range(2):
        await page.goto("/rue/mes-avis")
        await expect(page.locator("main .card")).to_have_count(2)
        await expect(page.get_by_text("Tout est effacé.")).to_have_count(0)
    assert await kept(page, "outbox") == 2


async def pages_kept(page: Page) -> list[str]:
    texts: list[str] = await page.evaluate(
        """async () => {
             const names = (await caches.keys()).filter((name) => name.includes("/pages-"));
             const found = [];
             for (const name of names)
               for (const kept of await (await caches.open(name)).matchAll()) found.push(await kept.text());
             return found; }"""
    )
    return texts


async def test_a_link_that_somebody_shares_erases_nothing(phone: BrowserContext, page: Page) -> None:
    await page.goto("/rue/?autour")
    await ready(page)
    await phone.route("**/api/v1/rue/**", lambda route: route.abort())
    await thanked(page, "C12", "Poissonnerie")
    for query in ("efface=1", "efface=nothing"):
        await page.goto(f"/rue/mes-avis?{query}")
        await expect(page.locator("main .card")).to_have_count(1)
        await expect(page.get_by_text("Tout est effacé.")).to_have_count(0)
        assert [await kept(page, "mine"), await kept(page, "outbox")] == [1, 1]


async def test_without_the_server_s_word_the_phone_lets_nothing_go(phone: BrowserContext, page: Page) -> None:
    await page.goto("/rue/?autour")
    await ready(page)
    await thanked(page, "C12", "Poissonnerie")
    await until(lambda: kept(page, "outbox"), lambda count: count == 0)
    portal = "<html><p>Acceptez nos conditions</p></html>"
    await phone.route("**/erasure", lambda route: route.fulfill(status=200, content_type="text/html", body=portal))
    await page.goto("/rue/mes-avis")
    await page.locator("summary", has_text=ERASE).click()
    await page.get_by_role("button", name="Tout effacer").click()
    await expect(page.get_by_role("alert")).to_contain_text("rien n’a été effacé sur ce téléphone")
    assert await kept(page, "mine") == 1


async def test_what_the_phone_follows_ends_with_the_rest(
    phone: BrowserContext, page: Page, database: Database, town: Seeded
) -> None:
    await page.goto("/rue/?autour")
    await ready(page)
    await thanked(page, "C12", "Poissonnerie")
    await page.evaluate(FOLLOW)
    await page.reload()
    await until(lambda: kept(page, "answers"), lambda count: count == 1)
    await page.goto("/rue/mes-avis")
    await page.locator("summary", has_text=ERASE).click()
    await page.get_by_role("button", name="Tout effacer").click()
    await expect(page.locator("main [role=status]")).to_contain_text("Tout est effacé.")
    async with database.transaction(town.organisation_id) as connection:
        assert await connection.fetchval("SELECT count(*) FROM follow") == 0


FOLLOW = """() => new Promise((resolve) => {
  const asked = indexedDB.open("devanture");
  asked.onsuccess = () => {
    const tx = asked.result.transaction("outbox", "readwrite");
    tx.objectStore("outbox").put({
      id: crypto.randomUUID(), process: "rue", place: "C12", seq: 9, person: 0, attempts: 0, title: "", lang: "fr",
      kind: "follow", body: { v: 1, place: "C12", means: "link" } });
    tx.oncomplete = () => { asked.result.close(); resolve(); };
  };
})"""
