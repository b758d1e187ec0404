"""The service worker: it sends when no page is open, and a new one comes in only on the person's word."""

import shutil
from dataclasses import replace
from pathlib import Path

import asyncpg
import pytest
from playwright.async_api import BrowserContext, FilePayload, Page, expect

from devanture.db.pool import Database
from devanture.settings import Settings
from tests.browser.phone import answer, kept, ready, take_off, until
from tests.seed import Seeded, journal
from tests.server.photos.pictures import encoded, picture

pytestmark = pytest.mark.anyio


@pytest.fixture
async def settings(settings: Settings, tmp_path: Path) -> Settings:
    """The phone's build in a folder that a test may change, as a new version of the program does."""
    shutil.copytree(settings.dist, tmp_path / "dist")
    return replace(settings, dist=tmp_path / "dist")


def publish_new_version(settings: Settings) -> None:
    worker = settings.dist / "sw.js"
    worker.write_text(worker.read_text() + "\n// Another version.\n")


async def look_for_it(page: Page) -> None:
    await page.evaluate("navigator.serviceWorker.getRegistration().then((found) => found.update())")


async def test_what_waits_is_sent_when_the_network_returns_with_no_page_open(
    phone: BrowserContext, page: Page, database: Database, town: Seeded
) -> None:
    await take_off(phone, page)
    await page.goto("/rue/lieux/C12")
    await answer(page, "Poissonnerie")
    await expect(page.locator(".saved")).to_be_visible()
    await page.wait_for_timeout(500)
    await page.close()
    await phone.set_offline(False)
    await until(lambda: journal(database, town), lambda rows: len(rows) == 1)


async def test_a_new_version_waits_for_the_person_and_for_the_outbox(
    page: Page, settings: Settings, owner: asyncpg.Connection, town: Seeded
) -> None:
    await page.goto("/rue/?autour")
    await ready(page)
    async with owner.transaction():
        await owner.execute("LOCK TABLE opinion_journal IN EXCLUSIVE MODE")
        await page.goto("/rue/lieux/C12")
        await answer(page, "Poissonnerie")
        await expect(page.locator(".outbox")).to_contain_text("1 en attente")
        publish_new_version(settings)
        await look_for_it(page)
        await until(lambda: page.evaluate(WAITING), bool)
        await page.evaluate(TAKE_OVER)
        await page.wait_for_timeout(500)
        assert await page.evaluate(WAITING)
        await expect(page.locator(".outbox")).to_contain_text("1 en attente")
    await until(lambda: kept(page, "outbox"), lambda count: count == 0)
    await expect(page.locator(".outbox")).to_contain_text("Une nouvelle version est prête.")
    async with page.expect_navigation():
        await page.get_by_role("button", name="Mettre à jour").click()
    await until(lambda: page.evaluate(WAITING), lambda waiting: not waiting)


async def test_a_photo_that_waits_holds_a_new_version_back_and_other_tabs_follow_on_a_tap(
    phone: BrowserContext, page: Page, settings: Settings, owner: asyncpg.Connection, database: Database, town: Seeded
) -> None:
    await page.goto("/rue/")
    await ready(page)
    async with owner.transaction():
        await owner.execute("LOCK TABLE photo IN EXCLUSIVE MODE")
        await page.goto("/rue/lieux/C12")
        await answer(page, "Poissonnerie")
        await page.locator("summary", has_text="Ajouter une photo").click()
        photo = FilePayload(name="IMG_1.jpg", mimeType="image/jpeg", buffer=encoded(picture()))
        await page.locator("input[type=file][multiple]").set_input_files([photo])
        await until(lambda: journal(database, town), lambda rows: len(rows) == 1)
        await expect(page.locator(".outbox")).to_contain_text("1 en attente")
        publish_new_version(settings)
        await look_for_it(page)
        await until(lambda: page.evaluate(WAITING), bool)
        await expect(page.get_by_role("button", name="Mettre à jour")).to_have_count(0)
        await page.evaluate(TAKE_OVER)
        await page.wait_for_timeout(500)
        assert await page.evaluate(WAITING)
    await until(lambda: kept(page, "outbox"), lambda count: count == 0)
    other = await phone.new_page()
    await other.goto("/rue/mes-avis")
    for tab in (page, other):
        async with tab.expect_navigation():
            await tab.get_by_role("button", name="Mettre à jour").click()
    await until(lambda: other.evaluate(WAITING), lambda waiting: not waiting)


WAITING = "navigator.serviceWorker.getRegistration().then((found) => found.waiting !== null)"
TAKE_OVER = "navigator.serviceWorker.getRegistration().then((found) => found.waiting.postMessage('take-over'))"
"""What an impatient page would do: the new worker itself must refuse while something waits."""


async def test_a_page_that_the_worker_missed_asks_to_be_served(phone: BrowserContext, page: Page) -> None:
    """As one that was on its way while the worker took over; a reload past every cache leaves a page like it."""
    await page.goto("/rue/?autour")
    await ready(page)
    hard = await phone.new_cdp_session(page)
    async with page.expect_navigation():
        await hard.send("Page.reload", {"ignoreCache": True})
    await ready(page)
