"""One machine: database, worker and server in processes of their own, each of which may be killed."""

import asyncio
import os
import signal
import sys
import time
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import replace
from pathlib import Path
from random import Random

import asyncpg

from devanture.db.cluster import DATABASE, Cluster
from devanture.db.migrate import migrate
from devanture.settings import Settings, read_settings
from tests.conftest import ROOT
from tests.faults.wire import Cut, Wire
from tests.rig.home import environ_of, own_folder
from tests.rig.program import SERVE, Program, begin, end
from tests.seed import stand_in_build

PATIENCE = 180.0
_BACKENDS = "SELECT pid FROM pg_stat_activity WHERE usename = 'devanture_app' AND pid <> pg_backend_pid()"


class World:
    """Times are seconds from the blow until it answers again."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.cluster = folder, Cluster(folder / "pg")
        self.logs = folder / "logs"
        data, dist = folder / "data", stand_in_build(folder / "dist")
        for made in (self.logs, data):
            made.mkdir()
        self.environ = environ_of(self.cluster, data, dist) | {"DEVANTURE_TRUSTED_PROXIES": "127.0.0.0/8"}
        self.settings: Settings = read_settings(self.environ)
        self.app = self.program(SERVE)
        self._keeper: asyncio.subprocess.Process | None = None
        self._worker: asyncio.subprocess.Process | None = None

    def program(self, words: tuple[str, ...], environ: Mapping[str, str] | None = None) -> Program:
        """Another server on the same database."""
        return Program(self.environ | dict(environ or {}), words, self.logs / "app.log")

    @property
    def photos(self) -> Path:
        return self.settings.data / "photos"

    async def start(self) -> None:
        keeper = [sys.executable, "-m", "tests.faults.keeper", str(self.folder / "pg")]
        environ, pipe = {**os.environ, "PYTHONPATH": f"{ROOT / 'server'}:{ROOT}"}, asyncio.subprocess.PIPE
        self._keeper = await asyncio.create_subprocess_exec(
            *keeper, env=environ, stdin=pipe, stdout=pipe, start_new_session=True
        )
        await self._keeper_says("up")
        await asyncio.to_thread(migrate, self.settings)
        await self.app.start()
        await self.start_worker()

    async def stop(self) -> None:
        await self.app.kill()
        await end(self._worker, signal.SIGKILL)
        if self._keeper and self._keeper.stdin:
            self._keeper.stdin.close()
            await self._keeper.wait()

    async def start_worker(self) -> None:
        self._worker = await begin(self.environ, ("devanture", "worker"), self.logs / "worker.log")

    async def kill_worker(self) -> None:
        await end(self._worker, signal.SIGKILL)
        await self.start_worker()

    async def kill_app(self, how: signal.Signals = signal.SIGKILL) -> float:
        """From its end, as a service manager sees it, until it answers."""
        await self.app.kill(how)
        begun = time.monotonic()
        await self.app.start()
        await answers(self.app.port, "/healthz")
        return time.monotonic() - begun

    async def kill_postmaster(self, how: signal.Signals = signal.SIGKILL) -> float:
        """SIGQUIT is PostgreSQL's immediate stop. Until the server can use the database again."""
        begun, postmaster = time.monotonic(), self.cluster.layout.server_pid()
        _signal(postmaster, how)
        while self.cluster.layout.server_pid() == postmaster:  # noqa: ASYNC110  another process ends
            await asyncio.sleep(0.005)
        await self.answers_from_database()
        return time.monotonic() - begun

    async def kill_backend(self, chance: Random) -> float:
        """One process of the database that serves the program: PostgreSQL then starts all of them anew."""
        async with self.superuser() as connection:
            pids = [row["pid"] for row in await connection.fetch(_BACKENDS)]
        begun = time.monotonic()
        if pids:
            _signal(chance.choice(pids), signal.SIGKILL)
        await self.answers_from_database()
        return time.monotonic() - begun

    async def hold(self) -> None:
        """Stop the database in good order, and leave it."""
        await self._tell("hold")
        await self._keeper_says("held")

    async def go(self) -> None:
        await self._tell("go")
        await self._keeper_says("up")
        await self.answers_from_database()

    async def answers_from_database(self) -> None:
        await answers(self.app.port, "/readyz")

    @asynccontextmanager
    async def superuser(self) -> AsyncIterator["asyncpg.Connection[asyncpg.Record]"]:
        connection = await _until_connected(self.cluster.superuser_dsn(DATABASE))
        try:
            yield connection
        finally:
            await connection.close(timeout=1)

    def told(self) -> dict[str, str]:
        """Every log by name."""
        files = {path.name: path for path in (*self.logs.glob("*.log"), self.cluster.layout.log)}
        return {name: path.read_text(errors="replace") for name, path in files.items()}

    def settings_for_reading(self) -> Settings:
        """Patient ones, for the checker alone."""
        return replace(self.settings, database=replace(self.settings.database, statement_seconds=120, pool_size=2))

    async def _tell(self, word: str) -> None:
        assert self._keeper and self._keeper.stdin
        self._keeper.stdin.write(f"{word}\n".encode())
        await self._keeper.stdin.drain()

    async def _keeper_says(self, word: str) -> None:
        assert self._keeper and self._keeper.stdout
        async with asyncio.timeout(PATIENCE):
            while (line := await self._keeper.stdout.readline()).strip() != word.encode():
                assert line, "the keeper of the database ended"


async def answers(port: int, path: str) -> None:
    """Returns once the program says 200 there."""
    wire, end = Wire(port, 3.0), time.monotonic() + PATIENCE
    try:
        while time.monotonic() < end:
            with suppress(Cut):
                if (await wire.ask("GET", path, {})).status == 200:
                    return
            await asyncio.sleep(0.01)
    finally:
        wire.close()
    raise AssertionError(f"{path} does not answer after {PATIENCE:.0f} s")


async def _until_connected(address: str) -> "asyncpg.Connection[asyncpg.Record]":
    end = time.monotonic() + PATIENCE
    while True:
        try:
            return await asyncpg.connect(address, timeout=20)
        except (OSError, TimeoutError, asyncpg.PostgresError, asyncpg.InterfaceError):
            if time.monotonic() > end:
                raise
            await asyncio.sleep(0.05)


def _signal(pid: int | None, how: signal.Signals) -> None:
    if pid:
        with suppress(ProcessLookupError):
            os.kill(pid, how)


@asynccontextmanager
async def open_world() -> AsyncIterator[World]:
    """Thrown away in the end."""
    with own_folder("faults") as folder:
        world = World(folder)
        try:
            await world.start()
            yield world
        finally:
            await world.stop()
