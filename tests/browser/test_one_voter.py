"""A phone that lost its cookie is given one new one, however much it asks at once."""

import asyncio
from datetime import datetime

import pytest
from playwright.async_api import BrowserContext, Page, Route, expect

from devanture.db.pool import Database
from devanture.voters.issuing import Issuer
from devanture.web.client import Client
from devanture.web.voters import COOKIE, Voter
from tests.browser.phone import answer, kept, ready, take_off, until
from tests.browser.test_photos import PHOTO, answer_with, file, photos
from tests.seed import Seeded, journal

pytestmark = pytest.mark.anyio


@pytest.fixture
def issued(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The numbers of the voters that the server makes, in turn."""
    made, issue = list[str](), Issuer.issue

    def note(issuer: Issuer, client: Client, now: datetime, known: Voter | None = None) -> Voter:
        voter = issue(issuer, client, now, known)
        made.append(voter.number)
        return voter

    monkeypatch.setattr(Issuer, "issue", note)
    return made


async def test_words_and_photos_that_leave_at_once_are_one_voters(
    phone: BrowserContext, page: Page, database: Database, town: Seeded, issued: list[str]
) -> None:
    await take_off(phone, page)
    await page.goto("/rue/lieux/C12")
    await answer_with(page, file(PHOTO))
    await until(lambda: kept(page, "outbox"), lambda count: count == 2)
    await phone.clear_cookies(name=COOKIE)
    issued.clear()

    async def take_time(route: Route) -> None:
        await asyncio.sleep(1)
        await route.continue_()

    await page.route("**/api/v1/rue/voter", take_time)
    await phone.set_offline(False)
    await until(lambda: kept(page, "outbox"), lambda count: count == 0)
    assert len(issued) == 1
    (sending,), (row,) = await journal(database, town), await photos(database, town)
    assert sending["voter"] == row["voter"]


async def test_a_page_on_its_way_brings_no_other_voter_than_the_one_that_answers(
    phone: BrowserContext, page: Page, database: Database, town: Seeded
) -> None:
    await page.goto("/rue/?autour")
    await ready(page)
    await phone.clear_cookies(name=COOKIE)
    await page.goto("/rue/lieux/C12")
    assert COOKIE not in {cookie["name"] for cookie in await phone.cookies()}
    await answer(page, "Poissonnerie")
    await expect(page.locator(".saved")).to_be_visible()
    await until(lambda: kept(page, "outbox"), lambda count: count == 0)
    assert COOKIE in {cookie["name"] for cookie in await phone.cookies()}
    assert len(await journal(database, town)) == 1
