"""Which door, and is it still empty: what somebody sees on the pavement, told first, apart from any wish."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from asyncpg import Record
from playwright.async_api import Browser, BrowserContext, Page, expect

from devanture.db.pool import Database
from devanture.settings import Settings
from tests.browser.conftest import PHONE, Server
from tests.browser.phone import kept, take_off, until
from tests.seed import PLACES, Seeded, Town, place_row, seed

pytestmark = pytest.mark.anyio

LONG_AGO = (datetime.now(UTC) - timedelta(days=200)).date()
STREET = "Rue Crébillon"
STILL = "Toujours vide\u202f?"


@pytest.fixture
async def town(database: Database, settings: Settings) -> Seeded:
    """The street, with number 16 that nobody has seen vacant for 200 days."""
    stale = place_row("C16", 90, number="16", street=STREET, seen=LONG_AGO)
    return await seed(database, settings, Town().but(places=(*PLACES, stale)))


async def reports(database: Database, town: Seeded) -> Sequence[Record]:
    async with database.transaction(town.organisation_id) as connection:
        return await connection.fetch(
            "SELECT p.ref, p.state, r.finding FROM report r JOIN place p ON p.id = r.place_id ORDER BY p.ref"
        )


async def test_a_stale_vacancy_is_asked_about_first_and_passed_over_in_one_tap(page: Page) -> None:
    await page.goto("/rue/lieux/C14")
    await expect(page.get_by_role("heading", name=STILL)).to_have_count(0)
    await page.goto("/rue/lieux/C16")
    await expect(page.locator(".door__ask h2").first).to_have_text(STILL)
    question = page.get_by_role("form", name=STILL)
    await expect(question).to_contain_text("Vu vide pour la dernière fois le")
    await expect(question.get_by_role("button")).to_have_text(
        ["toujours vacant", "occupé", "en travaux", "je ne trouve pas", "Passer"]
    )
    await question.get_by_role("button", name="Passer").click()
    await expect(question).to_have_count(0)
    await expect(page.locator(".door__ask h2").first).to_have_text("Qu’aimeriez-vous trouver ici\u202f?")


async def test_who_says_no_longer_vacant_is_asked_what_it_is_now_and_may_undo_it(page: Page) -> None:
    await page.goto("/rue/lieux/C12")
    await page.locator("summary", has_text="Ce local n’est plus vide").click()
    form = page.locator(".more--wrong form")
    choices = ["occupé", "en travaux", "je ne trouve pas", "toujours vacant"]
    await expect(form.get_by_role("button")).to_have_text(choices)
    await form.get_by_role("button", name="occupé").click()
    await form.get_by_role("button", name="Annuler").click()
    await expect(form.get_by_role("button")).to_have_text(choices)
    assert await kept(page, "outbox") == 0


async def test_a_finding_may_be_undone_for_ten_seconds_but_leaves_at_once_when_the_person_does(
    page: Page, database: Database, town: Seeded
) -> None:
    await page.goto("/rue/lieux/C16")
    await expect(page.locator("form.ask[data-awake]")).to_be_visible()
    await page.locator(".still").get_by_role("button", name="en travaux").dblclick()
    await expect(page.locator(".still").get_by_role("button", name="Annuler")).to_be_focused()
    assert await kept(page, "outbox") == 1
    assert await reports(database, town) == []
    await page.evaluate(
        "Object.defineProperty(document, 'visibilityState', { value: 'hidden' });"
        "document.dispatchEvent(new Event('visibilitychange'))"
    )
    found = await until(lambda: reports(database, town), lambda rows: len(rows) > 0)
    assert [row["finding"] for row in found] == ["works"]


async def test_what_is_seen_at_a_door_without_a_network_is_kept_sent_once_and_not_asked_again(
    phone: BrowserContext, page: Page, database: Database, town: Seeded
) -> None:
    await take_off(phone, page)
    await page.goto("/rue/lieux/C16")
    await page.locator(".still").get_by_role("button", name="occupé").click()
    thanks = page.locator(".still [role=status]")
    await expect(thanks).to_contain_text("C’est noté\u202f: occupé.")
    await page.goto("/rue/lieux/C12")
    await page.locator("summary", has_text="Ce local n’est plus vide").click()
    await page.locator(".more--wrong").get_by_role("button", name="en travaux").click()
    await expect(page.locator(".more--wrong [role=status]")).to_contain_text("C’est noté\u202f: en travaux.")
    assert await kept(page, "outbox") == 2
    await page.goto("/rue/lieux/C16")
    await expect(thanks).to_contain_text("C’est noté\u202f: occupé.")
    await phone.set_offline(False)
    await until(lambda: kept(page, "outbox"), lambda count: count == 0)
    said = [tuple(row) for row in await reports(database, town)]
    assert said == [("C12", "vacant", "works"), ("C16", "vacant", "occupied")], "the desk decides, not the word of one"
    await page.goto("/rue/lieux/C16")
    await expect(thanks).to_contain_text("C’est noté\u202f: occupé.")
    await expect(page.get_by_role("heading", name="Qu’aimeriez-vous trouver ici")).to_be_visible()


async def test_who_stands_before_another_door_sees_where_this_one_is_and_the_three_nearest(
    page: Page, basemap: Path
) -> None:
    await page.goto("/rue/lieux/C12")
    await page.locator("summary", has_text="Ce n’est pas cette porte").click()
    wrong = page.locator("[data-wrong-door]")
    await expect(wrong.locator(".plan svg")).to_be_visible()
    beside = "Face à la porte\u202f: à gauche, Optique Graslin\u202f; à droite, une pharmacie."
    await expect(wrong).to_contain_text(beside)
    refs = [await card.get_attribute("data-ref") for card in await wrong.locator(".card").all()]
    assert refs == ["C14", "C16", "Q3"]
    await wrong.locator(".card", has_text="Rue Crébillon").nth(1).get_by_role("link").click()
    await expect(page).to_have_url("/rue/lieux/C16")


async def test_without_javascript_a_finding_is_told_too(
    browser: Browser, server: Server, database: Database, town: Seeded
) -> None:
    context = await browser.new_context(**PHONE, base_url=server.url, java_script_enabled=False)
    page = await context.new_page()
    await page.goto("/rue/lieux/C16")
    await expect(page.get_by_role("button", name="Passer")).to_be_hidden()
    await page.locator(".still").get_by_role("button", name="je ne trouve pas").click()
    await expect(page.locator("main [role=status]")).to_contain_text("Merci d’avoir regardé.")
    await expect(page.locator(".still")).to_have_count(0)
    assert [tuple(row) for row in await reports(database, town)] == [("C16", "vacant", "not-found")]
    await context.close()
