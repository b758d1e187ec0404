"""« Merci »: at once, kept over a reload, and the way on along the street."""

import pytest
from playwright.async_api import Browser, BrowserContext, Page, expect

from devanture.db.pool import Database
from tests.browser.conftest import PHONE, Server
from tests.browser.phone import answer, kept, ready, send_wish, take_off, until
from tests.seed import Seeded, current, journal

pytestmark = pytest.mark.anyio


async def thanked(page: Page, ref: str = "C12", wish: str = "Poissonnerie") -> None:
    """On « Merci » after an answer, the pack being on the phone."""
    await page.goto("/rue/?autour")
    await ready(page)
    await page.goto(f"/rue/lieux/{ref}")
    await answer(page, wish)
    await expect(page.locator(".saved__what")).to_contain_text("C’est enregistré")


async def test_a_reload_says_thank_you_again_with_or_without_a_network(phone: BrowserContext, page: Page) -> None:
    await thanked(page)
    await expect(page).to_have_url("/rue/lieux/C12/merci")
    await until(lambda: kept(page, "outbox"), lambda count: count == 0)
    await page.reload()
    await expect(page.locator(".saved__what")).to_have_text("C’est enregistré\u202f: une poissonnerie au 12.")
    await expect(page.locator(".figures")).to_contain_text("1 personne a répondu ici")
    await phone.set_offline(True)
    await page.reload()
    await expect(page.locator(".saved__what")).to_have_text("C’est enregistré\u202f: une poissonnerie au 12.")


async def test_offline_it_says_that_it_is_kept_and_that_figures_need_the_network(
    phone: BrowserContext, page: Page
) -> None:
    await take_off(phone, page)
    await page.goto("/rue/lieux/C14")
    await answer(page, "Épicerie")
    await expect(page.locator(".saved")).to_contain_text("Gardé sur ce téléphone\u202f; partira au retour du réseau.")
    await expect(page.locator("[data-figures]")).to_contain_text("s’affichera avec le réseau")
    await page.reload()
    await expect(page.locator(".saved__what")).to_contain_text("une épicerie au 14")
    await expect(page.locator(".next")).to_contain_text("Local suivant")
    await phone.set_offline(False)
    await expect(page.locator(".figures")).to_contain_text("1 personne a répondu ici", timeout=20_000)


async def test_the_same_wish_goes_on_along_the_street_a_tap_a_door(
    page: Page, database: Database, town: Seeded
) -> None:
    await thanked(page)
    await page.get_by_role("button", name="Même souhait au 14").click()
    await expect(page.locator(".saved__what")).to_have_text("C’est enregistré\u202f: une poissonnerie au 14.")
    await expect(page).to_have_url("/rue/lieux/C14/merci")
    await page.get_by_role("link", name="J’y vais").click()
    await page.get_by_role("button", name="Même souhait ici\u202f: une poissonnerie").click()
    await expect(page.locator(".saved__what")).to_contain_text("une poissonnerie au 16")
    rows = await until(lambda: current(database, town), lambda rows: len(rows) == 3)
    assert {row["ref"]: row["wishes"] for row in rows} == {ref: ["fishmonger"] for ref in ("C12", "C14", "C16")}


async def test_going_back_from_a_chain_of_wishes_leads_to_the_door_it_began_at(page: Page) -> None:
    await thanked(page)
    await page.get_by_role("button", name="Même souhait au 14").click()
    await expect(page.locator(".saved__what")).to_contain_text("au 14")
    await page.go_back()
    await expect(page.locator("h1")).to_have_text("12, rue Crébillon")
    await expect(page.locator("[data-own]")).to_contain_text("une poissonnerie")


async def test_only_back_leaves_it_and_forward_says_it_again(page: Page) -> None:
    await thanked(page)
    await page.get_by_role("link", name="Aller au contenu").press("Enter")
    await expect(page).to_have_url("/rue/lieux/C12/merci#contenu")
    await expect(page.get_by_role("button", name="Annuler")).to_be_visible()
    await page.go_back()
    await expect(page.locator(".saved__what")).to_be_visible()
    await page.go_back()
    await expect(page).to_have_url("/rue/lieux/C12")
    await expect(page.locator(".ask")).to_be_visible()
    await expect(page.locator("main")).to_be_focused()
    await page.go_forward()
    await expect(page.locator(".saved__what")).to_contain_text("une poissonnerie au 12")


async def test_saying_more_is_one_question_a_sheet_and_each_may_be_skipped(
    page: Page, database: Database, town: Seeded
) -> None:
    await thanked(page)
    await page.get_by_role("button", name="En dire plus").click()
    await page.get_by_role("dialog").get_by_role("button", name="chaque semaine").click()
    await page.get_by_role("dialog").get_by_role("button", name="Passer").click()
    comment = page.get_by_role("dialog").get_by_role("textbox")
    await comment.fill("Appelez-moi au 06 12 34 56 78")
    await expect(page.locator("#more-said")).to_contain_text("un numéro de téléphone")
    await comment.fill("Le samedi matin")
    await expect(page.locator("#more-said")).not_to_contain_text("téléphone. Il restera")
    await page.get_by_role("dialog").get_by_role("button", name="Envoyer").click()
    await expect(page.locator(".thanks__more")).to_contain_text("C’est ajouté, merci.")
    rows = await until(
        lambda: journal(database, town), lambda rows: bool(rows) and "comment" in rows[-1]["payload"]
    )
    said = rows[-1]["payload"]
    assert (said["wishes"], said["frequency"], said["comment"]) == (["fishmonger"], "weekly", "Le samedi matin")
    assert "nuisances" not in said


async def test_a_receipt_comes_and_leads_to_what_became_of_the_answer(page: Page) -> None:
    await thanked(page)
    await page.locator(".receipt").click()
    await expect(page.locator("[data-fate]")).to_contain_text("Cet avis est compté.")


async def test_without_javascript_the_same_wish_is_offered_too(
    browser: Browser, server: Server, database: Database, town: Seeded
) -> None:
    context = await browser.new_context(**PHONE, base_url=server.url, java_script_enabled=False)
    page = await context.new_page()
    await page.goto("/rue/lieux/C12")
    await page.locator("summary", has_text="Manger").click()
    await page.locator(".chip", has_text="Poissonnerie").click()
    await send_wish(page)
    await page.get_by_role("button", name="Même souhait au 14").click()
    await expect(page.locator(".saved__what")).to_contain_text("une poissonnerie au 14")
    await page.goto("/rue/lieux/Q3")
    await page.get_by_role("button", name="Même souhait ici").click()
    await expect(page.locator(".saved__what")).to_contain_text("une poissonnerie au 3 bis")
    assert len(await current(database, town)) == 3
    await context.close()


async def test_the_receipt_is_that_of_what_stands_after_saying_more(page: Page) -> None:
    await thanked(page)
    receipt = page.locator("a.receipt")
    await expect(receipt).to_be_visible()
    first = await receipt.inner_text()
    await page.get_by_role("button", name="En dire plus").click()
    sheet = page.locator("dialog.sheet")
    await sheet.locator(".sheet__choices button").first.click()
    await sheet.get_by_role("button", name="Fermer").click()
    await expect(page.get_by_text("Ajouté, merci.")).to_be_visible()
    await expect(receipt).not_to_have_text(first)
    await page.goto(await receipt.get_attribute("href") or "")
    await expect(page.locator("[data-fate]")).to_have_attribute("data-fate", "counted")
