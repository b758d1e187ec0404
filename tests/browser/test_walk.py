"""The list and the map of the walk."""

import re

import msgspec
import pytest
from playwright.async_api import Browser, BrowserContext, Geolocation, Page, expect

from devanture.db.pool import Database
from devanture.places.bulk import write_turns
from devanture.streets.walking import Turn
from tests.browser.conftest import PHONE, Server
from tests.browser.phone import answer, kept, press_at, ready, take_off, until
from tests.seed import CLOSES, LAT, LON, METRE, Seeded

pytestmark = pytest.mark.anyio

NEAR_ME = "Au plus près de moi"


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


async def test_a_phone_without_a_position_leaves_the_list_and_the_search(page: Page) -> None:
    await page.add_init_script("delete Navigator.prototype.geolocation")
    await page.goto("/rue/?autour")
    await page.get_by_role("button", name=NEAR_ME).click()
    said = page.locator("[data-said]")
    await expect(said).to_contain_text("Votre position n’a pas été trouvée. Tout marche sans elle")
    await expect(page.locator(".street:visible")).not_to_have_count(0)
    await expect(page.get_by_role("button", name=NEAR_ME)).to_have_attribute("aria-pressed", "false")


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


async def test_a_link_opens_with_who_asks_and_goes_on_to_the_list(page: Page, database: Database, town: Seeded) -> None:
    async with database.transaction(town.organisation_id) as connection:
        texts = {"who_asks": {"fr": "%(organisation)s"}, "not_open": {"fr": "Les loyers"}}
        await connection.execute("UPDATE process SET texts = $1", texts)
    await page.goto("/rue/")
    await expect(page.locator("h1")).to_contain_text("derrière ces rideaux baissés")
    facts = [await line.inner_text() for line in await page.locator(".facts dt").all()]
    assert facts == ["Qui demande", "Qui décide", "Jusqu’à quand", "Ce qui n’est pas en discussion"]
    for words in ("Ville de ville", str(CLOSES.year), "14 juin 2027", "Les loyers"):
        await expect(page.locator(".facts")).to_contain_text(words)
    await page.get_by_role("link", name="Autour de moi").click()
    await expect(page.locator(".card:visible")).to_have_count(6)
    await page.goto("/rue/")
    await expect(page.locator("h1")).to_have_text("Autour de moi")


async def test_what_a_first_visit_keeps_for_later_is_the_list(phone: BrowserContext, page: Page) -> None:
    await page.goto("/rue/")
    await ready(page)
    await phone.set_offline(True)
    await page.goto("/rue/")
    await expect(page.locator(".card:visible")).to_have_count(6)


async def walker(browser: Browser, server: Server, north_m: float, accuracy: float) -> tuple[BrowserContext, Page]:
    context = await browser.new_context(
        **PHONE, base_url=server.url, geolocation=at(north_m, accuracy), permissions=["geolocation"]
    )
    page = await context.new_page()
    await page.goto("/rue/?autour")
    await ready(page)
    await page.get_by_role("button", name=NEAR_ME).click()
    return context, page


def at(north_m: float, accuracy: float = 5) -> Geolocation:
    return Geolocation(longitude=LON, latitude=LAT + north_m * METRE, accuracy=accuracy)


async def test_an_uncertain_position_asks_which_door_and_follows_the_person(browser: Browser, server: Server) -> None:
    context, page = await walker(browser, server, 75, 20)
    await expect(page.get_by_role("heading", name="Devant quelle porte êtes-vous")).to_be_visible()
    doors = page.locator(".doors__one .card__title")
    await expect(doors).to_have_text(["14, rue Crébillon", "16, rue Crébillon"])
    await context.set_geolocation(at(20, 60))
    await expect(doors).to_have_text(["12, rue Crébillon", "14, rue Crébillon", "16, rue Crébillon"])
    await expect(page.locator(".card:visible").first).to_have_attribute("data-ref", "C12")
    await page.locator(".doors__one").first.click()
    await expect(page).to_have_url("/rue/lieux/C12")
    await context.close()


async def test_somebody_far_away_is_told_so_and_led_to_the_nearest_round(browser: Browser, server: Server) -> None:
    context, page = await walker(browser, server, -900, 10)
    await expect(page.locator(".finder .note")).to_contain_text("de la porte la plus proche de cette démarche")
    await page.get_by_role("link", name="Rue Crébillon").first.click()
    await expect(page.locator("h1")).to_have_text("Ma tournée")
    await context.close()


async def test_a_door_is_found_by_words_with_slips_also_offline(phone: BrowserContext, page: Page) -> None:
    await take_off(phone, page)
    field = page.get_by_role("searchbox", name="Chercher une porte")
    found = page.locator(".found .card")
    await field.fill("crebilon 14")
    await expect(found).to_have_count(1)
    await expect(found).to_have_attribute("data-ref", "C14")
    await expect(page.locator(".found__said")).to_have_text("1 porte trouvée")
    await field.fill("pharmacie")
    await expect(found).to_have_attribute("data-ref", "C12")
    await field.fill("zzz")
    await expect(page.locator(".found__said")).to_contain_text("Rien trouvé")
    await field.fill("")
    await expect(page.locator("[data-island=walk-list] .card:visible")).to_have_count(6)


async def test_a_round_leads_from_door_to_door_to_its_end_also_offline(phone: BrowserContext, page: Page) -> None:
    await take_off(phone, page)
    await page.goto("/rue/tournee?rue=Rue Crébillon")
    for number, ref in (("12", "C12"), ("14", "C14"), ("16", "C16")):
        await expect(page.locator(".next .tile")).to_have_text(number)
        await page.goto(f"/rue/lieux/{ref}")
        await answer(page, "Boulangerie")
        await expect(page.locator(".saved")).to_be_visible()
        await page.goto("/rue/tournee")
    await expect(page.locator(".saved")).to_contain_text("Tournée terminée.")
    await expect(page.get_by_role("button", name="Partager ma tournée")).to_be_visible()
    await expect(page.locator(".line .state--done")).to_have_text(["Votre souhait\u202f: une boulangerie"] * 3)
    await expect(page.locator(".next")).to_contain_text("Quai de la Fosse")


async def test_a_street_is_counted_down_to_its_end_which_can_be_shared(
    page: Page, database: Database, town: Seeded
) -> None:
    turns = [Turn(ref, "Rue Crébillon", step, "right", 10.0 * step) for step, ref in enumerate(("C12", "C14", "C16"))]
    async with database.transaction(town.organisation_id) as connection:
        await write_turns(connection, town.organisation_id, town.process_id, msgspec.to_builtins(turns))
    await page.add_init_script("Navigator.prototype.share = async (what) => { window.shared = what; }")
    await page.goto("/rue/?autour")
    await ready(page)
    await page.goto("/rue/lieux/C14")
    await answer(page, "Poissonnerie")
    await expect(page.locator(".progress")).to_have_text("1 sur 3 dans votre rue")
    await expect(page.locator("#next")).to_have_text("Local suivant\u202f: n°\u00a016, même côté")
    await page.get_by_role("button", name="Même souhait au 16").click()
    await expect(page.locator(".progress")).to_have_text("2 sur 3 dans votre rue")
    await expect(page.locator("#next")).to_contain_text("12")
    await page.get_by_role("button", name="Même souhait au 12").click()
    finished = page.get_by_role("region", name="Tournée terminée")
    await expect(finished.locator("h2")).to_contain_text("Rue Crébillon")
    await expect(finished.get_by_role("listitem")).to_have_count(3)
    await expect(page.locator(".progress")).to_have_count(0)
    await expect(page.locator("#next")).to_have_text("La tournée la plus proche")
    await finished.get_by_role("button", name="Partager ma tournée").click()
    shared = await until(lambda: page.evaluate("window.shared"), bool)
    assert shared["text"] == "J’ai dit ce que j’aimerais trouver\u202f: Rue Crébillon. Et vous\u202f?"
    assert shared["url"].endswith("/rue/tournee?rue=Rue%20Cr%C3%A9billon")
    await page.goto(shared["url"])
    await expect(page.locator(".top p")).to_have_text("Rue Crébillon")
    picture = await page.request.get(str(await page.locator("meta[property='og:image']").get_attribute("content")))
    assert picture.headers["content-type"] == "image/png" and (await picture.body())[16:24].hex() == "000004b000000276"


async def test_the_keys_alone_lead_from_the_link_to_an_answer_and_back(page: Page) -> None:
    await page.goto("/rue/")
    await press_at(page, "Autour de moi")
    await expect(page.get_by_role("searchbox")).to_be_visible()
    await until(lambda: kept(page, "packs"), lambda packs: packs == 1)
    await page.get_by_role("searchbox").focus()
    await page.keyboard.type("crebillon 12")
    await expect(page.locator(".found .card")).to_have_count(1)
    await press_at(page, "Rue Crébillon")
    await expect(page).to_have_url("/rue/lieux/C12")
    # A form sent before its script had woken is the server's: this phone does not know of it at the next door.
    await expect(page.get_by_role("searchbox", name="Chercher une activité")).to_be_visible()
    await press_at(page, "Manger")
    await press_at(page, "Poissonnerie", "Space")
    await press_at(page, "Envoyer mon souhait")
    saved = page.locator(".saved [role=status]")
    await expect(saved).to_contain_text("une poissonnerie au 12")
    await expect(page.get_by_role("link", name="J’y vais")).to_be_visible()
    await press_at(page, "J’y vais")
    await expect(page).to_have_url("/rue/lieux/C14")
    await expect(page.get_by_role("button", name="Même souhait ici")).to_be_visible()
    await press_at(page, "Même souhait ici")
    await expect(saved).to_contain_text("une poissonnerie au 14")
    await press_at(page, "Annuler")
    await expect(saved).to_contain_text("C’est annulé.")
    await press_at(page, "Mes avis")
    # The server's list stands first, and may still hold what was just undone.
    await expect(page.locator(".card--done")).to_have_count(1)
    await expect(page.locator(".card--done")).to_have_text(re.compile("12, rue Crébillon"))
    await press_at(page, "Retirer")
    await expect(page.locator(".card--done")).to_have_count(0)


async def test_without_a_script_one_jumps_to_a_street(browser: Browser, server: Server) -> None:
    context = await browser.new_context(**PHONE, base_url=server.url, java_script_enabled=False)
    page = await context.new_page()
    await page.goto("/rue/")
    await page.get_by_role("link", name="Autour de moi").click()
    await expect(page.get_by_role("searchbox")).to_be_hidden()
    await page.get_by_text("Choisir une rue").click()
    await page.get_by_role("link", name="Rue Crébillon").first.click()
    await expect(page.get_by_role("heading", name="Rue Crébillon")).to_be_in_viewport()
    await context.close()
