"""A round: forty phones answer in a town of their own, something goes wrong, and everything is counted afterwards."""

import asyncio
import time
from collections import Counter, defaultdict
from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager, nullcontext
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from typing import Any
from uuid import UUID

from devanture.db.pool import Database
from devanture.errors import Busy
from devanture.processes.service import find_process
from devanture.releases.service import latest, release
from tests.answers import areas_of
from tests.faults import journal
from tests.faults.checker import Broken, Ground, broken_promises, told_by_logs
from tests.faults.journal import Journal
from tests.faults.phone import Habits, Phone
from tests.faults.proxy import Proxy
from tests.faults.sendings import MARKER
from tests.faults.stored import read_stored
from tests.faults.world import PATIENCE, World
from tests.seed import ACTIVITIES, Seeded, Town, place_row, seed

PHONES = 40
SLOWER = 4
STREET = [place_row(f"P{n}", north_m=n * 97, number=str(n)) for n in range(14)]
RARE = STREET[-1].ref
GROUND = Ground(areas_of(STREET), {one.code: one.family for one in ACTIVITIES})


@dataclass
class Trouble:
    """What a scenario may do, and what it has done."""

    world: World
    town: Seeded
    chance: Random
    folder: Path
    port: int
    habits: Habits
    kills: Counter[str] = field(default_factory=Counter)
    back: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    phones: list[Phone] = field(default_factory=list)
    notes: Counter[str] = field(default_factory=Counter)

    def phone(self) -> Phone:
        """One more, with a file of its own."""
        number = len(self.phones)
        kept = Journal(self.folder / f"{number}.jsonl")
        phone = Phone(number, Random(self.chance.random()), kept, self.port, self.town.slug, self.habits)
        self.phones.append(phone)
        return phone

    @property
    def submitted(self) -> int:
        return sum(phone.submitted for phone in self.phones)


Act = Callable[[Trouble], Awaitable[None]]


@dataclass(frozen=True)
class Scenario:
    """What goes wrong; `around` lasts from before the first answer until after the last check."""

    name: str
    act: Act
    opinions: int = 0
    badness: float = 0.05
    habits: Habits = field(default_factory=lambda: Habits([]))
    around: Callable[[World], AbstractAsyncContextManager[Any]] = lambda _: nullcontext()
    closes_at: Callable[[], datetime] | None = None
    release: Callable[[World, str], Awaitable[None]] | None = None
    """How figures are made; by the program's own function where none is given."""


@dataclass
class Verdict:
    """One row of the log."""

    scenario: str
    opinions: int
    kills: dict[str, int]
    back: dict[str, list[float]]
    heard: dict[str, int]
    network: dict[str, int]
    notes: dict[str, int]
    broken: dict[str, int]
    first: list[str]
    """The first of what is broken, in words."""
    seconds: float


async def run_round(world: World, scenario: Scenario, name: str, chance: Random) -> Verdict:
    begun = time.monotonic()
    async with scenario.around(world):
        town = await plant(world, name, scenario)
        folder = world.folder / "journals" / name
        folder.mkdir(parents=True)
        habits = replace(scenario.habits, doors=[place.ref for place in STREET[:-1]], rare=RARE, heard=Counter())
        proxy = Proxy(world.app.port, Random(chance.random()), scenario.badness)
        await proxy.open()
        trouble = Trouble(world, town, chance, folder, proxy.port, habits)
        try:
            waiting = await _live(trouble, scenario, proxy)
            broken = await checked(trouble, scenario, waiting)
        finally:
            await proxy.close()
    return Verdict(
        scenario.name, trouble.submitted, dict(trouble.kills), dict(trouble.back), dict(habits.heard), dict(proxy.met),
        dict(trouble.notes), dict(Counter(one.promise for one in broken)),
        [f"{one.promise}: {one.seen}" for one in broken[:20]], time.monotonic() - begun,
    )  # fmt: skip


async def plant(world: World, name: str, scenario: Scenario) -> Seeded:
    database = Database(world.settings_for_reading().database)
    await database.open()
    try:
        town = Town().but(slug=name, organisation=name, places=STREET)
        if scenario.closes_at:
            town = town.but(closes_at=scenario.closes_at())
        return await seed(database, world.settings, town)
    finally:
        await database.close()


async def _live(trouble: Trouble, scenario: Scenario, proxy: Proxy) -> list[str]:
    """The phones live until the scenario is over and enough was said; then home, to a good network."""
    over = asyncio.Event()
    lives = [asyncio.create_task(trouble.phone().live(over)) for _ in range(PHONES)]
    calm = asyncio.create_task(_calm_down(trouble, scenario))
    try:
        await scenario.act(trouble)
        while trouble.submitted < scenario.opinions and not any(life.done() for life in lives):  # noqa: ASYNC110
            await asyncio.sleep(0.05)
    except BaseException:
        # Stopped by hand, or by a fault of the rig: nobody waits for what the phones still have to say.
        for life in lives:
            life.cancel()
        await asyncio.wait(lives)
        raise
    finally:
        calm.cancel()
    over.set()
    await asyncio.gather(*lives)
    proxy.badness = 0
    await trouble.world.answers_from_database()
    return [one for left in await asyncio.gather(*(phone.come_home() for phone in trouble.phones)) for one in left]


async def _calm_down(trouble: Trouble, scenario: Scenario) -> None:
    """Once enough was said people go on more slowly, so that a machine which takes long over its kills is spared."""
    while trouble.submitted < scenario.opinions:  # noqa: ASYNC110  phones are not told what is waited for
        await asyncio.sleep(0.1)
    if scenario.opinions:
        trouble.habits.pause *= SLOWER


async def checked(trouble: Trouble, scenario: Scenario, waiting: list[str]) -> list[Broken]:
    world, town = trouble.world, trouble.town
    lines = await asyncio.to_thread(lambda: [*journal.read(trouble.folder)])
    database = Database(world.settings_for_reading().database)
    await database.open()
    try:
        if scenario.release:
            await scenario.release(world, town.slug)
        releases = await _release(database, town, made=scenario.release is not None)
        stored = await read_stored(world.cluster, database, town, world.photos, releases)
    finally:
        await database.close()
    trouble.notes["set aside by a rule"] += len(stored.aside)
    broken = [Broken("still waiting with a good network", one) for one in waiting]
    broken += broken_promises(lines, waiting, stored, GROUND)
    return broken + await asyncio.to_thread(lambda: told_by_logs(world.told(), lines, MARKER))


async def _release(database: Database, town: Seeded, made: bool) -> tuple[UUID, UUID]:
    """Desk's and public's; the worker may be making one at this moment."""
    process = await find_process(database, town.slug)
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        try:
            if not made:
                desk, public = await release(database, process, datetime.now(UTC))
                return desk.id, public.id
            found = [await latest(database, process, scope) for scope in ("desk", "public")]
            return found[0].id, found[1].id  # type: ignore[union-attr]
        except Busy:
            await asyncio.sleep(0.1)
    raise AssertionError("no release could be made")
