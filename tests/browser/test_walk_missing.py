"""« Ici, il manque… » and « Il manque un local vide »: on the map or by street and number, online or not."""

import json
import shutil
from collections.abc import Sequence
from typing import Any

import pytest
from asyncpg import Record
from playwright.async_api import BrowserContext, Page, expect

from devanture.db.pool import Database
from devanture.settings import Settings
from devanture.streets.rules import metres
from tests.browser.phone import answer, kept, press_at, ready, until
from tests.conftest import ROOT
from tests.seed import Seeded, current
from tests.server.spots.ground import at, lay_streets

pytestmark = pytest.mark.anyio

KEPT = """async () => {
  const db = await new Promise((done) => {
    const asked = indexedDB.open("devanture"); asked.onsuccess = () => done(asked.result); });
  const rows = (store) => new Promise((done) => {
    const asked = db.transaction(store).objectStore(store).getAll(); asked.onsuccess = () => done(asked.result); });
  const stores = await Promise.all([...db.objectStoreNames].map(rows));
  db.close();
  return JSON.stringify([stores, localStorage, sessionStorage, history.state, location.href]);
}"""
"""Whatever the phone keeps."""
DRAWINGS = """new Promise((done) => {
  const frame = requestAnimationFrame;
  let asked = 0;
  window.requestAnimationFrame = (draw) => (asked++, frame(draw));
  setTimeout(() => done(asked), 500);
})"""
"""How many frames the page asks for in half a second."""
SPOT, VACANCY = "Ici, il manque…", "Il manque un local vide"


async def rows(database: Database, town: Seeded, table: str) -> Sequence[Record]:
    async with database.transaction(town.organisation_id) as connection:
        return await connection.fetch(f"SELECT * FROM {table} ORDER BY id")


async def let(database: Database, town: Seeded, *refs: str) -> None:
    """These doors are let: what stands empty there now is missing on the list."""
    async with database.transaction(town.organisation_id) as connection:
        await connection.execute("UPDATE place SET state = 'occupied' WHERE ref = ANY($1)", refs)


async def begin(page: Page, name: str) -> None:
    await page.goto("/rue/?autour")
    await ready(page)
    await page.get_by_role("button", name=name).click()
    await expect(page.locator("h1")).to_have_text(name)


async def at_address(page: Page, street: str, number: str) -> None:
    await page.get_by_text("Rue et numéro").click()
    await page.get_by_label("Rue", exact=True).fill(street)
    await page.get_by_label("Numéro", exact=True).fill(number)


async def test_slips_are_forgiven_in_the_street_and_what_is_not_known_is_said(page: Page, town: Seeded) -> None:
    await begin(page, VACANCY)
    await at_address(page, "quai fose", "3 bis")
    await expect(page.locator(".pointing__where")).to_have_text("Ici\u202f: 3 bis, quai de la Fosse")
    await page.get_by_label("Numéro", exact=True).fill("999")
    await expect(page.locator(".pointing__lack")).to_contain_text("Le numéro 999 n’est pas connu")
    assert await page.evaluate(DRAWINGS) <= 2, "the screen draws itself again and again"
    await page.get_by_label("Rue", exact=True).fill("rue zzyzx")
    await expect(page.locator(".pointing__lack")).to_contain_text("Aucune rue de ce nom ici.")
    await page.reload()
    await expect(page.get_by_text("Rue et numéro")).to_be_visible()
    await page.go_back()
    await expect(page.locator(".card").first).to_be_visible()


async def test_a_street_in_doubt_is_asked_back_and_chosen_by_the_keys_alone(page: Page, town: Seeded) -> None:
    await begin(page, VACANCY)
    await page.get_by_text("Rue et numéro").click()
    await page.get_by_label("Rue", exact=True).fill("place de la fosse")
    await expect(page.locator(".pointing__lack[role=status]")).to_contain_text("Quelle rue\u202f?")
    await expect(page.locator(".pointing__where")).to_be_empty()
    await expect(page.get_by_role("button", name="Le signaler")).to_be_disabled()
    box = await page.get_by_role("button", name="Quai de la Fosse").bounding_box()
    assert box is not None and box["height"] >= 48
    await press_at(page, "Quai de la Fosse")
    await expect(page.get_by_label("Rue", exact=True)).to_have_value("Quai de la Fosse")
    await page.keyboard.type("3 bis")
    await expect(page.locator(".pointing__where")).to_have_text("Ici\u202f: 3 bis, quai de la Fosse")
    await expect(page.locator(".pointing__lack")).to_be_empty()


async def test_a_wish_where_nothing_is_empty_is_made_offline_and_stored_once_the_network_is_back(
    phone: BrowserContext, page: Page, database: Database, town: Seeded
) -> None:
    await begin(page, SPOT)
    await phone.set_offline(True)
    await at_address(page, "quai de la fosse", "3 bis")
    await expect(page.locator(".pointing__where")).to_have_text("Ici\u202f: 3 bis, quai de la Fosse")
    await page.get_by_role("button", name="Dire ce qui manque ici").click()
    await expect(page.locator("h1")).to_have_text("3 bis, quai de la Fosse")
    await answer(page, "Poissonnerie")
    await expect(page.locator(".saved")).to_contain_text("Gardé sur ce téléphone")
    assert await kept(page, "outbox") == 2
    await page.goto("/rue/?autour")
    await expect(page.locator(".outbox")).to_contain_text("2 en attente")
    await phone.set_offline(False)
    await until(lambda: kept(page, "outbox"), lambda count: count == 0)
    (wish,) = await current(database, town)
    assert wish["wishes"] == ["fishmonger"] and wish["ref"].startswith("ici-")


async def test_what_is_near_is_offered_for_joining_first(page: Page) -> None:
    await begin(page, SPOT)
    await at_address(page, "Rue Crébillon", "12")
    await expect(page.locator(".join .card")).to_have_attribute("data-ref", "C12")
    await page.locator(".join .card a").click()
    await expect(page).to_have_url("/rue/lieux/C12")


async def test_a_map_that_comes_late_does_not_answer_for_the_person(bare_page: Page, settings: Settings) -> None:
    """Its middle once took the place of the address that was chosen meanwhile: the wish went to another door."""
    page = bare_page
    (settings.data / "basemaps").mkdir(exist_ok=True)
    shutil.copy(ROOT / "geodata" / "data" / "nantes" / "basemap.pmtiles", settings.data / "basemaps" / "rue.pmtiles")
    await page.add_init_script(
        "const get = HTMLCanvasElement.prototype.getContext; window.drawn = [];"
        "HTMLCanvasElement.prototype.getContext = function (kind, ...rest) {"
        "  const context = get.call(this, kind, ...rest); if (/webgl/.test(kind) && context) drawn.push(context);"
        "  return context; }"
    )
    await page.route("**/basemaps/**", lambda _route: None)
    await page.goto("/rue/?autour")
    await until(lambda: kept(page, "packs"), lambda packs: packs == 1)
    await page.get_by_role("button", name=SPOT).click()
    await until(lambda: page.evaluate("drawn.length"), lambda maps: maps > 0)
    await at_address(page, "Rue Crébillon", "12")
    await expect(page.locator(".join .card").first).to_have_attribute("data-ref", "C12")
    assert await page.evaluate("drawn.every((context) => context.isContextLost())"), "the map lives on, unseen"
    await page.unroute_all()


async def test_a_missing_vacancy_waits_for_the_desk_with_its_note(
    page: Page, database: Database, town: Seeded
) -> None:
    await let(database, town, "C14")
    await begin(page, VACANCY)
    await expect(page.get_by_role("button", name="Le signaler")).to_be_disabled()
    await at_address(page, "Rue Crébillon", "14")
    await page.get_by_label("À quoi le reconnaître").fill("rideau vert")
    await page.get_by_role("button", name="Le signaler").click()
    await expect(page.locator(".saved")).to_contain_text("quelqu’un ira voir")
    (report,) = await until(lambda: rows(database, town, "report"), lambda found: len(found) == 1)
    told: dict[str, Any] = dict(report)
    assert (told["finding"], told["street"], told["number"], told["note"]) == (
        "missing", "Rue Crébillon", "14", "rideau vert",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("state", "is_said", "on_card"),
    [("vacant", "Un local est vide ici", "Vacant"), ("works", "Un local est en travaux ici", "En travaux")],
)
async def test_a_second_shop_at_the_number_of_a_listed_one_is_reported_as_another(
    page: Page, database: Database, town: Seeded, state: str, is_said: str, on_card: str
) -> None:
    async with database.transaction(town.organisation_id) as connection:
        await connection.execute("UPDATE place SET state = $1 WHERE ref = 'C12'", state)
    await begin(page, SPOT)
    await at_address(page, "Rue Crébillon", "12")
    await expect(page.locator("#listed")).to_contain_text(is_said)
    await begin(page, VACANCY)
    await at_address(page, "Rue Crébillon", "12")
    await expect(page.locator("#listed")).to_have_text("La liste a déjà un local à cette adresse")
    await expect(page.locator(".join .card")).to_contain_text(on_card)
    await page.get_by_role("button", name="C’est un autre local à cette adresse").click()
    await expect(page.locator(".saved")).to_contain_text("quelqu’un ira voir")
    (report,) = await until(lambda: rows(database, town, "report"), lambda found: len(found) == 1)
    assert (report["finding"], report["number"], report["another"]) == ("missing", "12", True)


@pytest.mark.usefixtures("basemap")
@pytest.mark.parametrize(
    ("name", "button", "stands", "sent"),
    [(SPOT, "Dire ce qui manque ici", (3.217, 112.345), (8, 108)), (VACANCY, "Le signaler", (3.2, 160.4), (0, 171.1))],
    ids=["the nearest number", "25 m along the street"],
)
async def test_the_crosshair_never_tells_where_the_person_stands(
    phone: BrowserContext, page: Page, database: Database, town: Seeded, name: str, button: str,
    stands: tuple[float, float], sent: tuple[float, float],
) -> None:  # fmt: skip
    await lay_streets(database, town)
    here, there = at(*stands), at(*sent)
    await phone.grant_permissions(["geolocation"])
    await phone.set_geolocation({"longitude": here[0], "latitude": here[1], "accuracy": 4})
    bodies: list[str] = []
    phone.on("request", lambda request: bodies.append(f"{request.url} {request.post_data}"))
    await page.goto("/rue/?autour")
    await ready(page)
    await page.locator("[data-locate]").click()
    await expect(page.locator(".finder [data-said]")).to_contain_text("ne quitte pas")
    await page.get_by_role("button", name=name).click()
    await page.get_by_role("button", name=button).click(timeout=60_000)
    body = await until(lambda: _put(bodies), bool)
    assert metres((body["lon"], body["lat"]), there) < 0.5 and metres(there, here) > 5
    await until(lambda: kept(page, "outbox"), lambda count: count == 0)
    everything = " ".join(bodies) + await page.evaluate(KEPT)
    assert f"{body['lat']:.5f}" in everything
    assert f"{here[1]:.5f}" not in everything and f"{here[0]:.5f}" not in everything


async def _put(bodies: list[str]) -> dict[str, Any]:
    sent = [body.partition(" ")[2] for body in bodies if "/spots/" in body or "/reports/" in body]
    return json.loads(sent[0]) if sent else {}


async def test_back_brings_the_list_again(page: Page) -> None:
    await begin(page, SPOT)
    await page.go_back()
    await expect(page.locator(".walk__list .card[data-ref]")).to_have_count(6)
    await page.get_by_role("button", name=VACANCY).click()
    await page.get_by_role("button", name="Annuler").click()
    await expect(page.locator(".walk__list .card[data-ref]")).to_have_count(6)


@pytest.mark.parametrize(("what", "go"), [(SPOT, "Dire ce qui manque ici"), (VACANCY, "Le signaler")])
async def test_a_point_outside_the_consultation_is_told_before_anything_is_kept(
    page: Page, database: Database, town: Seeded, what: str, go: str
) -> None:
    async with database.transaction(town.organisation_id) as connection:
        around = "ST_Expand((SELECT geom::box2d FROM place WHERE ref = 'C12'), 0.0002)"
        await connection.execute(f"UPDATE process SET bounds = ST_SetSRID({around}::geometry, 4326)")
    await let(database, town, "Q3", "C12")
    await begin(page, what)
    await at_address(page, "quai de la fosse", "3 bis")
    await expect(page.locator(".pointing__where")).to_contain_text("Ce point est hors de la consultation")
    await expect(page.get_by_role("button", name=go)).to_be_disabled()
    await at_address(page, "Rue Crébillon", "12")
    await expect(page.get_by_role("button", name=go)).to_be_enabled()
    await expect(page.locator(".pointing__where")).not_to_contain_text("hors de la consultation")
