"""Ten negative controls: each breaks one promise on purpose, and the checker must say which."""

import asyncio
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager, nullcontext
from dataclasses import dataclass
from random import Random
from typing import Any

from tests.faults.phone import Habits
from tests.faults.rounds import Act, Scenario, Trouble, Verdict, run_round
from tests.faults.world import PATIENCE, World

_LOCK = "LOCK TABLE opinion_current IN ACCESS EXCLUSIVE MODE"
UNIQUE = ("opinion_journal", "intake", "leaf")
Around = Callable[[World], AbstractAsyncContextManager[Any]]


@dataclass(frozen=True)
class Control:
    """`promise` is what the checker must find broken."""

    name: str
    promise: str
    act: Act
    habits: Habits
    around: Around = lambda _: nullcontext()
    badness: float = 0.0
    release: str = ""


def with_part(part: str) -> Around:
    """The server in whose program this part is broken stands in the place of the sound one."""

    @asynccontextmanager
    async def around(world: World) -> AsyncIterator[None]:
        sound = world.app
        await sound.kill()
        world.app = world.program(("tests.faults.broken", part, "serve"))
        try:
            await world.app.start()
            yield
        finally:
            await world.app.kill()
            world.app = sound
            await sound.start()

    return around


def with_database(before: str, after: str) -> Around:
    """The database changed for the time of the round."""

    @asynccontextmanager
    async def around(world: World) -> AsyncIterator[None]:
        async with world.superuser() as database:
            await database.execute(before)
        yield
        async with world.superuser() as database:
            await database.execute(after)

    return around


async def killed(trouble: Trouble) -> None:
    await _heard(trouble, 100)
    await trouble.world.kill_app()


async def locked(trouble: Trouble) -> None:
    """Longer than the program waits for a lock: whoever hears « stored » meanwhile, heard it for nothing."""
    await _heard(trouble, 50)
    async with trouble.world.superuser() as database, database.transaction():
        await database.execute(_LOCK)
        # Eighty may have been stored just before the lock, with their answers on the way.
        await _heard(trouble, trouble.habits.heard["201"] + 120)


async def while_it_lasts(trouble: Trouble) -> None:
    await _heard(trouble, 150)
    await asyncio.sleep(1)


async def _heard(trouble: Trouble, stored: int) -> None:
    """Until the phones were told « stored » so many times, for nothing is shown by a machine too slow to begin."""
    async with asyncio.timeout(PATIENCE):
        while trouble.habits.heard["201"] < stored:  # noqa: ASYNC110  phones are not told what is waited for
            await asyncio.sleep(0.02)


_DROP_KEYS = f"""DO $$ DECLARE key record; BEGIN
    FOR key IN SELECT conname, conrelid::regclass AS of FROM pg_constraint
                WHERE contype = 'p' AND conrelid::regclass::text = ANY ('{{{",".join(UNIQUE)}}}') LOOP
        EXECUTE format('ALTER TABLE %s DROP CONSTRAINT %I', key.of, key.conname);
    END LOOP; END $$"""
_CALM, _AGAIN = Habits([], forms=0), Habits([], forms=0, again=0.5)
_RLS = "ALTER TABLE opinion_journal {} ROW LEVEL SECURITY"
CONTROLS = (
    Control("answer before commit", "acknowledged, not stored", killed, _CALM, with_part("answer_before_commit")),
    Control("order by arrival", "not the latest word", while_it_lasts, _CALM, with_part("order_by_arrival")),
    Control(
        "client deletes before the answer", "told to be kept, nowhere", while_it_lasts,
        Habits([], lets_go="before the answer"), badness=0.6,
    ),
    Control(
        "client deletes on any error but 400", "told to be kept, nowhere", while_it_lasts,
        Habits([], lets_go="on any error but 400"), badness=0.6,
    ),
    Control("no test of seq at the update", "not the latest word", while_it_lasts, _CALM, with_part("no_test_of_seq")),
    Control("swallowed 503", "acknowledged, not stored", locked, _CALM, with_part("swallowed_503")),
    Control("threshold bypassed", "figures of too few", while_it_lasts, _CALM, release="threshold_bypassed"),
    Control(
        "metadata kept", "photo with metadata", while_it_lasts, Habits([], photos=0.3), with_part("metadata_kept")
    ),
    Control(
        "row-level security off", "seen by strangers", while_it_lasts, _CALM,
        with_database(_RLS.format("DISABLE"), _RLS.format("ENABLE")),
    ),
    # The last one: its rows would not let the keys come back.
    Control("no unique key", "not one row per id", while_it_lasts, _AGAIN, with_database(_DROP_KEYS, "SELECT 1")),
)  # fmt: skip


async def seen_by_checker(world: World, seed: str) -> dict[str, Verdict]:
    """One small round under each control."""
    found = {}
    for number, control in enumerate(CONTROLS):
        chance = Random(f"{seed}/control/{number}")
        found[control.name] = verdict = await run_round(world, _scenario(control), f"c{number}", chance)
        seen = f"{verdict.broken.get(control.promise, 0)} × {control.promise}"
        print(f"control: {control.name}: {seen}, in {verdict.seconds:.0f} s", flush=True)
    return found


def unseen(verdicts: dict[str, Verdict]) -> list[str]:
    """The controls at which the checker did not say what was broken."""
    return [one.name for one in CONTROLS if not verdicts[one.name].broken.get(one.promise)]


def _scenario(control: Control) -> Scenario:
    async def release(world: World, slug: str) -> None:
        words = [sys.executable, "-m", "tests.faults.broken", control.release, "release", slug]
        process = await asyncio.create_subprocess_exec(
            *words, env=world.app.environ, stdout=asyncio.subprocess.DEVNULL
        )
        assert await process.wait() == 0

    made = release if control.release else None
    return Scenario(
        f"control: {control.name}", control.act, 0, control.badness, control.habits, control.around, release=made
    )
