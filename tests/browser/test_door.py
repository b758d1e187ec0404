"""« La porte » and « Merci » say what issue and trust ask of them; a site has a question and a catalogue of its own."""

import asyncio
import re
from datetime import UTC, datetime
from typing import Any

import pytest
from playwright.async_api import Page, Route, expect

from devanture.db.pool import Database
from devanture.processes.service import find_process
from devanture.releases.service import release
from devanture.settings import Settings
from devanture.web.i18n import short_day
from devanture.web.voters import COOKIE, Seal, Standing, Voter
from tests.answers import keep, people
from tests.browser.conftest import Server
from tests.browser.phone import answer, kept, until
from tests.seed import HANDOVER, Seeded, current, journal

pytestmark = pytest.mark.anyio

HANDED_OVER = short_day("fr", HANDOVER).replace("\u00a0", " ")
DOOR = [
    "12, rue Crébillon", "entre Optique Graslin et une pharmacie", "Local vacant.",
    f"Le propriétaire décide ; Ville de ville lui remettra vos souhaits le {HANDED_OVER}.", "Il est : partenaire.",
    "Qu’aimeriez-vous trouver ici ?", "Autre chose", "Pas un commerce", "Déjà à 5 minutes à pied",
    "Ce que le plan protège ici Linéaire protégé", "Envoyer mon souhait",
    "Sans compte. Votre position ne quitte pas ce téléphone.", "Ce n’est pas cette porte", "Ce local n’est plus vide",
]  # fmt: skip


async def said(page: Page) -> str:
    """What a person reads on the page, on one line, every kind of space as one."""
    return re.sub(r"\s+", " ", await page.locator("main").inner_text())


async def test_the_door_says_all_that_one_must_know_in_its_order(page: Page) -> None:
    await page.goto("/rue/lieux/C12")
    await expect(page.get_by_role("searchbox")).to_have_attribute("placeholder", "Chercher\u202f: pain, vélo…")
    text = await said(page)
    places = [text.find(words) for words in DOOR]
    assert -1 not in places and places == sorted(places), dict(zip(DOOR, places, strict=True))


async def test_what_the_street_has_already_stands_beside_the_question(page: Page) -> None:
    await page.goto("/rue/lieux/C12")
    await page.locator("summary", has_text="Déjà à 5 minutes à pied").click()
    rows = [re.sub(r"\s+", " ", await row.inner_text()).strip() for row in await page.locator(".supply tr").all()]
    assert rows == [
        "Activité à 200 m à 5 min à pied", "Boulangerie à 39 m 2 2", "Pharmacie à 454 m 0 0",
    ], "bakeries 30 m and 190 m up the street, a pharmacy at 350 m; on foot three tenths more"  # fmt: skip
    source = "Source : IGN, 15 juin 2025. Pas encore vérifié sur place\u202f: d’après cette source."
    await expect(page.locator("[data-source]")).to_have_text(source)


async def test_what_is_no_shop_is_a_wish_too(page: Page, database: Database, town: Seeded) -> None:
    await page.goto("/rue/lieux/C12")
    await page.locator("summary", has_text="Pas un commerce").click()
    await answer(page, "Habitation")
    await expect(page.locator(".saved__what")).to_contain_text("une habitation au 12")
    (row,) = await until(lambda: current(database, town), lambda rows: len(rows) == 1)
    assert row["wishes"] == ["housing"]


async def test_a_site_asks_what_one_would_do_there_with_choices_of_its_own(
    page: Page, database: Database, town: Seeded
) -> None:
    await page.goto("/rue/lieux/C12")
    await answer(page, "Poissonnerie")
    await until(lambda: kept(page, "outbox"), lambda count: count == 0)
    await page.goto("/rue/lieux/S1")
    await expect(page.locator("h1")).to_have_text("Square Daviais")
    await expect(page.locator("#question")).to_have_text("Que voudriez-vous faire ici\u202f?")
    await expect(page.locator(".family__name")).to_have_text(["Nature"])
    await expect(page.get_by_text("Même souhait ici")).to_have_count(0)
    await expect(page.locator("summary", has_text="Pas un commerce")).to_have_count(0)
    await expect(page.locator("main")).to_contain_text("Le propriétaire du terrain décide")
    await answer(page, "Jouerie")
    await expect(page.locator(".saved__what")).to_contain_text("une jouerie")
    rows = await until(lambda: current(database, town), lambda rows: len(rows) == 2)
    assert {row["ref"]: row["wishes"] for row in rows} == {"C12": ["fishmonger"], "S1": ["garden"]}


async def test_each_voter_has_an_order_of_families_and_it_is_told_with_the_answer(
    bare_page: Page, server: Server, settings: Settings, database: Database, town: Seeded
) -> None:
    page, seen = bare_page, dict[str, list[list[str]]]()
    for letter in "ABCDEF":
        value = Seal(settings.key).write(Voter(letter * 43, datetime.now(UTC), Standing.FREE))
        cookie: Any = {"name": COOKIE, "value": value, "url": server.url}
        await page.context.add_cookies([cookie])
        for ref in ("C12", "C14"):
            await page.goto(f"/rue/lieux/{ref}")
            order = await page.locator(".family").evaluate_all("all => all.map((family) => family.dataset.family)")
            seen.setdefault(letter, []).append(order)
    assert all(here == there for here, there in seen.values())
    assert len({tuple(here) for here, _ in seen.values()}) > 2
    assert all(sorted(here) == ["care", "food", "home"] for here, _ in seen.values())
    await page.locator("summary", has_text="Se soigner").click()
    assert await page.locator(".family[open] .chip").all_inner_texts() == ["Librairie religieuse", "Pharmacie"]
    await page.locator(".family[open] .chip", has_text="Pharmacie").click()
    (row,) = await until(lambda: journal(database, town), lambda rows: len(rows) == 1)
    assert row["payload"]["families_shown"] == [*seen["F"][1], "no-shop"]


async def test_what_neighbours_asked_for_comes_after_one_s_own_answer_and_from_five_people_on(
    page: Page, database: Database, town: Seeded
) -> None:
    asked = [*people("C12", range(6), "grocer"), *people("C12", range(6, 8), "bakery"), *people("C14", range(3))]
    await keep(database, town, asked)
    await release(database, await find_process(database, "rue"), datetime.now(UTC))
    await page.goto("/rue/lieux/C12")
    assert "8 personnes ont répondu ; les souhaits s’affichent après le vôtre." in await said(page)
    await expect(page.locator(".figures")).to_have_count(0)
    await answer(page, "Poissonnerie")
    figures = page.locator(".figures")
    await expect(figures).to_contain_text("9 personnes ont répondu ici")
    await expect(figures.locator(".bars__row").first).to_have_text("Épicerie6")
    await expect(figures).to_contain_text("ce n’est pas un sondage")
    await page.get_by_role("button", name="Même souhait au 14").click()
    await expect(figures).to_contain_text("4 personnes ont répondu ici")
    await expect(figures).to_contain_text("Encore 1 réponse et les souhaits s’affichent.")
    await expect(page.get_by_role("button", name="Inviter un voisin")).to_be_visible()


async def test_who_answers_before_the_first_pack_has_come_is_shown_the_way_on_once_it_has(bare_page: Page) -> None:
    page = bare_page
    released = asyncio.Event()

    async def hold(route: Route) -> None:
        await released.wait()
        await route.continue_()

    await page.route("**/api/v1/rue/pack*", hold)
    await page.goto("/rue/lieux/C12")
    await answer(page, "Poissonnerie")
    await expect(page.get_by_role("link", name="Voir les autres locaux")).to_be_visible()
    await expect(page.locator(".next")).to_have_count(0)
    released.set()
    await expect(page.get_by_role("button", name="Même souhait au 14")).to_be_visible()
