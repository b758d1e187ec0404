"""Every screen and state of the walk, one after another, as a person would come to them.

Each function brings a page to its states and says `await see("name")` at each: the accessibility checks look there.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from playwright.async_api import BrowserContext, FilePayload, Page, expect

from tests.browser.phone import answer, ready
from tests.server.photos.pictures import encoded, picture

See = Callable[[str], Awaitable[None]]
FORGET_PAGES = """caches.keys().then((names) => Promise.all(names.filter((name) => name.includes("pages")).map(
  async (name) => {
    const cache = await caches.open(name);
    for (const request of await cache.keys()) if (!request.url.endsWith("/horsligne")) await cache.delete(request);
  })))"""


@dataclass
class Visit:
    """A phone on the seeded street: C12 and C14 with answers of five people, released; the others without."""

    phone: BrowserContext
    page: Page
    see: See


async def plain_pages(visit: Visit) -> None:
    """What is read rather than used."""
    for name, path in {
        "home": "/", "not found": "/nowhere/", "no such place": "/rue/lieux/NONE", "a problem": "/problems/closed",
        "api docs": "/api/v1/docs", "desk sign-in": "/bureau/entrer",
        "desk link that is not one": "/bureau/entrer?jeton=x",
    }.items():  # fmt: skip
        await visit.page.goto(path)
        await visit.see(name)


async def walking(visit: Visit) -> None:
    page = visit.page
    await page.goto("/rue/")
    await visit.see("arrival")
    await page.goto("/rue/?autour")
    await ready(page)
    await visit.see("walk")
    await page.get_by_role("searchbox").fill("crebilon")
    await expect(page.locator(".found .card").first).to_be_visible()
    await visit.see("walk, found")
    await page.get_by_role("searchbox").fill("")
    await page.get_by_role("button", name="Au plus près de moi").click()
    await expect(page.get_by_text("Tout marche sans elle")).to_be_visible()
    await visit.see("walk, position refused")
    await page.get_by_role("button", name="Ouvrir la carte").click()
    await expect(page.locator("a.pin").first).to_be_visible(timeout=20_000)
    await visit.see("walk, map open")
    await page.goto("/rue/tournee")
    await visit.see("rounds")
    await page.goto("/rue/tournee?rue=Rue Crébillon")
    await visit.see("round")


async def at_a_door(visit: Visit) -> None:
    page = visit.page
    await page.goto("/rue/lieux/C16")
    await visit.see("door")
    await page.locator("summary", has_text="Manger").click()
    await visit.see("door, family open")
    await page.get_by_role("searchbox").fill("zzz")
    await visit.see("door, nothing found")
    await page.get_by_role("searchbox").fill("")
    await page.evaluate("for (const fold of document.querySelectorAll('main details')) fold.open = true")
    await visit.see("door, all folds open")
    await page.get_by_role("button", name="Envoyer mon souhait").click()
    await visit.see("door, refused for want of a wish")
    await page.goto("/rue/lieux/S1")
    await visit.see("site")
    await page.goto("/rue/lieux/X9")
    await visit.see("door that is let")


async def thanked(visit: Visit) -> None:
    page = visit.page
    await page.goto("/rue/lieux/C12")
    await answer(page, "Poissonnerie")
    await expect(page.locator(".saved")).to_be_visible()
    await visit.see("thanks, five and more")
    await page.goto("/rue/lieux/C12")
    await visit.see("door answered before")
    await page.goto("/rue/mes-avis")
    await expect(page.locator(".card").first).to_be_visible()
    await visit.see("my answers")
    await page.goto("/rue/?autour")
    await visit.see("walk, one answered")
    await page.goto("/rue/lieux/C16")
    await answer(page, "Épicerie")
    await visit.see("thanks, under five")
    # Undo is offered for ten seconds, and looking takes longer: this answer is taken back unseen.
    await page.goto("/rue/lieux/C14")
    await answer(page, "Épicerie")
    await page.get_by_role("button", name="Annuler").click()
    await expect(page.get_by_text("C’est annulé.")).to_be_visible()
    await visit.see("undone")


async def photographing(visit: Visit) -> None:
    page = visit.page
    await page.goto("/rue/lieux/C16")
    await answer(page, "Épicerie")
    await page.locator("summary", has_text="Ajouter une photo").click()
    await expect(page.locator(".photos")).to_be_visible()
    await visit.see("photo asked for")
    photo: FilePayload = {"name": "a.jpg", "mimeType": "image/jpeg", "buffer": encoded(picture(size=(900, 600)))}
    await page.locator("input[type=file][multiple]").set_input_files([photo, photo])
    await expect(page.locator(".photos__state", has_text="Reçue")).to_have_count(2, timeout=30_000)
    await visit.see("photos received")
    await page.goto("/rue/mes-avis")
    await expect(page.locator(".thumbs")).to_be_visible()
    await visit.see("my answers with photos")


async def reading(visit: Visit) -> None:
    page = visit.page
    await page.goto("/rue/mes-avis")
    await visit.see("my answers, none")
    await page.goto("/rue/resultats")
    # Awake first: on the wide screens that come next the map opens by itself.
    wake = page.locator(".heat").get_by_role("button", name="Ouvrir la carte")
    await expect(wake).to_be_visible()
    await visit.see("results")
    await wake.click()
    await expect(page.locator(".heat__key li").first).to_be_visible(timeout=20_000)
    await visit.see("results, map open")


async def afterwards(visit: Visit) -> None:
    """What follows an answer: the receipt, the one question, following a place."""
    page = visit.page
    await page.goto("/rue/recu?mot=AAAA-BBBB-CCCC-DDDD")
    await visit.see("receipt, unknown word")
    await page.goto("/rue/vous")
    await visit.see("about you")
    await page.goto("/rue/lieux/C12/suivre")
    await expect(page.get_by_role("button", name="Me prévenir sur ce téléphone")).to_be_visible()
    await visit.see("following")
    await page.get_by_role("button", name="Ouvrir ma page").click()
    await expect(page.get_by_text("Gardez cette adresse")).to_be_visible()
    await visit.see("a follower's page")


async def lent(visit: Visit) -> None:
    """More words, the receipt, a phone lent to somebody, a shop that the list lacks, and what waits, one by one."""
    page = visit.page
    await page.goto("/rue/?autour")
    await ready(page)
    await page.goto("/rue/lieux/C12")
    await answer(page, "Poissonnerie")
    await page.get_by_role("button", name="En dire plus").click()
    await expect(page.get_by_role("dialog")).to_be_visible()
    await visit.see("thanks, saying more")
    await page.keyboard.press("Escape")
    await page.locator(".receipt").click()
    await expect(page.locator("[data-fate=counted]")).to_be_visible()
    await visit.see("receipt, counted")
    await page.goto("/rue/mes-avis")
    await page.get_by_role("button", name="Répondre pour quelqu’un d’autre").click()
    await expect(page.locator(".speaking")).to_be_visible()
    await visit.see("walk, for somebody else")
    await page.get_by_role("button", name="Il manque un local vide").click()
    await page.get_by_text("Rue et numéro").click()
    await visit.see("an empty shop is missing")
    await visit.phone.set_offline(True)
    await page.goto("/rue/lieux/C16")
    await answer(page, "Épicerie")
    await page.get_by_role("button", name="Détails").click()
    await expect(page.get_by_role("dialog", name="Gardé sur ce téléphone")).to_be_visible()
    await visit.see("what waits, one by one")


async def offline(visit: Visit) -> None:
    page = visit.page
    await page.goto("/rue/?autour")
    await ready(page)
    await page.evaluate(FORGET_PAGES)
    await visit.phone.set_offline(True)
    await page.goto("/rue/?autour")
    await expect(page.locator("#shell .card").first).to_be_visible()
    await visit.see("walk offline")
    await page.goto("/rue/lieux/C14")
    await expect(page.locator("#shell .family").first).to_be_visible()
    await visit.see("door offline")
    await answer(page, "Épicerie")
    await expect(page.locator(".outbox")).to_contain_text("1 en attente")
    await visit.see("thanks offline, one waits")
    await page.goto("/rue/mes-avis")
    await visit.see("my answers offline")


async def missing(visit: Visit) -> None:
    """« Ici, il manque… » and « Il manque un local vide »: on the map, by street and number, and what comes of it."""
    page = visit.page
    await page.goto("/rue/?autour")
    await ready(page)
    await page.get_by_role("button", name="Ici, il manque…").click()
    await expect(page.locator(".pointing__where")).not_to_be_empty(timeout=20_000)
    await visit.see("missing, on the map")
    await page.get_by_text("Rue et numéro").click()
    await page.get_by_label("Rue", exact=True).fill("rue zzyzx")
    await visit.see("missing, no such street")
    await page.get_by_label("Rue", exact=True).fill("rue crebillon")
    await page.get_by_label("Numéro", exact=True).fill("14")
    await expect(page.locator(".join").first).to_be_visible()
    await visit.see("missing, a door is near")
    await page.get_by_role("button", name="Dire ce qui manque ici").click()
    await expect(page.locator(".ask").first).to_be_visible()
    await visit.see("spot")
    await page.goto("/rue/?autour")
    await page.get_by_role("button", name="Il manque un local vide").click()
    await page.get_by_text("Rue et numéro").click()
    await page.get_by_label("Rue", exact=True).fill("quai de la fosse")
    await page.get_by_label("Numéro", exact=True).fill("3 bis")
    await expect(page.locator(".join")).to_be_visible()
    await visit.see("an empty shop, listed already")
    await page.get_by_label("Numéro", exact=True).fill("")
    await visit.see("an empty shop to report")
    await page.get_by_role("button", name="Le signaler").click()
    await expect(page.locator(".saved")).to_be_visible()
    await visit.see("reported")


SCENES = (plain_pages, walking, at_a_door, missing, thanked, photographing, reading, afterwards, lent, offline)
