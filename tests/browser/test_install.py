"""The home screen: Chromium finds nothing that stands against installing; each phone is shown its own way, once."""

from pathlib import Path

import pytest
from playwright.async_api import Browser, BrowserContext, Page, Playwright, expect

from tests.browser.conftest import CHROMIUM, FLAGS, PHONE, Server
from tests.browser.phone import answer, ready

pytestmark = pytest.mark.anyio

IPHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) "
    "AppleWebKit/605.1.15 Version/18.1 Mobile/15E148 Safari/604.1"
)
OFFER = """() => {
  const offer = new Event("beforeinstallprompt", { cancelable: true });
  window.prompted = 0;
  offer.prompt = async () => { window.prompted += 1; };
  offer.userChoice = Promise.resolve({ outcome: "accepted" });
  window.dispatchEvent(offer);
  return offer.defaultPrevented;
}"""
"""What Chromium fires on a phone; without a screen it never does."""


async def test_chromium_may_install_each_process_as_an_app_of_its_own(
    playwright: Playwright, server: Server, tmp_path: Path
) -> None:
    context = await playwright.chromium.launch_persistent_context(
        tmp_path / "profile", executable_path=CHROMIUM, args=FLAGS, **PHONE
    )
    page = context.pages[0]
    await page.goto(f"{server.url}/rue/?autour")
    await ready(page)
    session = await context.new_cdp_session(page)
    assert (await session.send("Page.getInstallabilityErrors"))["installabilityErrors"] == []
    found = await session.send("Page.getAppManifest")
    assert found["errors"] == []
    assert found["url"] == f"{server.url}/rue/manifest.webmanifest"
    shown = found["manifest"]
    assert (shown["id"], shown["scope"]) == (f"{server.url}/rue/", f"{server.url}/rue/")
    assert len(shown["shortcuts"]) == 3 and len(shown["screenshots"]) == 3
    await context.close()


@pytest.fixture
async def iphone(browser: Browser, server: Server) -> Page:
    context = await browser.new_context(**PHONE | {"user_agent": IPHONE}, base_url=server.url)
    return await context.new_page()


async def test_an_iphone_is_shown_its_two_steps_after_the_first_answer_and_not_at_every_door(iphone: Page) -> None:
    card = iphone.get_by_role("region", name="Gardez ces portes sur votre écran d’accueil")
    await iphone.goto("/rue/lieux/C12")
    await answer(iphone, "Poissonnerie")
    await expect(card.get_by_role("listitem")).to_have_count(2)
    await expect(card).to_contain_text("Puis «\u202fSur l’écran d’accueil\u202f».")
    await iphone.goto("/rue/lieux/C14")
    await answer(iphone, "Épicerie")
    await expect(iphone.locator(".saved__what")).to_be_visible()
    await iphone.wait_for_timeout(500)
    await expect(card).to_have_count(0)


async def test_who_declines_is_not_asked_again(iphone: Page) -> None:
    card = iphone.locator(".install")
    await iphone.goto("/rue/?autour")
    await iphone.locator("[data-island=install]").scroll_into_view_if_needed()
    await card.get_by_role("button", name="Non merci").click()
    await expect(card).to_have_count(0)
    await iphone.reload()
    await iphone.locator(".walk__keep").scroll_into_view_if_needed()
    await iphone.wait_for_timeout(500)
    await expect(card).to_have_count(0)


async def test_where_the_browser_offers_it_one_tap_installs(phone: BrowserContext, page: Page) -> None:
    await page.goto("/rue/?autour")
    await ready(page)
    assert await page.evaluate(OFFER)
    await page.locator("[data-island=install]").scroll_into_view_if_needed()
    await page.get_by_role("button", name="Installer").click()
    assert await page.evaluate("window.prompted") == 1
    await expect(page.locator(".install")).to_have_count(0)


async def test_a_browser_that_cannot_install_is_offered_nothing(page: Page) -> None:
    await page.goto("/rue/?autour")
    await ready(page)
    await page.locator(".walk__keep").scroll_into_view_if_needed()
    await page.wait_for_timeout(500)
    await expect(page.locator(".install")).to_have_count(0)
