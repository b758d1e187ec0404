"""The film strip of the walk, and the pictures of the README, taken from a running demonstration.

./devanture demo --port 8000          (in one terminal)
.venv/bin/python -m tests.browser.film http://127.0.0.1:8000 --out docs/film

Writes one small WebP for each frame and `film.md` beside the folder, one line each. A frame that cannot be taken is
named at the end, and the others are taken all the same. It answers at some doors: take it from a demonstration, never
from a town. `--only round,dark` takes those frames alone.
"""

import argparse
import asyncio
import io
import sys
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

from PIL import Image
from playwright.async_api import Browser, BrowserContext, Error, Geolocation, Page, async_playwright

from tests.browser.conftest import CHROMIUM, FLAGS, PHONE
from tests.browser.phone import answer, ready

IPHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
    "Version/18.5 Mobile/15E148 Safari/604.1"
)
SMALL: dict[str, Any] = {**PHONE, "device_scale_factor": 1.5}
WIDE: dict[str, Any] = {"viewport": {"width": 1240, "height": 840}, "locale": "fr-FR"}
DRAWN_MS = 9000
"""What the live map takes where a processor stands in for the graphics card."""


@dataclass
class Camera:
    """One phone, and where its pictures go."""

    context: BrowserContext
    page: Page
    base: str
    out: Path
    taken: list[str]

    async def go(self, path: str) -> None:
        await self.page.goto(f"{self.base}/nantes/{path}", wait_until="load")
        await self.page.evaluate("document.fonts.ready.then(() => true)")

    async def keep(self, name: str, wait_ms: int = 700) -> None:
        await self.page.wait_for_timeout(wait_ms)
        shot = Image.open(io.BytesIO(await self.page.screenshot())).convert("RGB")
        await asyncio.to_thread(shot.save, self.out / f"{name}.webp", quality=82, method=6)
        self.taken.append(name)



@dataclass(frozen=True)
class Street:
    """What the frames need to know of the demonstration, read from its own pack."""

    door: dict[str, Any]
    opening: dict[str, Any]
    stale: dict[str, Any]
    short: list[dict[str, Any]]


async def read_street(context: BrowserContext, base: str) -> Street:
    """A door with many answers, one that opens at the next, one not seen for long, and a round of two doors."""
    pack = await (await context.request.get(f"{base}/api/v1/nantes/pack")).json()
    doors = [place for place in pack["places"] if place["kind"] == "premises" and place["state"] == "vacant"]
    rounds: dict[str, list[dict[str, Any]]] = {}
    for door in doors:
        rounds.setdefault(door["round"] or "", []).append(door)
    return Street(
        door=max(doors, key=lambda door: door["participants"]),
        opening=min(doors, key=lambda door: (door["participants"] < 4, door["participants"])),
        stale=next(door for door in doors if door["stale"]),
        short=min((doors for name, doors in rounds.items() if name and len(doors) > 1), key=len),
    )


async def first_visit(camera: Camera, street: Street) -> None:
    await camera.go("")
    await camera.keep("arrival")
    await camera.go("?autour")
    await ready(camera.page)
    await camera.keep("walk")
    await camera.page.locator(".walk__list .street").first.evaluate("(e) => e.scrollIntoView()")
    await camera.keep("list")


async def finding(camera: Camera, street: Street) -> None:
    page = camera.page
    await camera.go("?autour")
    await ready(page)
    await page.locator(".finder [type=search]").fill("crebilon")
    await page.locator(".found").first.wait_for()
    await camera.keep("search")
    await page.locator(".finder [type=search]").fill("")
    await page.locator("[data-locate]").click()
    await page.locator(".doors").wait_for()
    await page.locator(".finder").evaluate("(e) => e.scrollIntoView()")
    await camera.keep("near")


async def live_map(camera: Camera, street: Street) -> None:
    await camera.go("?autour")
    await ready(camera.page)
    await camera.page.locator("[data-open-map]").click()
    await camera.page.locator(".mapsheet").wait_for()
    await camera.keep("map", DRAWN_MS)


async def one_door(camera: Camera, street: Street) -> None:
    page = camera.page
    await camera.go(f"lieux/{street.door['ref']}")
    await camera.keep("door")
    await page.locator(".ask h2").first.evaluate("(e) => e.scrollIntoView()")
    await page.locator(".family summary").first.click()
    await camera.keep("families")
    await page.locator(".ask [type=search]").first.fill("pain")
    await camera.keep("synonyms")
    await camera.go(f"lieux/{street.door['ref']}")
    await answer(page, "Poissonnerie")
    await page.locator(".saved").wait_for()
    await camera.keep("thanks", 1500)
    await page.locator(".next").first.evaluate("(e) => e.scrollIntoView({ block: 'center' })")
    await camera.keep("next")
    await page.locator(".pair").first.evaluate("(e) => e.scrollIntoView({ block: 'start' })")
    await camera.keep("after")
    await page.get_by_role("button", name="Annuler").click()
    await page.evaluate("scrollTo(0, 0)")
    await camera.keep("undone", 1000)


async def fifth_answer(camera: Camera, street: Street) -> None:
    """At a door that four have answered; then at a spot that nobody has marked before."""
    await camera.go(f"lieux/{street.opening['ref']}")
    await answer(camera.page, "Épicerie, supérette")
    await camera.page.locator(".saved").wait_for()
    await camera.keep("fifth", 1500)
    here = {"v": 1, "lon": street.opening["lon"] - 0.0006, "lat": street.opening["lat"] + 0.0004}
    marked = await camera.context.request.put(f"{camera.base}/api/v1/nantes/spots/{uuid4()}", data=here)
    await camera.go(f"lieux/{(await marked.json())['place']}")
    await answer(camera.page, "Épicerie, supérette")
    await camera.page.locator(".saved").wait_for()
    await camera.keep("waiting", 1500)


async def second_door(camera: Camera, street: Street) -> None:
    """From the second door on, the same wish is one tap."""
    page = camera.page
    await camera.go(f"lieux/{street.short[0]['ref']}")
    await answer(page, "Poissonnerie")
    await page.locator(".saved").wait_for()
    await camera.go(f"lieux/{street.short[1]['ref']}")
    await camera.keep("same")
    await answer(page, "Poissonnerie")
    await page.locator(".saved").wait_for()
    await page.wait_for_timeout(1500)
    for door in street.short[2:]:
        await camera.go(f"lieux/{door['ref']}")
        await answer(page, "Poissonnerie")
        await page.locator(".saved").wait_for()
    await camera.go("mes-avis")
    await page.locator(".card").first.wait_for()
    await camera.keep("mine", 1500)
    await camera.go(f"tournee?rue={street.short[0]['round']}")
    await camera.keep("finished", 1500)
    await camera.go(f"tournee?rue={street.door['round']}")
    await camera.keep("round", 1500)


async def still_vacant(camera: Camera, street: Street) -> None:
    await camera.go(f"lieux/{street.stale['ref']}")
    await camera.keep("stale")


async def missing(camera: Camera, street: Street) -> None:
    await camera.go("?autour")
    await ready(camera.page)
    await camera.page.locator("[data-missing=spot]").click()
    await camera.page.locator(".pointing__where:not(:empty)").wait_for()
    await camera.keep("spot", DRAWN_MS)


async def without_network(camera: Camera, street: Street) -> None:
    page = camera.page
    await camera.go("?autour")
    await ready(page)
    await camera.context.set_offline(True)
    await camera.go(f"lieux/{street.door['ref']}")
    await answer(page, "Librairie")
    await page.locator(".saved").wait_for()
    await camera.keep("offline", 1500)
    await camera.context.set_offline(False)


async def at_home(camera: Camera, street: Street) -> None:
    """What may come after, and what never must: who one is, being told, the figures."""
    await camera.go("vous")
    await camera.keep("residence")
    await camera.go(f"lieux/{street.door['ref']}/suivre")
    await camera.keep("follow")
    await camera.go("resultats")
    await camera.keep("results")


async def dark(camera: Camera, street: Street) -> None:
    await camera.go("?autour")
    await camera.keep("dark-walk")
    await camera.go(f"lieux/{street.door['ref']}")
    await camera.keep("dark-door")


async def large_text(camera: Camera, street: Street) -> None:
    for name, path in {"large-walk": "?autour", "large-door": f"lieux/{street.door['ref']}"}.items():
        await camera.go(path)
        await camera.page.evaluate("document.documentElement.style.fontSize = '212.5%'")
        await camera.keep(name)


async def english(camera: Camera, street: Street) -> None:
    await camera.go(f"lieux/{street.door['ref']}?lang=en")
    await camera.keep("english")


async def iphone(camera: Camera, street: Street) -> None:
    await camera.go("?autour")
    await ready(camera.page)
    # What stands far down the list is loaded once one comes near it.
    await camera.page.locator(".walk__keep").evaluate("(e) => e.scrollIntoView()")
    card = camera.page.locator(".install")
    await card.wait_for()
    await card.evaluate("(e) => e.scrollIntoView({ block: 'center' })")
    await camera.keep("iphone")


async def narrow(camera: Camera, street: Street) -> None:
    await camera.go(f"lieux/{street.door['ref']}")
    await camera.keep("narrow")


async def desk_size(camera: Camera, street: Street) -> None:
    await camera.go("?autour")
    await camera.keep("wide", DRAWN_MS)
    await camera.go("resultats?activity=fishmonger")
    await camera.page.wait_for_load_state("networkidle")
    await camera.keep("heat", DRAWN_MS)


@dataclass(frozen=True)
class Scene:
    """One phone's part of the strip: what is done, on which phone, and the line of each frame it takes."""

    play: Callable[[Camera, Street], Awaitable[None]]
    frames: dict[str, str]
    phone: dict[str, Any]
    standing: bool = False


def scene(play: Callable[[Camera, Street], Awaitable[None]], frames: dict[str, str], **phone: Any) -> Scene:
    standing = phone.pop("standing", False)
    return Scene(play, frames, {**SMALL, **phone}, standing)


STRIP = [
    scene(first_visit, {
        "arrival": "A first visit by link: who asks, who decides, until when, what is not open to change.",
        "walk": "« Autour de moi »: the drawn map, and the doors below it.",
        "list": "The list by street: the numbers of doors are the loudest thing in it."}),
    scene(finding, {
        "search": "Without a position: a street is found though it is misspelt.",
        "near": "With one, asked for by a tap: which door is meant is asked, never guessed."}, standing=True),
    scene(live_map, {"map": "The live map, loaded on a tap."}),
    scene(one_door, {
        "door": "One door: who decides, then one question.",
        "families": "A family opened: its activities in alphabetical order.",
        "synonyms": "« pain » finds the bakery.",
        "thanks": "Two taps later: kept, with ten seconds to undo, and what others asked for here.",
        "next": "The next door by itself, in walking order.",
        "after": "What may follow: more words, a photo, being told, inviting, one question about oneself, the receipt.",
        "undone": "Undone."}),
    scene(fifth_answer, {
        "fifth": "The fifth answer opens a place's figures, at the next publication.",
        "waiting": "Where fewer than five people have answered, nothing of their choices is shown."}),
    scene(second_door, {
        "same": "From the second door on, the same wish is one tap.",
        "mine": "« Mes avis »: every answer can be changed, taken back, taken along.",
        "finished": "A street is a round, and a round has an end.",
        "round": "« Ma tournée »: up one side, back down the other."}),
    scene(still_vacant, {"stale": "A vacancy that nobody has seen for half a year: first, is it still one?"}),
    scene(missing, {"spot": "« Ici, il manque… »: a wish where no door is vacant."}),
    scene(without_network, {"offline": "Without a network: kept on the phone, and it says so."}),
    scene(iphone, {"iphone": "How to keep it on the home screen of an iPhone."}, user_agent=IPHONE),
    scene(at_home, {
        "residence": "One question about oneself, once, which can be skipped.",
        "follow": "Being told what becomes of a door, without an account.",
        "results": "The results: figures of five people and more, and the method."}),
    scene(dark, {"dark-walk": "In the dark: the list.", "dark-door": "In the dark: a door."}, color_scheme="dark"),
    scene(large_text, {"large-walk": "Text at 200 %: the list.", "large-door": "Text at 200 %: a door."}),
    scene(narrow, {"narrow": "On a screen of 320 px."}, viewport={"width": 320, "height": 640}),
    scene(english, {"english": "In English."}),
    scene(desk_size, {"wide": "On a wide screen the map stands beside the list.",
                      "heat": "Where fishmongers are asked for, on a wide screen."},
          viewport=WIDE["viewport"], device_scale_factor=1, has_touch=False),
]  # fmt: skip


async def shoot(chromium: Browser, base: str, out: Path, part: Scene) -> list[str]:
    """Play one scene on a phone of its own; gives what went wrong."""
    context = await chromium.new_context(**part.phone)
    page = await context.new_page()
    camera = Camera(context, page, base, out, [])
    try:
        street = await read_street(context, base)
        if part.standing:
            here = Geolocation(longitude=street.door["lon"] + 0.0001, latitude=street.door["lat"], accuracy=25)
            await context.grant_permissions(["geolocation"])
            await context.set_geolocation(here)
        await part.play(camera, street)
    except (Error, AssertionError) as error:
        first = str(error).splitlines()[0]
        missed = [name for name in part.frames if name not in camera.taken]
        return [f"{', '.join(missed)}: {first}"]
    finally:
        await context.close()
    return []


async def film(base: str, out: Path, only: set[str]) -> list[str]:
    chosen = [part for part in STRIP if not only or only & part.frames.keys()]
    faults = []
    async with async_playwright() as driver:
        chromium = await driver.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        for part in chosen:
            print(f"{part.play.__name__} …", flush=True)
            faults += await shoot(chromium, base, out, part)
        await chromium.close()
    return faults


def write_page(out: Path) -> None:
    """The strip as a page beside its folder: one frame, one line; a frame that is not there yet has none."""
    taken = "Taken by `python -m tests.browser.film` from the demonstration; its premises and answers are invented."
    lines = ["# The walk, frame by frame", "", taken, ""]
    for part in STRIP:
        for name, line in part.frames.items():
            if (out / f"{name}.webp").exists():
                lines += [f"**{line}**", "", f"![{line}]({out.name}/{name}.webp)", ""]
    out.with_suffix(".md").write_text("\n".join(lines))


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("url")
    parser.add_argument("--out", type=Path, default=Path(__file__).parents[2] / "docs" / "film")
    parser.add_argument("--only", default="", help="names of frames, separated by commas")
    asked = parser.parse_args()
    only = {name for name in asked.only.split(",") if name}
    asked.out.mkdir(parents=True, exist_ok=True)
    faults = asyncio.run(film(asked.url.rstrip("/"), asked.out, only))
    write_page(asked.out)
    for fault in faults:
        print(f"NOT TAKEN {fault}")
    return int(bool(faults))


if __name__ == "__main__":
    sys.exit(main())
