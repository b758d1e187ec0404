"""What comes after an answer, on the phone: following a place, without JavaScript too."""

import re

import pytest
from playwright.async_api import Browser, BrowserContext, Page, expect

from devanture.db.pool import Database
from tests.browser.conftest import PHONE, Server
from tests.browser.phone import answer
from tests.seed import Seeded, current

pytestmark = pytest.mark.anyio
COUNT_ASKING = """
  window.asked = 0;
  const ask = Notification.requestPermission.bind(Notification);
  Notification.requestPermission = () => { window.asked += 1; return ask(); };
"""


async def test_the_phone_is_asked_for_notifications_on_the_tap_only(phone: BrowserContext, page: Page) -> None:
    """Chromium without a head cannot reach its vendor's push service: this goes as far as the browser's own call."""
    await phone.grant_permissions(["notifications"])
    await page.add_init_script(COUNT_ASKING)
    await page.goto("/rue/lieux/C12/suivre")
    button = page.get_by_role("button", name="Me prévenir sur ce téléphone")
    await expect(button).to_be_visible()
    assert await page.evaluate("window.asked") == 0
    await page.evaluate(
        """() => { PushManager.prototype.subscribe = (options) => {
             window.subscribed = options;
             return Promise.reject(new DOMException("no push service", "AbortError")); } }"""
    )
    await button.click()
    await expect(page.get_by_text("n’a pas pu s’abonner")).to_be_visible()
    assert await page.evaluate("[window.asked, window.subscribed.userVisibleOnly]") == [1, True]
    assert len(await page.evaluate("window.subscribed.applicationServerKey")) == 87


async def test_a_phone_that_says_no_is_told_of_the_link(page: Page) -> None:
    await page.add_init_script('Notification.requestPermission = async () => "denied";')
    await page.goto("/rue/lieux/C12/suivre")
    await page.get_by_role("button", name="Me prévenir sur ce téléphone").click()
    await expect(page.get_by_text("n’autorise pas les notifications")).to_be_visible()


async def test_a_subscription_goes_through_the_outbox_and_is_kept_by_the_server(
    phone: BrowserContext, page: Page
) -> None:
    await phone.grant_permissions(["notifications"])
    await page.goto("/rue/lieux/C12/suivre")
    button = page.get_by_role("button", name="Me prévenir sur ce téléphone")
    await expect(button).to_be_visible()
    await page.evaluate(
        """() => { PushManager.prototype.subscribe = async () => ({ toJSON: () => ({
             endpoint: "https://updates.push.services.mozilla.com/x", expirationTime: null,
             keys: { p256dh: "B".repeat(87), auth: "a".repeat(22) } }) }) }"""
    )
    async with page.expect_response(re.compile("/follows/")) as answered:
        await button.click()
    assert (await (await answered.value).json())["status"] == "stored"
    await expect(page.get_by_text("Ce téléphone suit ce lieu")).to_be_visible()


async def test_the_one_question_is_asked_once_after_the_first_answer(page: Page) -> None:
    await page.goto("/rue/lieux/C16")
    await answer(page, "Épicerie")
    await page.get_by_role("button", name="Répondre", exact=True).click()
    sheet = page.get_by_role("dialog", name="À propos de vous")
    await expect(sheet).to_be_visible()
    await page.keyboard.press("Escape")
    await expect(sheet).to_be_hidden()
    await expect(page.get_by_role("button", name="Répondre", exact=True)).to_be_focused()
    await page.keyboard.press("Enter")
    await sheet.get_by_text("J’y travaille").click()
    async with page.expect_response(re.compile("/residences/")) as answered:
        await sheet.get_by_role("button", name="Envoyer").click()
    assert (await answered.value).status == 201
    await expect(page.get_by_text("Merci, c’est enregistré.")).to_be_focused()
    await page.goto("/rue/lieux/C14")
    await answer(page, "Épicerie")
    await expect(page.locator(".saved")).to_be_visible()
    await expect(page.get_by_text("où habitez-vous")).to_be_hidden()


async def test_who_skips_the_question_in_its_sheet_is_not_asked_again(page: Page) -> None:
    await page.goto("/rue/lieux/C16")
    await answer(page, "Épicerie")
    await page.get_by_role("button", name="Répondre", exact=True).click()
    await page.get_by_role("dialog").get_by_role("button", name="Passer").click()
    await expect(page.get_by_text("où habitez-vous")).to_be_hidden()
    await expect(page.locator("main")).to_be_focused()


async def test_an_invitation_is_copied_where_the_phone_cannot_share(phone: BrowserContext, page: Page) -> None:
    await phone.grant_permissions(["clipboard-read", "clipboard-write"])
    await page.add_init_script("delete Navigator.prototype.share;")
    await page.goto("/rue/lieux/C16")
    await answer(page, "Épicerie")
    # Where answers are missing the invitation stands beside their number, and nowhere else.
    await expect(page.locator(".figures")).to_contain_text("Encore 4 réponses et les souhaits s’affichent.")
    await expect(page.get_by_role("button", name="Inviter un voisin")).to_have_count(1)
    await page.get_by_role("button", name="Inviter un voisin").click()
    await expect(page.get_by_text("Lien copié")).to_be_visible()
    assert (await page.evaluate("navigator.clipboard.readText()")).endswith("/rue/lieux/C16")


async def test_without_javascript_a_place_is_followed_seen_and_left(browser: Browser, server: Server) -> None:
    context = await browser.new_context(**PHONE, base_url=server.url, java_script_enabled=False)
    page = await context.new_page()
    await page.goto("/rue/lieux/C12/suivre")
    await expect(page.get_by_text("Une notification sur ce téléphone")).to_be_hidden()
    await page.get_by_role("button", name="Ouvrir ma page").click()
    await expect(page.get_by_text("L’histoire jusqu’ici")).to_be_visible()
    await page.get_by_role("button", name="Ne plus suivre").click()
    await expect(page.get_by_text("Vous ne suivez plus ce lieu.")).to_be_visible()
    await page.goto("/rue/vous")
    await page.get_by_text("J’y habite").click()
    await page.get_by_role("button", name="Envoyer").click()
    await expect(page.get_by_text("Merci, c’est enregistré.")).to_be_visible()
    await context.close()


async def test_whoever_a_phone_is_lent_to_is_asked_for_themselves(
    page: Page, database: Database, town: Seeded
) -> None:
    await page.goto("/rue/lieux/C16")
    await answer(page, "Épicerie")
    await page.get_by_role("button", name="Passer").click()
    await page.get_by_role("button", name="Répondre pour quelqu’un d’autre").click()
    await page.wait_for_url("/rue/?autour")
    await page.goto("/rue/lieux/C14")
    await answer(page, "Épicerie")
    await page.get_by_role("button", name="Répondre", exact=True).click()
    await page.get_by_role("dialog").get_by_text("75 ans ou plus").click()
    async with page.expect_response(re.compile("/residences/")):
        await page.get_by_role("dialog").get_by_role("button", name="Envoyer").click()
    async with database.transaction(town.organisation_id) as connection:
        said = await connection.fetchval("SELECT voter FROM residence WHERE age = '75-plus'")
    rows = await current(database, town)
    assert [row["ref"] for row in rows if row["voter"] == said] == ["C14"]
