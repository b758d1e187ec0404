"""Everything that goes wrong, each as something to do while forty phones answer."""

import asyncio
import signal
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

import asyncpg

from tests.faults.ground import Disk, data_on, photos_on, wal_on
from tests.faults.rounds import Act, Trouble
from tests.faults.world import World

FULL_S = 2.0
LATE = timedelta(hours=48)
_FAKETIME = "lib/*/faketime/libfaketime.so.1"


async def breathe(trouble: Trouble) -> None:
    """So that blows fall on every moment of a batch."""
    await asyncio.sleep(trouble.chance.uniform(0.1, 0.4))


def app_dies(times: int) -> Act:
    async def act(trouble: Trouble) -> None:
        for _ in range(times):
            await breathe(trouble)
            trouble.back["app"].append(await trouble.world.kill_app())
            trouble.kills["app"] += 1

    return act


def database_dies(postmasters: int, backends: int, workers: int, stops: int) -> Act:
    """In any order: the postmaster by kill -9, one backend, the worker, the immediate stop."""

    async def act(trouble: Trouble) -> None:
        world, chance = trouble.world, trouble.chance
        blows = ["postmaster"] * postmasters + ["backend"] * backends + ["worker"] * workers + ["stop"] * stops
        chance.shuffle(blows)
        for blow in blows:
            await breathe(trouble)
            if blow == "postmaster":
                trouble.back["database"].append(await world.kill_postmaster())
            elif blow == "stop":
                trouble.back["database"].append(await world.kill_postmaster(signal.SIGQUIT))
            elif blow == "backend":
                trouble.back["one backend"].append(await world.kill_backend(chance))
            else:
                await world.kill_worker()
            trouble.kills[blow] += 1

    return act


def told_to_stop(times: int) -> Act:
    async def act(trouble: Trouble) -> None:
        for _ in range(times):
            await breathe(trouble)
            begun = time.monotonic()
            await trouble.world.app.kill(signal.SIGTERM)
            trouble.back["SIGTERM, to its end"].append(time.monotonic() - begun)
            trouble.back["app"].append(await trouble.world.kill_app())
            trouble.notes["SIGTERM"] += 1

    return act


async def quiet(trouble: Trouble) -> None:
    """Nothing but the network goes wrong."""
    await asyncio.sleep(2)


async def locks_and_crowds(trouble: Trouble) -> None:
    """A long lock on what is written, while requests come and go by the hundred and others never end."""
    lines = [asyncio.create_task(_half_open(trouble, n)) for n in range(150)]
    async with trouble.world.superuser() as database, database.transaction():
        await database.execute("LOCK TABLE opinion_current IN ACCESS EXCLUSIVE MODE")
        for _ in range(10):
            await asyncio.gather(*(_asked_and_left(trouble) for _ in range(40)))
            await asyncio.sleep(0.3)
    await asyncio.sleep(0.5)
    for line in lines:
        line.cancel()
    await asyncio.gather(*lines, return_exceptions=True)
    trouble.notes |= {"requests left half-way": 400, "slow and half-open clients": len(lines)}


async def _asked_and_left(trouble: Trouble) -> None:
    """A page that needs the database, whose asker has gone before it is there."""
    with suppress(OSError):
        _, writer = await asyncio.open_connection("127.0.0.1", trouble.world.app.port)
        writer.write(f"GET /{trouble.town.slug}/ HTTP/1.1\r\nHost: a\r\n\r\n".encode())
        await asyncio.sleep(trouble.chance.uniform(0, 0.3))
        writer.transport.abort()


async def _half_open(trouble: Trouble, number: int) -> None:
    """Headers that come a byte at a time, or a body that never does."""
    with suppress(OSError):
        _, writer = await asyncio.open_connection("127.0.0.1", trouble.world.app.port)
        head = f"PUT /api/v1/{trouble.town.slug}/opinions/{number} HTTP/1.1\r\nHost: a\r\n"
        try:
            await _drip(writer, head, number % 2)
        finally:
            writer.transport.abort()


async def _drip(writer: asyncio.StreamWriter, head: str, body: int) -> None:
    if body:
        writer.write(f"{head}Content-Length: 200\r\n\r\n".encode())
    for letter in head:
        writer.write(b" " if body else letter.encode())
        await asyncio.sleep(0.2)


class Full:
    """A disk that is full for a while in the middle of a round."""

    def __init__(self, kind: str) -> None:
        self._kind = kind
        self._disk: Disk | None = None

    @asynccontextmanager
    async def around(self, world: World) -> AsyncIterator[None]:
        on = {"data": data_on, "wal": wal_on, "photos": photos_on}[self._kind]
        async with on(world) as self._disk:
            yield

    async def act(self, trouble: Trouble) -> None:
        assert self._disk
        await asyncio.sleep(1)
        await asyncio.to_thread(self._disk.fill)
        if self._kind == "wal":
            await _use_up(trouble.world)
        await asyncio.sleep(FULL_S)
        await asyncio.to_thread(self._disk.free)
        trouble.notes[f"disk full: {self._kind}"] += 1
        await trouble.world.answers_from_database()
        await asyncio.sleep(0.5)


async def _use_up(world: World) -> None:
    """Segments that lie ready are used first: change to the next until none is left, which stops PostgreSQL."""
    with suppress(asyncpg.PostgresError, asyncpg.InterfaceError, OSError, TimeoutError):
        async with asyncio.timeout(5), world.superuser() as database:
            for number in range(100):
                await database.execute(f"CREATE TABLE t{number} (); SELECT pg_switch_wal(); DROP TABLE t{number}")


def at_once(seconds: float) -> Act:
    """500 opinions of 50 more phones arrive about the instant at which something closes."""

    async def act(trouble: Trouble) -> None:
        begun = asyncio.get_running_loop().time()
        phones = [trouble.phone() for _ in range(50)]
        for phone in phones:
            while not await phone.ask_for_cookie():  # noqa: ASYNC110
                await asyncio.sleep(0.1)
            for _ in range(2):
                await phone.say()
        left = begun + seconds - asyncio.get_running_loop().time()
        await asyncio.sleep(left - 0.4)
        await asyncio.gather(*(phone.flush() for phone in phones))
        trouble.notes["opinions at the instant"] += sum(phone.submitted for phone in phones)

    return act


def wrong_clock(hours: int) -> Act:
    async def act(trouble: Trouble) -> None:
        library = faketime()
        if library is None:
            trouble.notes["skipped: libfaketime is not installed"] += 1
            return
        world = trouble.world
        right = world.app.environ
        world.app.environ = right | {
            "LD_PRELOAD": str(library), "FAKETIME": f"{hours * 3600:+d}", "FAKETIME_DONT_FAKE_MONOTONIC": "1",
            "DONT_FAKE_MONOTONIC": "1",
        }  # fmt: skip
        await world.kill_app(signal.SIGTERM)
        await asyncio.sleep(2)
        world.app.environ = right
        await world.kill_app(signal.SIGTERM)
        await asyncio.sleep(0.5)
        trouble.notes[f"clock {hours:+d} h"] += 1

    return act


def faketime() -> Path | None:
    """Debian's library, where it is installed."""
    return next(Path("/usr").glob(_FAKETIME), None)


def everything(times: int) -> Act:
    """Server, database and worker die at the same time, on the worst of networks."""

    async def act(trouble: Trouble) -> None:
        for _ in range(times):
            await app_dies(1)(trouble)
            await database_dies(1, 1, 1, 0)(trouble)

    return act


def closes_in(seconds: float, before: timedelta = timedelta()) -> Callable[[], datetime]:
    return lambda: datetime.now(UTC) + timedelta(seconds=seconds) - before
