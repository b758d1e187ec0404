"""One random walk: what a person does on a street with a bad network, and what the screen told them."""

import asyncio
import io
import re
from collections import Counter
from collections.abc import Awaitable, Callable, Collection
from random import Random
from typing import Any, Protocol

from PIL import Image
from playwright.async_api import Error, Page

from tests.browser.phone import answer, ready, send_wish, until
from tests.browser.storm.checker import Told
from tests.browser.storm.line import Line, Weather

DOORS = {
    "C12": ("Poissonnerie", "Épicerie", "Boulangerie", "Pharmacie"),
    "C14": ("Épicerie", "Quincaillerie", "Boulangerie"),
    "Q3": ("Boulangerie", "Pharmacie", "Poissonnerie"),
    "C16": ("Quincaillerie", "Épicerie"),
    "S1": ("Jouerie",),
}
ARRIVAL_S = 45.0
STEP_S = 15.0
HOME_S = 60.0
_STEPS = {
    "answers": 8, "answers_and_undoes": 4, "answers_with_a_photo": 3, "answers_in_two_tabs": 3, "takes_back": 3,
    "marks_and_wishes": 2, "reports": 2, "lends_the_phone": 3, "says_where_they_live": 1, "erases": 2,
    "reloads": 2, "waits": 2, "agrees_to_an_update": 2, "weather_changes": 9,
}  # fmt: skip
_WEATHERS: dict[Weather, int] = {"clear": 5, "offline": 5, "cut": 3, "portal": 3, "faults": 3, "slow": 2}

WHO = "Number(sessionStorage.getItem('devanture-speaking/rue') ?? 0)"
LOOK_FOR_AN_UPDATE = "navigator.serviceWorker.getRegistration().then((found) => found?.update()).catch(() => {})"
UNCHECK = "(form) => form.querySelectorAll('input[name=wishes]:checked').forEach((box) => box.click())"
READ = """(stores) => new Promise((resolve, reject) => {
  const asked = indexedDB.open("devanture");
  asked.onerror = () => reject(asked.error);
  asked.onsuccess = () => {
    const db = asked.result;
    const missing = stores.some((name) => !db.objectStoreNames.contains(name));
    if (missing) { db.close(); resolve(stores.map(() => [])); return; }
    const tx = db.transaction(stores);
    const read = stores.map((name) => tx.objectStore(name).getAll());
    tx.oncomplete = () => { db.close(); resolve(read.map(({ result }) => result)); };
    tx.onabort = () => { db.close(); reject(tx.error); };
  };
})"""


class Phone(Protocol):
    """The browser that a walk has its tabs in; it may be killed at any time, and comes back."""

    async def tab(self) -> Page:
        """A new tab, once the browser is alive."""
        ...

    def is_alive(self, page: Page) -> bool: ...


class Walk:
    def __init__(self, number: int, seed: str, line: Line, phone: Phone, length: tuple[int, int] = (6, 11)) -> None:
        self.number, self.line, self._length = number, line, length
        self.told: dict[tuple[int, str], Told] = {}
        self.told_others: dict[str, str] = {}
        self.erasures, self.erased, self.gone = 0, set[str](), set[str]()
        self.done: Counter[str] = Counter()
        self.missed: Counter[str] = Counter()
        self._doubt: set[tuple[int, str]] = set()
        self._undoing: set[tuple[int, str]] = set()
        self._phone, self._chance = phone, Random(f"{seed}/{number}")
        self._photos_of: dict[tuple[int, str], set[str]] = {}
        self._page: Page | None = None
        self._steps, self._stepped = 0, asyncio.Condition()

    async def run(self) -> None:
        """Some steps, begun in clear weather so that the phone may keep its shell and its pack."""
        for _ in range(3):
            await self.step("arrives")
            if self.done["arrives"]:
                break
        for name in self._chance.choices([*_STEPS], [*_STEPS.values()], k=self._chance.randint(*self._length)):
            await self.step(name)
        self.line.weather = "clear"

    async def step(self, name: str) -> None:
        """One thing that the person does; what came in its way is counted."""
        act: Callable[[], Awaitable[bool | None]] = getattr(self, f"_{name}")
        try:
            async with asyncio.timeout(ARRIVAL_S if name == "arrives" else STEP_S):
                if await act() is not False:
                    self.done[name] += 1
        except (Error, TimeoutError, AssertionError) as error:
            killed = self._page is None or not self._phone.is_alive(self._page)
            why = str(error).partition("\n")[0][:90] or "no end"
            self.missed["killed" if killed else f"{name}, {self.line.weather}: {why}"] += 1
            await self.start_again()
        async with self._stepped:
            self._steps += 1
            self._stepped.notify_all()

    async def comes_to(self, steps: int) -> None:
        """Resolves once so many steps were tried."""
        async with self._stepped:
            await self._stepped.wait_for(lambda: self._steps >= steps)

    async def start_again(self) -> None:
        """A fresh tab; what was under way is told by what the phone says it keeps."""
        page, self._page = self._page, None
        if page and self._phone.is_alive(page):
            await page.close()

    async def page(self) -> Page:
        if self._page is None or not self._phone.is_alive(self._page):
            self._page = await self._phone.tab()
        return self._page

    async def read(self, *stores: str) -> list[list[dict[str, Any]]]:
        """Rows of the phone's stores, all read at one instant; the page must be of this walk."""
        page = await self.page()
        if not page.url.startswith(self.line.url):
            await page.goto(f"{self.line.url}/rue/mes-avis", wait_until="commit")
        found: list[list[dict[str, Any]]] = await page.evaluate(READ, list(stores))
        return found

    async def answer_at(self, place: str) -> None:
        """One answer that must succeed."""
        await self._answer(await self.page(), place)

    async def until_empty(self) -> None:
        """Until the phone has let everything go."""
        while (await self.read("outbox"))[0]:
            await (await self.page()).evaluate("dispatchEvent(new Event('online'))")
            await asyncio.sleep(0.2)

    async def resolve_doubts(self) -> None:
        """Where an act was interrupted the screen had told nothing: either word may stand, and the phone says which."""
        rows = await self._mine()
        for key in self._doubt:
            known = self.told.pop(key, None)
            if key in rows:
                self.told[key] = _told(rows[key])
            elif known and key not in self._undoing:
                self.told[key] = known
        self._doubt.clear()
        self._undoing.clear()

    async def _mine(self) -> dict[tuple[int, str], dict[str, Any]]:
        """What the phone says was said; a mark goes by the server's name for it once that is known."""
        (mine,) = await self.read("mine")
        now = {row["id"]: (row["person"], row["place"]) for row in mine}
        self.told = {now.get(told.id, key): told for key, told in self.told.items()}
        return {(row["person"], row["place"]): row for row in mine}

    async def _arrives(self) -> None:
        page = await self.page()
        await page.goto(f"{self.line.url}/rue/?lang=fr", timeout=ARRIVAL_S * 1000)
        if self._chance.random() < 0.9:
            await ready(page)

    async def _weather_changes(self) -> None:
        self.line.weather = self._chance.choices([*_WEATHERS], [*_WEATHERS.values()])[0]
        await asyncio.sleep(self._chance.uniform(0, 0.3))

    async def _waits(self) -> None:
        await asyncio.sleep(self._chance.uniform(0.1, 1.2))

    async def _reloads(self) -> None:
        await (await self.page()).reload(wait_until="domcontentloaded")

    async def _answers(self) -> None:
        await self._answer(await self.page(), self._chance.choice([*DOORS]))

    async def _answers_and_undoes(self) -> bool | None:
        page = await self.page()
        key = await self._answer(page, self._chance.choice([*DOORS]))
        button = page.locator(".saved").get_by_role("button", name="Annuler")
        if not await button.is_visible():
            return False
        self._forget_photos(key)
        self._doubt.add(key)
        self._undoing.add(key)
        await button.click()
        await button.wait_for(state="hidden")
        await self._note(page, key, self.told.get(key))
        return None

    async def _answers_with_a_photo(self) -> bool | None:
        page = await self.page()
        key = await self._answer(page, self._chance.choice([*DOORS]))
        await page.locator("summary", has_text="Ajouter une photo").click()
        buttons = page.locator(".photos__ways, .photos > p:not([role])")
        await buttons.last.wait_for()
        before = await self._others("photo")
        field = page.locator("input[type=file][multiple]")
        if not await field.count():
            return False
        await field.set_input_files([_photo(self._chance)])
        await page.get_by_text("La photo est gardée.").wait_for(state="attached")
        for photo in (await self._others("photo")) - before:
            self.told_others[photo] = "photo"
            self._photos_of.setdefault(key, set()).add(photo)
        return None

    def _forget_photos(self, key: tuple[int, str]) -> None:
        """Who takes an answer back takes its photos back: those that had not left are gone, and rightly."""
        for photo in self._photos_of.pop(key, ()):
            self.told_others.pop(photo, None)

    async def _takes_back(self) -> bool | None:
        page = await self.page()
        await page.goto(f"{self.line.url}/rue/mes-avis")
        cards = page.locator(".card", has=page.get_by_role("button", name="Retirer", exact=True))
        await page.locator("[data-island=mine][data-awake]").wait_for(state="attached")
        await asyncio.sleep(0.2)
        if not await cards.count():
            return False
        card = cards.nth(self._chance.randrange(await cards.count()))
        href = await card.locator("a[href*='/lieux/']").first.get_attribute("href") or ""
        await self._mine()
        here = {key: told.id for key, told in self.told.items() if key[1] == href.rsplit("/", 1)[-1]}
        for key in here:
            self._forget_photos(key)
        self._doubt |= set(here)
        await card.get_by_role("button", name="Retirer", exact=True).click()
        await until(lambda: self._ids(here), lambda ids: ids != set(here.values()))
        await self.resolve_doubts()
        return None

    async def _ids(self, keys: Collection[tuple[int, str]]) -> set[str]:
        (mine,) = await self.read("mine")
        return {row["id"] for row in mine if (row["person"], row["place"]) in keys}

    async def _answers_in_two_tabs(self) -> None:
        here, there = await self.page(), await self._phone.tab()
        places = [self._chance.choice([*DOORS]) for _ in range(2)]
        keys: set[tuple[int, str]] = set()
        try:
            keys |= set(await asyncio.gather(self._answer(here, places[0]), self._answer(there, places[1])))
        finally:
            self._doubt |= keys
            if self._phone.is_alive(there):
                await there.close()
        await self.resolve_doubts()

    async def _marks_and_wishes(self) -> bool | None:
        """« Ici, il manque… »: a mark, and a wish that names it at once. One a walk, since near marks become one."""
        if self.done["marks_and_wishes"] or "spot" in self.told_others.values():
            return False
        page = await self._points("Ici, il manque…")
        await page.get_by_role("button", name="Dire ce qui manque ici").click()
        await page.locator("[data-island=opinion-form][data-awake]").wait_for(state="attached")
        self.told_others |= dict.fromkeys(await self._others("spot"), "spot")
        place, person = page.url.partition("#")[0].rsplit("/", 1)[-1], await page.evaluate(WHO)
        self._doubt.add((person, place))
        await answer(page, "Poissonnerie")
        await page.locator(".saved__what", has_text="poissonnerie").wait_for()
        await self._note(page, (person, place), None)
        return None

    async def _reports(self) -> None:
        before = await self._others("report")
        # Without a number: at a known one the list shows the door instead.
        page = await self._points("Il manque un local vide", "")
        await page.get_by_role("button", name="Le signaler").click()
        await page.locator(".saved", has_text="quelqu’un ira voir").wait_for()
        self.told_others |= dict.fromkeys(await self._others("report") - before, "report")

    async def _points(self, what: str, number: str = "3 bis") -> Page:
        """By street and number: the walks have no basemap."""
        page = await self.page()
        await page.goto(f"{self.line.url}/rue/?autour")
        await page.locator("[data-island=missing][data-awake]").wait_for(state="attached")
        await page.get_by_role("button", name=what).click()
        await page.get_by_text("Rue et numéro").click()
        await page.get_by_label("Rue", exact=True).fill("quai de la fosse")
        await page.get_by_label("Numéro", exact=True).fill(number)
        return page

    async def _others(self, kind: str) -> set[str]:
        """Those of a kind that wait and those that the server has taken."""
        return {row["id"] for rows in await self.read("outbox", "answers") for row in rows if row["kind"] == kind}

    async def _lends_the_phone(self) -> bool | None:
        """After an answer somebody else gives theirs; sometimes they keep the phone a while."""
        page = await self.page()
        await self._answer(page, self._chance.choice([*DOORS]))
        button = page.get_by_role("button", name="Répondre pour quelqu’un d’autre")
        if not await button.is_visible():
            return False
        async with page.expect_navigation():
            await button.click()
        await self._answer(page, self._chance.choice([*DOORS]))
        back = page.get_by_role("button", name="Revenir à moi")
        if self._chance.random() < 0.6 and await back.is_visible():
            async with page.expect_navigation():
                await back.click()
        return None

    async def _says_where_they_live(self) -> bool | None:
        """On « Merci », once: the sheet of the one question, kept as any other sending."""
        page = await self.page()
        await self._answer(page, self._chance.choice([*DOORS]))
        button = page.locator("main .aside").get_by_role("button", name="Répondre", exact=True)
        if not await button.is_visible():
            return False
        await button.click()
        await page.locator("dialog .chip", has_text="J’y travaille").click()
        await page.locator("dialog").get_by_role("button", name="Envoyer").click()
        await page.get_by_text("Merci, c’est enregistré.").wait_for()
        return None

    async def _erases(self) -> bool | None:
        """« Tout effacer »: what was there need not stay, and must be nowhere once the screen has said so."""
        page = await self.page()
        await page.goto(f"{self.line.url}/rue/mes-avis")
        await page.locator("[data-island=mine][data-awake]").wait_for(state="attached")
        await asyncio.sleep(0.2)
        fold = page.locator("summary", has_text="Effacer tout ce qui a été dit sur ce téléphone")
        if not await fold.count():
            return False
        outbox, mine, answers = await self.read("outbox", "mine", "answers")
        self.erasures += 1
        self.erased |= {row["id"] for row in (*outbox, *mine, *answers)} | set(self.line.sent)
        self._doubt |= set(self.told)
        self._undoing |= set(self.told)
        await fold.click()
        await page.get_by_role("button", name="Tout effacer").click()
        await page.locator("main").get_by_text(re.compile("Tout est effacé|rien n’a été effacé")).wait_for()
        if await page.get_by_text("Tout est effacé.").count():
            self.gone |= {row["id"] for row in mine} - {row["id"] for row in outbox if row["attempts"]}
            self.told_others.clear()
            self._photos_of.clear()
        await self.resolve_doubts()
        return None

    async def _agrees_to_an_update(self) -> bool | None:
        page = await self.page()
        await page.goto(f"{self.line.url}/rue/mes-avis")
        await page.evaluate(LOOK_FOR_AN_UPDATE)
        button = page.get_by_role("button", name="Mettre à jour")
        try:
            await button.wait_for(timeout=2500)
        except Error:
            return False
        async with page.expect_navigation():
            await button.click()
        return None

    async def _answer(self, page: Page, place: str) -> tuple[int, str]:
        """Whoever speaks answers; in the end the screen has said that it is kept. Returns person and place."""
        await page.goto(f"{self.line.url}/rue/lieux/{place}")
        form = page.locator("[data-island=opinion-form][data-awake]")
        await form.wait_for(state="attached")
        person: int = await page.evaluate(WHO)
        key, activity = (person, place), self._chance.choice(DOORS[place])
        before = self.told.get(key)
        self._doubt.add(key)
        if before and not before.withdrawn:
            await form.locator("input[name=wishes]:checked").first.wait_for(state="attached")
            await form.evaluate(UNCHECK)
        await answer(page, activity)
        if before and not before.withdrawn:
            await send_wish(page)
        await page.locator(".saved__what", has_text=activity.lower()).wait_for()
        await self._note(page, key, before)
        return key

    async def _note(self, page: Page, key: tuple[int, str], before: Told | None) -> None:
        """What the screen has just told, as the phone keeps it: another sending than before, or none at all."""
        for _ in range(40):
            mine: list[dict[str, Any]] = (await page.evaluate(READ, ["mine"]))[0]
            now = next((_told(row) for row in mine if (row["person"], row["place"]) == key), None)
            if now is None or before is None or now.id != before.id:
                break
            await asyncio.sleep(0.05)
        self.told.pop(key, None)
        if now:
            self.told[key] = now
        self._doubt.discard(key)
        self._undoing.discard(key)


def _photo(chance: Random) -> Any:
    """A small picture, another one each time."""
    body = io.BytesIO()
    colour = (chance.randrange(256), chance.randrange(256), chance.randrange(256))
    Image.new("RGB", (400, 300), colour).save(body, "JPEG")
    return {"name": "IMG_1.jpg", "mimeType": "image/jpeg", "buffer": body.getvalue()}


def _told(row: dict[str, Any]) -> Told:
    opinion = row["opinion"]
    return Told(row["id"], frozenset(opinion.get("wishes", [])), bool(opinion.get("withdraw")))
