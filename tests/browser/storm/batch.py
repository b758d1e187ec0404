"""Several walks in one browser, each on a line of its own; browser, server and version change under them."""

import asyncio
import shutil
import tempfile
from collections.abc import Awaitable, Callable, Coroutine
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from subprocess import Popen
from typing import Any

from playwright.async_api import Browser, Error, Page, Playwright

from devanture.db.pool import Database
from tests.browser.conftest import PHONE, launch, put_out
from tests.browser.storm.checker import Seen, violations
from tests.browser.storm.line import Line
from tests.browser.storm.program import Stored, Versions, stored_of
from tests.browser.storm.walk import HOME_S, Walk
from tests.rig.program import Program
from tests.seed import Seeded

FLAGS = (
    "--accept-lang=fr-FR,fr",
    "--disable-background-timer-throttling", "--disable-backgrounding-occluded-windows",
    "--disable-renderer-backgrounding",
)  # fmt: skip


FAREWELL_S = 10


@dataclass(frozen=True)
class Rig:
    """What all batches share."""

    driver: Playwright
    program: Program
    versions: Versions
    database: Database
    town: Seeded
    length: tuple[int, int] = (6, 11)
    """Fewest and most steps of a walk, besides its arrival."""
    sabotages: tuple["Sabotage", ...] = ()
    """Negative controls, one for each walk of a batch in turn, done after its steps."""


Act = Callable[[], Coroutine[Any, Any, None]]
Sabotage = Callable[[Walk, Rig], Awaitable[None]]


@dataclass
class Verdict:
    """What one walk came to."""

    number: int
    steps: dict[str, int]
    missed: dict[str, int]
    told: int
    sent: int
    faults: int
    kills: int
    faulty: list[str] = field(default_factory=list)


class Pocket:
    """One Chromium on a profile of its own; `kill` is a dead battery, and the next tab finds it charged again."""

    def __init__(self, driver: Playwright) -> None:
        self._driver = driver
        self._profile = Path(tempfile.mkdtemp(prefix="devanture-storm-"))
        self._process: Popen[bytes] | None = None
        self._browser: Browser | None = None
        self._starting = asyncio.Lock()
        self.kills = 0

    async def tab(self) -> Page:
        # A walk that loses patience meanwhile must not leave a browser behind that nobody knows of.
        browser = await asyncio.shield(asyncio.ensure_future(self._charged()))
        page = await browser.contexts[0].new_page()
        await page.set_viewport_size(PHONE["viewport"])
        page.set_default_timeout(6_000)
        return page

    async def _charged(self) -> Browser:
        async with self._starting:
            if self._browser is None or not self._browser.is_connected():
                await self._put_out()
                self._process, port = await asyncio.to_thread(launch, self._profile, FLAGS)
                self._browser = await self._driver.chromium.connect_over_cdp(f"http://127.0.0.1:{port}")
            return self._browser

    def is_alive(self, page: Page) -> bool:
        own = self._browser is not None and page.context.browser is self._browser
        return own and self._browser is not None and self._browser.is_connected() and not page.is_closed()

    async def kill(self) -> None:
        self.kills += 1
        await self._end()

    async def throw_away(self) -> None:
        await self._end()
        shutil.rmtree(self._profile, ignore_errors=True)

    async def _put_out(self) -> None:
        if self._process and self._process.poll() is None:
            await asyncio.to_thread(put_out, self._process)

    async def _end(self) -> None:
        async with self._starting:
            await self._put_out()
            browser, self._browser = self._browser, None
            if browser:
                # Of a browser that was put out nothing more may come, no refusal either.
                with suppress(Error, TimeoutError):
                    await asyncio.wait_for(browser.close(), FAREWELL_S)


async def run_batch(rig: Rig, numbers: list[int], seed: str, kills: int, upheavals: int) -> list[Verdict]:
    """Walk all `numbers` at once; the browser dies `kills` times, server or version change `upheavals` times."""
    chance = Random(f"{seed}/batch/{numbers[0]}")
    pocket = Pocket(rig.driver)
    lines = [_line(rig, index, Random(f"{seed}/line/{number}")) for index, number in enumerate(numbers)]
    walks = [Walk(number, seed, line, pocket, rig.length) for number, line in zip(numbers, lines, strict=True)]
    for line in lines:
        await line.open()
    acts = [pocket.kill] * kills + [_upheaval(rig, chance) for _ in range(upheavals)]
    begun: list[asyncio.Task[None]] = []
    moments = [chance.randint(1, max(1, rig.length[0])) for _ in acts]
    trouble = [
        asyncio.create_task(_amid(walks, steps, chance, act, begun)) for steps, act in zip(moments, acts, strict=True)
    ]
    try:
        verdicts = await asyncio.gather(*(_whole(rig, walk, pocket) for walk in walks))
    finally:
        for task in trouble:
            task.cancel()
        await asyncio.gather(*trouble, return_exceptions=True)
        await asyncio.gather(*begun)
        await pocket.throw_away()
        for line in lines:
            await line.close()
    return list(verdicts)


def _line(rig: Rig, index: int, chance: Random) -> Line:
    """A loopback address each: to the browser they are different sites, with cookies and stores of their own."""
    return Line(f"127.0.77.{index + 1}", rig.program.port, lambda: rig.program.port, chance)


async def _amid(walks: list[Walk], steps: int, chance: Random, act: Act, begun: list[asyncio.Task[None]]) -> None:
    """Once a walk has come so far, and then at no moment in particular."""
    await walks[0].comes_to(steps)
    await asyncio.sleep(chance.uniform(0, 0.8))
    # Begun, it is carried through, even if the walks end meanwhile: a server that was killed is started again.
    begun.append(asyncio.create_task(act()))


def _upheaval(rig: Rig, chance: Random) -> Act:
    async def publish() -> None:
        rig.versions.publish()

    return chance.choice((rig.program.restart, publish, publish))


async def _whole(rig: Rig, walk: Walk, pocket: Pocket) -> Verdict:
    """The walk, one look at it as it stands, then home to the network until nothing waits, and the last look."""
    await walk.run()
    if rig.sabotages:
        await rig.sabotages[walk.number % len(rig.sabotages)](walk, rig)
    faulty = await _checked(rig, walk, pocket.kills, drained=False)
    faulty += await _come_home(walk)
    faulty += await _checked(rig, walk, pocket.kills, drained=not faulty)
    told = len(walk.told) + len(walk.told_others)
    sent, faults = len(walk.line.sent), walk.line.faults
    return Verdict(walk.number, dict(walk.done), dict(walk.missed), told, sent, faults, pocket.kills, faulty)


async def _again(walk: Walk, act: Callable[[], Awaitable[None]]) -> None:
    """Until it succeeds: the browser may be killed under it."""
    for _ in range(20):
        try:
            async with asyncio.timeout(20):
                return await act()
        except (Error, TimeoutError):
            await walk.start_again()
    raise AssertionError(f"walk {walk.number} cannot be looked at")


async def _come_home(walk: Walk) -> list[str]:
    """With a network again, whatever waits must leave by itself."""
    walk.line.weather = "clear"
    end = asyncio.get_running_loop().time() + HOME_S
    left: list[str] = []

    async def look() -> None:
        (queue,) = await walk.read("outbox")
        left[:] = [item["id"] for item in queue if "refusal" not in item]

    async def knock() -> None:
        await (await walk.page()).goto(f"{walk.line.url}/rue/mes-avis", wait_until="domcontentloaded")

    await _again(walk, knock)
    while asyncio.get_running_loop().time() < end:
        await _again(walk, look)
        if not left:
            return []
        await (await walk.page()).evaluate("dispatchEvent(new Event('online'))")
        await asyncio.sleep(0.4)
    return [f"still waiting after {HOME_S:.0f} s with a network: {sending}" for sending in left]


async def _checked(rig: Rig, walk: Walk, deaths: int, drained: bool) -> list[str]:
    """The phone is read before the server: what moves meanwhile is seen at least once."""
    queue: set[str] = set()

    async def look() -> None:
        await walk.resolve_doubts()
        (rows,) = await walk.read("outbox")
        queue.update(row["id"] for row in rows)

    await _again(walk, look)
    line = walk.line
    acknowledged, sent = set(line.acknowledged), dict(line.sent)
    stored: Stored = await stored_of(rig.database, rig.town, sent)
    seen = Seen(
        walk.told, walk.told_others, queue, sent | line.sent, acknowledged,
        stored.journal, stored.current, stored.others, deaths, walk.erasures, walk.erased, walk.gone, drained,
    )  # fmt: skip
    return violations(seen)
