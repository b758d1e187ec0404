"""Runs a command, tells how far it is, and shows its words only when it fails."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping
from pathlib import Path

Reader = Callable[[str], str | None]
_TAIL = 30  # lines shown of a command that failed


class SetupError(Exception):
    """A step could not be done; `str(error)` is what the person reads."""


def run(
    title: str,
    command: list[str],
    *,
    cwd: Path,
    environment: Mapping[str, str] | None = None,
    read: Reader = lambda line: None,
) -> None:
    """Run one step to its end, with one line of progress and one line when done.

    `read` turns a line of the command's output into how far it is ("12 of 64"), or None to ignore the line.
    Raises SetupError with the last lines of its output when the command fails.
    """
    with Ticker(title) as ticker, _start(command, cwd, environment or {}) as process:
        lines = _follow(process, ticker, read)
        ticker.failed = process.wait() != 0
    if ticker.failed:
        raise SetupError(f"{title} failed (exit status {process.returncode}). It said:\n" + "\n".join(lines[-_TAIL:]))


def _start(command: list[str], cwd: Path, environment: Mapping[str, str]) -> subprocess.Popen[str]:
    return subprocess.Popen(  # noqa: S603
        command,
        cwd=cwd,
        env={**os.environ, "NO_COLOR": "1", **environment},  # what failed may be shown in a log
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
    )


def _follow(process: subprocess.Popen[str], ticker: Ticker, read: Reader) -> list[str]:
    lines: list[str] = []
    for line in process.stdout or ():
        lines.append(f"    {line.rstrip()}")
        ticker.how_far = read(line) or ticker.how_far
    return lines


class Ticker:
    """The line of a step under way: rewritten twice a second on a terminal, every 15 s in a log."""

    def __init__(self, title: str) -> None:
        self.title = title
        self.how_far = ""
        self.failed = False
        self._begun = time.monotonic()
        self._over = threading.Event()
        self._live = sys.stdout.isatty()
        self._thread = threading.Thread(target=self._tick, daemon=True)

    def __enter__(self) -> Ticker:
        if not self._live:
            say(f"{self.title} …")
        self._thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: object) -> None:
        self._over.set()
        self._thread.join()
        mark = "✗" if self.failed or error else "✓"
        say(f"{self._return()}{mark} {self.title} ({self._seconds()})")

    def _tick(self) -> None:
        while not self._over.wait(0.5 if self._live else 15):
            state = ", ".join(part for part in (self.how_far, self._seconds()) if part)
            say(f"{self._return()}  {self.title} … {state}", end="" if self._live else "\n")

    def _seconds(self) -> str:
        return f"{int(time.monotonic() - self._begun)} s"

    def _return(self) -> str:
        # ECMA-48: carriage return, then erase to the end of the line.
        return "\r\x1b[K" if self._live else ""


def say(text: str, end: str = "\n") -> None:
    """Print at once, also into a pipe."""
    print(text, end=end, flush=True)
