"""What a person does on the phone, in words that the tests share."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from typing import TypeVar

from playwright.async_api import BrowserContext, Locator, Page

WAIT_S = 30.0
T = TypeVar("T")


async def answer(page: Page, activity: str) -> None:
    """Open the family that holds the activity, then tap it: at a place without an answer, that sends it."""
    await (await _shown(page, activity)).click()


async def choose(page: Page, activity: str) -> None:
    """Choose with the keys, which send nothing."""
    await (await _shown(page, activity)).locator("input").press("Space")


async def _shown(page: Page, activity: str) -> Locator:
    chip = page.locator(".chip", has_text=activity).first
    if not await chip.is_visible():
        await page.locator("details", has=page.locator(f".chip:has-text('{activity}')")).last.locator("summary").click()
    return chip


async def send_wish(page: Page) -> None:
    await page.get_by_role("button", name="Envoyer mon souhait").click()


async def press_at(page: Page, name: str, key: str = "Enter") -> None:
    """By the keys alone: Tab on until what holds the focus is called so, then press."""
    for _ in range(90):
        await page.keyboard.press("Tab")
        if name in await page.evaluate(FOCUSED):
            return await page.keyboard.press(key)
    raise AssertionError(f"the keys do not reach « {name} »")


FOCUSED = """(() => {
  const at = document.activeElement;
  if (!at.matches("a, button, summary, input, textarea, select")) return "";
  return [at.ariaLabel, at.textContent, at.closest("label")?.textContent].join(" ").replaceAll(/\\s+/g, " ");
})()"""


async def ready(page: Page) -> None:
    """The page's code is awake, its service worker in charge and the pack kept: a walk may go on offline."""
    await until(lambda: page.evaluate("navigator.serviceWorker.controller !== null"), bool)
    await until(lambda: kept(page, "packs"), lambda packs: packs == 1)


async def take_off(phone: BrowserContext, page: Page) -> None:
    """A first visit to the walk, everything kept that it keeps by itself, then flight mode."""
    await page.goto("/rue/?autour")
    await ready(page)
    await phone.set_offline(True)


async def kept(page: Page, store: str) -> int:
    """How many rows a store of the phone holds."""
    count: int = await page.evaluate(
        """(store) => new Promise((resolve, reject) => {
             const asked = indexedDB.open("devanture");
             asked.onerror = () => reject(asked.error);
             asked.onsuccess = () => {
               const db = asked.result;
               if (!db.objectStoreNames.contains(store)) { db.close(); resolve(0); return; }
               const counted = db.transaction(store).objectStore(store).count();
               counted.onsuccess = () => { db.close(); resolve(counted.result); };
             };
           })""",
        store,
    )
    return count


async def until(look: Callable[[], Awaitable[T]], fits: Callable[[T], bool]) -> T:
    """Look again until it fits, for `WAIT_S` seconds; returns the last thing seen, which fits."""
    patience = time.monotonic() + WAIT_S
    while not fits(seen := await look()):
        if time.monotonic() > patience:
            raise AssertionError(f"still {seen!r} after {WAIT_S} s")
        await asyncio.sleep(0.1)
    return seen
