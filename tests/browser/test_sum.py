"""Beyond the limit of its network a phone does a sum in the background: no tap, no word, and no answer waits for it."""

from dataclasses import replace

import pytest
from asyncpg import Record
from httpx2 import Client
from playwright.async_api import Browser, BrowserContext, expect

from devanture.db.pool import Database
from devanture.settings import Settings, VoterSettings
from devanture.web.voters import COOKIE
from tests.browser.conftest import PHONE, Server, watched
from tests.browser.phone import answer, until
from tests.seed import Clock, Seeded

pytestmark = pytest.mark.anyio

SUMS = "/api/v1/rue/puzzle"


@pytest.fixture
def settings(settings: Settings) -> Settings:
    """A program that gives one voter freely, and asks of others what the smallest setting asks."""
    return replace(settings, voters=VoterSettings(1, 1, 1))


async def arrivals(database: Database, town: Seeded) -> list[Record]:
    async with database.transaction(town.organisation_id) as connection:
        return list(await connection.fetch("SELECT standing FROM intake"))


async def standing(phone: BrowserContext) -> str:
    return next(cookie["value"].split(".")[2] for cookie in await phone.cookies() if cookie["name"] == COOKIE)


async def test_a_phone_over_the_limit_is_answered_at_once_and_counts_once_its_sum_is_done(
    browser: Browser, server: Server, database: Database, clock: Clock, town: Seeded
) -> None:
    with Client() as somebody:
        somebody.get(f"{server.url}/rue/lieux/C12").raise_for_status()
    phone = await browser.new_context(**PHONE, base_url=server.url)
    faults, asked = watched(phone, server.url), list[str]()
    phone.on("request", lambda request: asked.append(f"{request.method} {request.url.removeprefix(server.url)}"))
    page = await phone.new_page()
    await page.goto("/rue/lieux/C12")
    assert await standing(phone) == "o"
    assert not [one for one in asked if "work-" in one or SUMS in one]
    await answer(page, "Poissonnerie")
    await expect(page.locator(".saved")).to_be_visible()
    rows = await until(lambda: arrivals(database, town), lambda rows: [row["standing"] for row in rows] == ["p"])
    assert len(rows) == 1
    assert await standing(phone) == "p"
    assert [one for one in asked if SUMS in one] == [f"GET {SUMS}", f"POST {SUMS}"]
    before = len(asked)
    await page.goto("/rue/lieux/C14")
    await answer(page, "Poissonnerie")
    await until(lambda: arrivals(database, town), lambda rows: [row["standing"] for row in rows] == ["p", "p"])
    assert not [one for one in asked[before:] if "work-" in one or SUMS in one]
    await phone.close()
    assert faults == []


async def test_a_phone_within_the_limit_loads_nothing_for_it(
    phone: BrowserContext, server: Server, database: Database, town: Seeded
) -> None:
    asked = list[str]()
    phone.on("request", lambda request: asked.append(request.url))
    page = await phone.new_page()
    await page.goto("/rue/lieux/C12")
    await answer(page, "Poissonnerie")
    rows = await until(lambda: arrivals(database, town), lambda rows: len(rows) == 1)
    assert rows[0]["standing"] == "f"
    assert not [url for url in asked if SUMS in url or "/assets/work-" in url]
