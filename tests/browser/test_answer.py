"""One answer: in two taps, without waiting for the network, and without JavaScript."""

import asyncio
from datetime import datetime, timedelta

import pytest
from playwright.async_api import Browser, BrowserContext, Page, Route, expect

from devanture.db.pool import Database
from tests.browser.conftest import PHONE, Server
from tests.browser.phone import answer, choose, kept, send_wish, take_off, until
from tests.seed import CLOSES, Clock, Seeded, current, journal

pytestmark = pytest.mark.anyio


COUNT_TAPS = """window.taps = 0; addEventListener("pointerdown", () => { window.taps += 1; }, true);"""


async def test_two_taps_answer_and_the_server_has_it(page: Page, database: Database, town: Seeded) -> None:
    await page.add_init_script(COUNT_TAPS)
    await page.goto("/rue/lieux/C12")
    await expect(page.get_by_role("button", name="Envoyer mon souhait")).to_have_class("button button--quiet")
    await expect(page.locator("[data-one-tap]")).to_contain_text(
        "Deux gestes\u202f: une famille, puis une activité\u202f; dix secondes pour annuler."
    )
    await page.locator("summary", has_text="Manger").tap()
    await page.locator(".chip", has_text="Poissonnerie").tap()
    await expect(page.locator(".saved__what")).to_have_text("C’est enregistré\u202f: une poissonnerie au 12.")
    assert await page.evaluate("window.taps") == 2
    (row,) = await until(lambda: journal(database, town), lambda rows: len(rows) == 1)
    assert (row["payload"]["place"], row["payload"]["wishes"], row["seq"]) == ("C12", ["fishmonger"], 1)
    assert await until(lambda: kept(page, "outbox"), lambda count: count == 0) == 0


async def test_a_wish_is_added_to_the_first_and_sent_by_the_button(
    page: Page, database: Database, town: Seeded
) -> None:
    await page.goto("/rue/lieux/C12")
    await answer(page, "Poissonnerie")
    await page.get_by_role("button", name="Ajouter un souhait").click()
    await expect(page.locator(".chip:has(:checked)")).to_have_text(["Poissonnerie"])
    await expect(page.locator("[data-said]")).to_contain_text("Votre souhait est gardé")
    await expect(page.locator("[data-one-tap]")).to_contain_text("Pour changer\u202f: choisissez")
    await expect(page.get_by_role("button", name="Envoyer mon souhait")).to_have_class("button")
    await answer(page, "Épicerie")
    await page.wait_for_timeout(600)
    await expect(page.locator(".saved")).to_have_count(0)
    await send_wish(page)
    await expect(page.locator(".saved__what")).to_contain_text("une épicerie et une poissonnerie")
    rows = await until(lambda: journal(database, town), lambda rows: len(rows) == 2)
    assert [sorted(row["payload"]["wishes"]) for row in rows] == [["fishmonger"], ["fishmonger", "grocer"]]
    assert rows[1]["seq"] > rows[0]["seq"]


async def test_several_wishes_chosen_with_the_keys_are_sent_together(
    page: Page, database: Database, town: Seeded
) -> None:
    await page.goto("/rue/lieux/C12")
    for wish in ("Poissonnerie", "Boulangerie", "Épicerie"):
        await choose(page, wish)
    await page.wait_for_timeout(600)
    assert await kept(page, "outbox") == 0
    await send_wish(page)
    await expect(page.get_by_role("button", name="Annuler")).to_be_visible()
    await expect(page.get_by_role("button", name="Ajouter un souhait")).to_have_count(0)
    (row,) = await until(lambda: journal(database, town), lambda rows: len(rows) == 1)
    assert sorted(row["payload"]["wishes"]) == ["bakery", "fishmonger", "grocer"]


async def test_words_written_first_keep_the_tap_from_sending(page: Page) -> None:
    await page.goto("/rue/lieux/C12")
    await page.locator("summary", has_text="Autre chose").click()
    await page.locator("[name=other]").fill("Un café vélo")
    await expect(page.locator("[data-one-tap]")).to_be_hidden()
    await answer(page, "Poissonnerie")
    await page.wait_for_timeout(600)
    assert await kept(page, "outbox") == 0
    await send_wish(page)
    await expect(page.locator(".saved")).to_be_visible()


async def test_the_nearest_of_the_kind_is_told(page: Page) -> None:
    await page.goto("/rue/lieux/C12")
    await choose(page, "Boulangerie")
    near = "Boulangerie\u202f: à 39\u202fm à pied, au plus près · non vérifié sur place"
    await expect(page.locator("[data-said]")).to_contain_text(near)
    await choose(page, "Poissonnerie")
    none = "Poissonnerie\u202f: rien de relevé à moins de 1,2\u202fkm"
    await expect(page.locator("[data-said]")).to_contain_text(none)
    await send_wish(page)
    await expect(page.locator(".saved")).to_contain_text(near)
    await expect(page.locator(".saved")).to_contain_text(none)


async def test_the_answer_shows_before_the_server_has_spoken(bare_page: Page) -> None:
    page = bare_page
    released = asyncio.Event()

    async def hold(route: Route) -> None:
        await released.wait()
        await route.continue_()

    await page.route("**/api/v1/rue/opinions/**", hold)
    await page.goto("/rue/lieux/C12")
    await answer(page, "Poissonnerie")
    await expect(page.locator(".saved")).to_be_visible()
    assert await kept(page, "outbox") == 1
    await expect(page.locator(".outbox")).to_contain_text("1 en attente")
    released.set()
    await until(lambda: kept(page, "outbox"), lambda count: count == 0)
    await expect(page.locator(".figures")).to_contain_text("1 personne")


async def test_undoing_takes_the_answer_back(page: Page, database: Database, town: Seeded) -> None:
    await page.goto("/rue/lieux/C12")
    await answer(page, "Poissonnerie")
    await until(lambda: journal(database, town), lambda rows: len(rows) == 1)
    await page.get_by_role("button", name="Annuler").click()
    await expect(page.locator(".saved__what")).to_have_text("C’est annulé.")
    await expect(page.locator("h1")).to_have_text("12, rue Crébillon")
    await expect(page.locator(".progress, .figures:visible")).to_have_count(0)
    await until(lambda: journal(database, town), lambda rows: len(rows) == 2)
    assert [(row["seq"], row["withdrawn"]) for row in await current(database, town)] == [(2, True)]


async def test_undo_stays_for_ten_seconds_then_changing_is_one_tap(page: Page) -> None:
    await page.clock.install()
    await page.goto("/rue/lieux/C12")
    await page.clock.pause_at(datetime.now() + timedelta(minutes=5))
    await answer(page, "Poissonnerie")
    undo = page.get_by_role("button", name="Annuler")
    await expect(undo).to_be_visible()
    await page.clock.fast_forward(9_900)
    await expect(undo).to_be_enabled()
    await page.clock.fast_forward(200)
    await expect(undo).to_have_count(0)
    await page.get_by_role("link", name="Changer").click()
    await expect(page).to_have_url("/rue/lieux/C12")
    await expect(page.locator("[data-own]")).to_contain_text("une poissonnerie")


async def test_what_is_undone_without_a_network_never_leaves_the_phone(
    phone: BrowserContext, page: Page, database: Database, town: Seeded
) -> None:
    await take_off(phone, page)
    await page.goto("/rue/lieux/C12")
    await answer(page, "Poissonnerie")
    await page.get_by_role("button", name="Annuler").click()
    await expect(page.locator(".saved__what")).to_have_text("C’est annulé.")
    assert [await kept(page, "outbox"), await kept(page, "mine")] == [0, 0]
    await page.goto("/rue/lieux/C12")
    await expect(page.locator("[data-own]")).to_have_count(0)
    await phone.set_offline(False)
    await page.reload()
    await expect(page.locator("[data-one-tap]")).to_be_visible()
    assert await journal(database, town) == []


async def test_an_empty_form_says_what_it_lacks(page: Page) -> None:
    await page.goto("/rue/lieux/C12")
    await send_wish(page)
    await expect(page.locator("[data-said]")).to_contain_text("Choisissez une activité")
    assert await kept(page, "outbox") == 0


async def test_the_third_wish_is_the_last_that_can_be_chosen(page: Page) -> None:
    await page.goto("/rue/lieux/C12")
    for wish in ("Poissonnerie", "Épicerie", "Boulangerie"):
        await choose(page, wish)
    await expect(page.locator("[data-said]")).to_contain_text("3 souhaits choisis")
    await expect(page.locator("input[name=wishes]:not(:checked):not(:disabled)")).to_have_count(0)


async def test_search_forgives_accents_and_shows_only_what_it_finds(page: Page) -> None:
    await page.goto("/rue/lieux/C12")
    await page.get_by_role("searchbox").fill("epic")
    await expect(page.locator(".chip:has(input[name=wishes]):visible")).to_have_text(["Épicerie"])
    await page.get_by_role("searchbox").fill("")
    await expect(page.locator(".family:visible")).to_have_count(3)


async def test_search_forgives_one_slip_and_takes_other_words_to_something_else(page: Page) -> None:
    await page.goto("/rue/lieux/C12")
    await page.get_by_role("searchbox").fill("poison")
    await expect(page.locator(".found .chip:visible")).to_have_text(["Poissonnerie"])
    await page.get_by_role("searchbox").fill("café vélo")
    await expect(page.get_by_text("Aucune activité de ce nom.")).to_be_visible()
    await page.get_by_role("button", name="Le dire avec vos mots").click()
    await expect(page.locator("[name=other]")).to_have_value("café vélo")
    await expect(page.locator("[name=other]")).to_be_focused()
    await expect(page.locator(".family:visible")).to_have_count(3)
    await send_wish(page)
    await expect(page.locator(".saved__what")).to_contain_text("café vélo")


async def test_the_next_door_follows_along_the_street(page: Page) -> None:
    await page.goto("/rue/?autour")
    await until(lambda: kept(page, "packs"), lambda packs: packs == 1)
    await page.goto("/rue/lieux/C12")
    await answer(page, "Poissonnerie")
    await expect(page.locator(".next")).to_contain_text("14, rue Crébillon")
    await page.get_by_role("link", name="J’y vais").click()
    await expect(page).to_have_url("/rue/lieux/C14")


async def test_a_final_refusal_is_told_in_words_and_kept(page: Page, clock: Clock) -> None:
    await page.goto("/rue/lieux/C12")
    await choose(page, "Poissonnerie")
    clock.set(CLOSES.replace(year=CLOSES.year + 1))
    await send_wish(page)
    await expect(page.locator("main .note--red")).to_contain_text("Non enregistré : 12, rue Crébillon.")
    await expect(page.locator("main .note--red")).to_contain_text("vous pouvez les exporter")
    assert await kept(page, "outbox") == 1
    await page.locator(".outbox").get_by_role("button", name="Détails").click()
    sheet = page.get_by_role("dialog", name="Gardé sur ce téléphone")
    await expect(sheet.get_by_role("listitem")).to_contain_text("12, rue Crébillon")
    await expect(sheet.get_by_role("listitem")).to_contain_text("Refusé")
    async with page.expect_download() as exported:
        await sheet.get_by_role("button", name="Exporter").click()
    assert (await exported.value).suggested_filename == "devanture-avis.json"
    await sheet.get_by_role("button", name="Fermer").click()
    await expect(sheet).to_have_count(0)


async def test_without_javascript_an_answer_is_given_and_undone(
    browser: Browser, server: Server, database: Database, town: Seeded
) -> None:
    context = await browser.new_context(**PHONE, base_url=server.url, java_script_enabled=False)
    page = await context.new_page()
    await page.goto("/rue/?autour")
    await page.locator(".card", has_text="12").first.get_by_role("link").click()
    await page.locator("summary", has_text="Manger").click()
    await page.locator(".chip", has_text="Poissonnerie").click()
    await send_wish(page)
    await expect(page.locator(".saved__what")).to_contain_text("une poissonnerie au 12")
    assert [row["wishes"] for row in await current(database, town)] == [["fishmonger"]]
    await page.get_by_role("button", name="Annuler").click()
    await expect(page).to_have_url("/rue/lieux/C12?annule=1")
    assert [row["withdrawn"] for row in await current(database, town)] == [True]
    await context.close()


async def test_an_answer_without_javascript_joins_mes_avis_once_there_is_some(
    browser: Browser, server: Server, page: Page, phone: BrowserContext
) -> None:
    bare = await browser.new_context(**PHONE, base_url=server.url, java_script_enabled=False)
    plain = await bare.new_page()
    await plain.goto("/rue/lieux/C14")
    await plain.locator("summary", has_text="Manger").click()
    await plain.locator(".chip", has_text="Épicerie").click()
    await send_wish(plain)
    await phone.add_cookies(await bare.cookies())  # type: ignore[arg-type]
    await bare.close()
    await page.goto("/rue/lieux/C12")
    await answer(page, "Poissonnerie")
    await expect(page.locator(".saved")).to_be_visible()
    await until(lambda: kept(page, "outbox"), lambda count: count == 0)
    await page.goto("/rue/mes-avis")
    await expect(page.locator(".card")).to_have_count(2)
    await expect(page.get_by_role("button", name="Retirer")).to_have_count(2)
    await expect(page.locator(".card", has_text="14, rue Crébillon")).to_contain_text("une épicerie")


async def test_a_double_tap_is_one_answer(page: Page, database: Database, town: Seeded) -> None:
    await page.goto("/rue/lieux/C12")
    await page.locator("summary", has_text="Manger").click()
    await page.locator(".chip", has_text="Poissonnerie").dblclick()
    await expect(page.get_by_role("button", name="Annuler")).to_be_visible()
    await until(lambda: kept(page, "outbox"), lambda count: count == 0)
    await page.wait_for_timeout(300)
    assert len(await journal(database, town)) == 1
