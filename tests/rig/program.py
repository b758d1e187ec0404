"""The program as its commands run it, in a process of its own: `kill -9` is for true."""

import asyncio
import signal
import socket
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from subprocess import DEVNULL, PIPE

from tests.conftest import ROOT

SERVE = ("devanture", "serve")
_PYTHON = ("setpriv", "--pdeathsig=KILL", "--", sys.executable, "-m")
"""Dies with whoever started it: a run that is stopped leaves no server behind."""
PATIENCE = 180.0
"""Seconds that a start may take: a slow machine is no fault of the program."""
# Hundreds of phones come from this one machine within the hour, which is not what is looked at here.
_UNLIMITED = {"DEVANTURE_VOTERS_PER_HOST": "1000000", "DEVANTURE_VOTERS_PER_NETWORK": "1000000"}


class Program:
    """`python -m …words --port N`, on one port for its whole life; its standard error goes to `log`.

    The terminal's Ctrl-C does not reach it: whoever began it ends it.
    """

    def __init__(self, environ: Mapping[str, str], words: Sequence[str] = SERVE, log: Path | None = None) -> None:
        self.environ = {**_UNLIMITED, **environ, "PYTHONPATH": f"{ROOT / 'server'}:{ROOT}"}
        self._words, self._log = words, log
        self._running: asyncio.subprocess.Process | None = None
        self._restarting = asyncio.Lock()
        self.port = free_port()
        self.kills = 0

    async def start(self) -> None:
        command = [*_PYTHON, *self._words, "--port", str(self.port)]
        with (self._log or Path("/dev/null")).open("ab") as told:
            self._running = await asyncio.create_subprocess_exec(
                *command, env=self.environ, stdout=PIPE, stderr=told if self._log else None, start_new_session=True
            )
        assert self._running.stdout
        line = await asyncio.wait_for(self._running.stdout.readline(), PATIENCE)
        assert b"Serving" in line, line

    @property
    def pid(self) -> int:
        assert self._running
        return self._running.pid

    @property
    def is_running(self) -> bool:
        return self._running is not None and self._running.returncode is None

    async def kill(self, how: signal.Signals = signal.SIGKILL) -> None:
        await end(self._running, how)

    async def restart(self, how: signal.Signals = signal.SIGKILL) -> None:
        async with self._restarting:
            self.kills += 1
            await self.kill(how)
            await self.start()


async def begin(environ: Mapping[str, str], words: Sequence[str], log: Path) -> asyncio.subprocess.Process:
    """A program that listens on no port and tells nobody that it has begun: the worker."""
    environ = {**environ, "PYTHONPATH": f"{ROOT / 'server'}:{ROOT}"}
    with log.open("ab") as told:
        return await asyncio.create_subprocess_exec(
            *_PYTHON, *words, env=environ, stdout=DEVNULL, stderr=told, start_new_session=True
        )


async def run(environ: Mapping[str, str], words: Sequence[str]) -> str:
    """A command to its end, which must be a good one; what it printed."""
    environ = {**environ, "PYTHONPATH": f"{ROOT / 'server'}:{ROOT}"}
    process = await asyncio.create_subprocess_exec(*_PYTHON, *words, env=environ, stdout=PIPE, stderr=PIPE)
    told, faults = await process.communicate()
    assert process.returncode == 0, faults.decode()
    return told.decode()


async def end(process: asyncio.subprocess.Process | None, how: signal.Signals) -> None:
    if process and process.returncode is None:
        process.send_signal(how)
        await process.wait()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
