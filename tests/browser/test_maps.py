"""The live map and the heat map: drawn on a tap, with nothing asked of any other site."""

import re
from datetime import UTC, datetime

import pytest
from playwright.async_api import Browser, BrowserContext, Geolocation, Page, expect

from devanture.app import create_app
from devanture.db.pool import Database
from devanture.processes.service import find_process
from devanture.releases.service import release
from devanture.settings import Settings
from tests.browser.conftest import PHONE, Server
from tests.browser.phone import take_off, until
from tests.seed import LAT, LON, METRE, Seeded, opinion, phone_on, send

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("basemap")]

WIDE = {"viewport": {"width": 1240, "height": 900}, "locale": "fr-FR"}


async def test_the_map_library_is_loaded_on_a_tap_and_not_before(page: Page, server: Server) -> None:
    asked: list[str] = []
    faults: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
    await page.goto("/rue/?autour", wait_until="networkidle")
    assert [url for url in asked if "maplibre" in url or ".pmtiles" in url] == []
    await page.get_by_role("button", name="Ouvrir la carte").click()
    await expect(page.locator("a.pin")).to_have_count(6)
    assert any(".pmtiles" in url for url in asked)
    assert [url for url in asked if not url.startswith((server.url, "data:", "blob:"))] == []
    assert faults == []


async def test_a_pin_says_its_number_and_opens_its_place(page: Page) -> None:
    await page.goto("/rue/?autour", wait_until="networkidle")
    await page.get_by_role("button", name="Ouvrir la carte").click()
    pin = page.locator("a.pin[href='/rue/lieux/Q3']")
    await expect(pin).to_have_text("3 bis")
    await expect(page.locator(".overview .credit")).to_contain_text("© IGN")
    await pin.focus()
    await page.keyboard.press("Enter")
    await expect(page.locator(".mapdoor")).to_contain_text("Quai de la Fosse")
    await expect(page.get_by_role("link", name="Ouvrir")).to_be_focused()
    await page.keyboard.press("Escape")
    await expect(page.locator(".mapdoor")).to_have_count(0)
    await expect(pin).to_be_focused()
    await page.keyboard.press("Enter")
    await page.keyboard.press("Enter")
    await expect(page).to_have_url("/rue/lieux/Q3")


async def test_the_list_lies_over_the_map_in_a_sheet_of_three_heights(page: Page) -> None:
    await page.goto("/rue/?autour", wait_until="networkidle")
    await page.get_by_role("button", name="Ouvrir la carte").click()
    await expect(page.locator("a.pin")).to_have_count(6)
    await expect(page.locator(".mapsheet .card[data-ref]")).to_have_count(6)
    top = "document.querySelector('.mapsheet__panel').getBoundingClientRect().top"
    more, less = (page.get_by_role("button", name=f"{verb} la liste") for verb in ("Agrandir", "Réduire"))
    half = await page.evaluate(top)
    await more.click()
    await until(lambda: page.evaluate(top), lambda y: y < 100)
    await expect(more).to_have_attribute("aria-disabled", "true")
    await less.click()
    await until(lambda: page.evaluate(top), lambda y: abs(y - half) < 5)
    await less.click()
    await until(lambda: page.evaluate(top), lambda y: y > half + 200)
    await page.go_back()
    await expect(page.locator(".walk > .walk__list .card[data-ref]")).to_have_count(6)
    await expect(page.locator(".overview > svg")).to_be_visible()


async def test_beside_the_list_the_map_opens_by_itself(browser: Browser, server: Server) -> None:
    context = await browser.new_context(**WIDE, base_url=server.url)  # type: ignore[arg-type]
    page = await context.new_page()
    await page.goto("/rue/?autour")
    await expect(page.locator("a.pin")).to_have_count(6, timeout=20_000)
    await page.locator("a.pin[href='/rue/lieux/C12']").click()
    await expect(page.locator(".mapdoor")).to_contain_text("entre Optique Graslin")
    await expect(page.locator(".walk > .walk__list .card[data-ref]")).to_have_count(6)
    await context.close()


async def test_the_map_closes_and_the_drawn_one_is_back(page: Page) -> None:
    await page.goto("/rue/?autour", wait_until="networkidle")
    await page.get_by_role("button", name="Ouvrir la carte").click()
    await expect(page.locator("a.pin[href='/rue/lieux/C12']")).to_have_attribute(
        "aria-label", re.compile("^12, rue Crébillon, ")
    )
    await expect(page.get_by_role("button", name="Ouvrir la carte")).to_be_hidden()
    await page.get_by_role("button", name="Fermer la carte").click()
    await expect(page.locator(".overview > svg")).to_be_visible()
    await expect(page.locator(".livemap")).to_have_count(0)
    await page.get_by_role("button", name="Ouvrir la carte").click()
    await expect(page.locator("a.pin")).to_have_count(6)


async def test_the_position_is_shown_on_the_map_once_asked_for(browser: Browser, server: Server) -> None:
    here = Geolocation(longitude=LON, latitude=LAT + 160 * METRE)
    context = await browser.new_context(**PHONE, base_url=server.url, geolocation=here, permissions=["geolocation"])
    page = await context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url + (request.post_data or "")))
    await page.goto("/rue/?autour", wait_until="networkidle")
    await page.get_by_role("button", name="Ouvrir la carte").click()
    await expect(page.locator("a.pin")).to_have_count(6)
    await expect(page.locator(".here")).to_have_count(0)
    await page.get_by_role("button", name="Ma position").click()
    await expect(page.locator(".here")).to_be_visible()
    assert [line for line in asked if "47.21" in line] == []
    await context.close()


async def test_without_the_network_the_map_says_that_it_needs_it(phone: BrowserContext, page: Page) -> None:
    await take_off(phone, page)
    await page.get_by_role("button", name="Ouvrir la carte").click()
    await expect(page.get_by_text("La carte a besoin du réseau.")).to_be_visible()
    await expect(page.locator(".overview > svg")).to_be_visible()
    await phone.set_offline(False)
    await page.reload()
    await page.get_by_role("button", name="Ouvrir la carte").click()
    await expect(page.locator("a.pin")).to_have_count(6)


async def test_the_heat_map_shows_a_release_by_kind_with_its_key(
    browser: Browser, server: Server, settings: Settings, database: Database, town: Seeded
) -> None:
    app = create_app(settings)
    async with app.router.lifespan_context(app):
        for voter in range(8):
            async with phone_on(app, voter) as client:
                wish = "fishmonger" if voter < 6 else "grocer"
                assert (await send(client, opinion("C12", 1, wishes=[wish]))).status_code == 201
    await release(database, await find_process(database, "rue"), datetime.now(UTC))
    context = await browser.new_context(**WIDE, base_url=server.url)  # type: ignore[arg-type]
    page = await context.new_page()
    await page.goto("/rue/resultats")
    await expect(page.locator(".heat__key li")).to_have_text(["8\u202f+"], timeout=20_000)
    await page.locator(".heat select").select_option("fishmonger")
    await expect(page.locator("h1")).to_have_text("Poissonnerie\u202f: là où nous avons demandé")
    await expect(page.locator(".heat__key p")).to_have_text("Personnes qui le demandent")
    await expect(page.locator(".heat__key li")).to_have_text(["6\u202f+"], timeout=20_000)
    await page.get_by_role("button", name="Lieux").click()
    await expect(page.get_by_role("button", name="Lieux")).to_have_attribute("aria-pressed", "true")
    await context.close()


async def test_on_a_phone_the_heat_map_waits_for_a_tap(
    browser: Browser, server: Server, database: Database, town: Seeded
) -> None:
    await release(database, await find_process(database, "rue"), datetime.now(UTC))
    context = await browser.new_context(**PHONE, base_url=server.url)
    page = await context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    await page.goto("/rue/resultats", wait_until="networkidle")
    assert [url for url in asked if "maplibre" in url] == []
    await page.locator(".heat").get_by_role("button", name="Ouvrir la carte").click()
    await expect(page.locator(".heat__key")).to_contain_text("Aucun chiffre publié ici.", timeout=20_000)
    await context.close()


async def test_the_app_can_be_installed(page: Page, server: Server) -> None:
    await page.goto("/rue/?autour")
    address = await page.locator("link[rel=manifest]").get_attribute("href")
    manifest = await (await page.request.get(str(address))).json()
    assert manifest["scope"] == manifest["start_url"] == "/rue/"
    sizes = set()
    for icon in manifest["icons"]:
        answer = await page.request.get(icon["src"])
        body = await answer.body()
        assert body[:8] == b"\x89PNG\r\n\x1a\n"
        assert icon["sizes"] == f"{int.from_bytes(body[16:20], 'big')}x{int.from_bytes(body[20:24], 'big')}"
        sizes.add((icon["sizes"], icon.get("purpose", "any")))
    assert sizes == {("192x192", "any"), ("512x512", "any"), ("512x512", "maskable")}
