"""The list and the map of the walk."""

import pytest
from playwright.async_api import Browser, Geolocation, Page, expect

from tests.browser.conftest import PHONE, Server
from tests.seed import LAT, LON, METRE

pytestmark = pytest.mark.anyio

NEAR_ME = "Autour de moi"


async def test_the_list_is_by_street_until_the_person_asks_for_distance(browser: Browser, server: Server) -> None:
    here = Geolocation(longitude=LON, latitude=LAT + 160 * METRE)
    context = await browser.new_context(**PHONE, base_url=server.url, geolocation=here, permissions=["geolocation"])
    page = await context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url + (request.post_data or "")))
    await page.goto("/rue/?autour")
    await expect(page.locator(".card__far").first).to_be_empty()
    await page.get_by_role("button", name=NEAR_ME).click()
    await expect(page.locator(".card:visible").first).to_contain_text("10\u202fm")
    assert [await card.get_attribute("data-ref") for card in await page.locator(".card:visible").all()] == [
        "Q3", "C16", "X9", "C14", "C12", "S1",
    ]  # fmt: skip
    await page.get_by_role("button", name="Ne plus me suivre").click()
    await expect(page.locator(".street:visible")).not_to_have_count(0)
    await expect(page.locator(".card__far").first).to_be_empty()
    assert [line for line in asked if "47.21" in line or "near" in line] == []
    await context.close()


async def test_a_refused_position_leaves_the_list_by_street_and_says_so(page: Page) -> None:
    await page.goto("/rue/?autour")
    await page.get_by_role("button", name=NEAR_ME).click()
    await expect(page.get_by_text("Tout marche sans elle")).to_be_visible()
    await expect(page.locator(".street:visible")).not_to_have_count(0)
    await expect(page.get_by_role("button", name=NEAR_ME)).to_be_visible()


async def test_the_position_is_not_asked_for_on_arrival(page: Page) -> None:
    await page.add_init_script(
        "window.asked = 0; for (const name of ['getCurrentPosition', 'watchPosition'])"
        " navigator.geolocation[name] = () => { window.asked += 1; };"
    )
    await page.goto("/rue/?autour", wait_until="networkidle")
    assert await page.evaluate("window.asked") == 0
    await page.get_by_role("button", name=NEAR_ME).click()
    assert await page.evaluate("window.asked") == 1


async def test_english_is_spoken_throughout(page: Page) -> None:
    await page.goto("/rue/lieux/C12?lang=en")
    await page.locator("summary", has_text="Food").click()
    await page.locator(".chip", has_text="Fishmonger").click()
    await expect(page.locator("h1")).to_have_text("Thank you!")
    await expect(page.get_by_role("button", name="Undo")).to_be_visible()
