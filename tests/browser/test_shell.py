"""Offline, the cached shell draws from the pack what the server draws: the same words, in the same order."""

import pytest
from playwright.async_api import BrowserContext, Page, expect

from tests.browser.phone import ready, take_off, until

pytestmark = pytest.mark.anyio

FORGET_PAGES = """caches.keys().then((names) => Promise.all(names.filter((name) => name.includes("pages")).map(
  async (name) => {
    const cache = await caches.open(name);
    for (const request of await cache.keys()) if (!request.url.endsWith("/horsligne")) await cache.delete(request);
  })))"""

PLACE = [
    "h1", ".badge", ".front", ".door__hint", ".note", ".ask h2", ".ask__wishes > p.soft", ".family__name",
    ".family .chip", ".more summary", ".more__in:not(.more--wrong *)", ".more--wrong p", ".more--wrong .card",
    ".supply", "[data-source]", ".protects", ".ask__more .chip", ".ask__more legend", ".button", ".promise",
]  # fmt: skip
WALK = [
    ".top h1",
    ".top p",
    ".street__head h2",
    ".street__head p",
    ".tile",
    ".card__title",
    ".card__hint",
    ".card__more",
    ".search",
    ".button",
]
WORDS = """(selectors) => selectors.map((selector) => [selector, [...document.querySelectorAll(`main ${selector}`)].map(
  (element) => element.textContent.replaceAll(/\\s+/g, ""))])"""
"""Letter by letter; between two elements a template may leave a line break where a view leaves nothing."""


WHOLE = """() => {
  const main = document.querySelector("main").cloneNode(true);
  for (const drawn of main.querySelectorAll("svg")) drawn.remove();
  const links = [...main.querySelectorAll("a")].map((link) => link.getAttribute("href"));
  return [...main.textContent.replaceAll(/\\s+/g, "").split(/(?=[A-ZÀÉ])/), ...links];
}"""
"""Everything that is written, folded or not, and where every link leads."""


async def words(page: Page, selectors: list[str]) -> dict[str, list[str]]:
    whole = {"everything": await page.evaluate(WHOLE)} if selectors is PLACE else {}
    return dict(await page.evaluate(WORDS, selectors)) | whole


async def drawn_by_the_server(page: Page, path: str) -> bool:
    """On a busy machine the worker may lose patience with the server, and the shell stands in."""
    await page.goto(path)
    return await page.locator("#shell").count() == 0


async def both(phone: BrowserContext, page: Page, path: str, selectors: list[str]) -> tuple[dict[str, list[str]], ...]:
    """What the server says at an address, and what the shell says there without a network."""
    await page.goto("/rue/?autour")
    await ready(page)
    await until(lambda: drawn_by_the_server(page, path), bool)
    said = await words(page, selectors)
    await page.evaluate(FORGET_PAGES)
    await phone.set_offline(True)
    await page.goto(path)
    await expect(page.locator("#shell h1")).to_be_visible()
    await expect(page.locator("#shell .card, #shell .family").first).to_be_visible()
    return said, await words(page, selectors)


@pytest.mark.parametrize("ref", ["C12", "C14", "Q3", "S1"])
async def test_a_place_says_offline_what_it_says_online(phone: BrowserContext, page: Page, ref: str) -> None:
    online, offline = await both(phone, page, f"/rue/lieux/{ref}", PLACE)
    assert offline == online


async def test_the_list_says_offline_what_it_says_online(phone: BrowserContext, page: Page) -> None:
    online, offline = await both(phone, page, "/rue/?autour", WALK)
    assert offline == online
    assert len(online[".card__title"]) == 6


async def test_a_page_that_needs_the_network_says_so_and_leads_back(phone: BrowserContext, page: Page) -> None:
    await take_off(phone, page)
    await page.goto("/rue/resultats")
    await expect(page.locator("main")).to_contain_text("Les résultats ont besoin du réseau")
    await page.get_by_role("link", name="Voir les locaux autour de moi").click()
    await expect(page.locator(".card")).to_have_count(6)
