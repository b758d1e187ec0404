"""The map pack: kept on a tap, whole or not at all, and drawn in flight mode."""

import re

import pytest
from playwright.async_api import BrowserContext, Page, Route, expect

from tests.browser.phone import ready
from tests.conftest import ROOT

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("basemap")]
RANGE = """fetch("/basemaps/rue.pmtiles", { headers: { range: "bytes=0-6" } }).then(async (answer) => ({
  status: answer.status, range: answer.headers.get("content-range"), text: await answer.text() }))"""


async def test_the_kept_map_is_drawn_in_flight_mode_and_may_be_removed(phone: BrowserContext, page: Page) -> None:
    await page.goto("/rue/?autour")
    await ready(page)
    await page.locator("[data-island=keep-map]").scroll_into_view_if_needed()
    keep = page.get_by_role("button", name="Garder la carte")
    size = re.search(r"\((\d+(?:,\d)?)\sMo\)", await keep.inner_text())
    assert size and 0.5 < float(size[1].replace(",", ".")) <= 3
    await keep.click()
    await expect(page.get_by_role("status").filter(has_text="La carte est gardée")).to_be_visible()

    await phone.set_offline(True)
    answer = await page.evaluate(RANGE)
    length = (ROOT / "geodata" / "data" / "nantes" / "basemap.pmtiles").stat().st_size
    assert answer == {"status": 206, "range": f"bytes 0-6/{length}", "text": "PMTiles"}
    await page.goto("/rue/?autour")
    await page.get_by_role("button", name="Ouvrir la carte").click()
    await expect(page.locator("a.pin")).to_have_count(6, timeout=20_000)

    await page.locator("[data-island=keep-map]").scroll_into_view_if_needed()
    await page.get_by_role("button", name="La retirer").click()
    await expect(page.get_by_text("La carte est retirée de ce téléphone.")).to_be_visible()
    assert not await page.evaluate("caches.has('devanture/rue/map')")


async def test_a_map_that_comes_in_part_is_not_kept_at_all(bare_page: Page) -> None:
    page = bare_page
    whole = (ROOT / "geodata" / "data" / "nantes" / "basemap.pmtiles").read_bytes()

    async def cut(route: Route) -> None:
        if route.request.method == "HEAD":
            await route.continue_()
            return
        head = await route.fetch(method="HEAD")
        await route.fulfill(status=200, headers={"etag": head.headers["etag"]}, body=whole[:-1000])

    await page.route("**/basemaps/rue.pmtiles", cut)
    await page.goto("/rue/?autour")
    await page.locator("[data-island=keep-map]").scroll_into_view_if_needed()
    await page.get_by_role("button", name="Garder la carte").click()
    await expect(page.get_by_text("rien n’en a été gardé")).to_be_visible()
    assert not await page.evaluate("caches.has('devanture/rue/map')")
    await expect(page.get_by_role("button", name="Garder la carte")).to_be_visible()
