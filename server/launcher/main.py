"""Which command needs which step; after them the launcher becomes the program."""

from __future__ import annotations

import fcntl
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from launcher import checks, progress, pwa, system, venv
from launcher.progress import SetupError

ROOT = Path(__file__).resolve().parents[2]
_WITHOUT_DATABASE = {"geodata"}  # reads files and writes files
_WITH_PHONE = {"demo", "serve"}  # `test` builds it as its first check, so that a failure hides no other


def main(words: list[str]) -> int:
    """Set up for the command `words`, then run it; returns only after `test` or when something is missing."""
    try:
        with one_at_a_time(ROOT):
            prepare(words)
        if words[:1] == ["test"]:
            return checks.run_all(ROOT, words[1:])
        become(words)
    except SetupError as error:
        progress.say(str(error))
        return 1
    except KeyboardInterrupt:
        progress.say("\nStopped. What was done is kept; the same command goes on from there.")
        return 130
    return 0


@contextmanager
def one_at_a_time(root: Path) -> Iterator[None]:
    """Wait while another ./devanture sets the same checkout up: two would write into one .venv."""
    folder = os.open(root, os.O_RDONLY)
    try:
        try:
            fcntl.flock(folder, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            progress.say("Another ./devanture is setting this checkout up; waiting for it …")
            fcntl.flock(folder, fcntl.LOCK_EX)
        yield
    finally:
        os.close(folder)


def prepare(words: list[str]) -> None:
    """Do the steps that this command needs and that are not done yet."""
    command = words[0] if words else "--help"
    asks_for_help = command.startswith("-") or "--help" in words
    testing = command == "test"
    own_server = testing or not os.environ.get("DEVANTURE_DATABASE_URL")
    database = own_server and not asks_for_help and command not in _WITHOUT_DATABASE
    system.ensure(database=database, browser=testing)
    venv.ensure(ROOT, tests=testing)
    if command in _WITH_PHONE and not asks_for_help:
        pwa.ensure(ROOT)


def become(words: list[str]) -> None:
    """Replace this process by the program, so that signals reach it and its exit status is ours."""
    module, rest = ("geodata", words[1:]) if words[:1] == ["geodata"] else ("devanture", words)
    python = str(venv.python(ROOT))
    sys.stdout.flush()
    # -P: the person's own folder must not lend modules to the program.
    os.execv(python, [python, "-P", "-m", module, *(rest or ["--help"])])  # noqa: S606
