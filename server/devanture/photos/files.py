"""Photos on the disk: what comes in has no name and is never kept, what is kept is whole before it has one."""

import os
import secrets
import tempfile
from collections.abc import Collection, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import IO

import structlog

from devanture.errors import Busy

log = structlog.get_logger()
PHOTOS = "photos"
"""Their folder in the data folder; each organisation's lie in one of its own, named by its id."""
DISK_FULL_SECONDS = 60


@contextmanager
def nameless(folder: Path) -> Iterator[IO[bytes]]:
    """A file without a name in the folder: whatever happens, it is gone with whoever holds it open."""
    with disk_trouble_passes():
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        file = tempfile.TemporaryFile(dir=folder)  # noqa: SIM115
    try:
        yield file
    finally:
        # What a full disk did not take is tried once more when the file is closed: its owner was told already.
        with suppress(OSError):
            file.close()


@contextmanager
def disk_trouble_passes() -> Iterator[None]:
    """A disk that is full or gone: the operator is told why, the phone keeps its photo and comes back."""
    try:
        yield
    except OSError as error:
        log.warning("photo_disk", error=error.strerror)
        raise Busy(DISK_FULL_SECONDS) from error


def keep(folder: Path, content: bytes) -> str:
    """Write a new file that survives a power cut; returns its name, which nobody can guess."""
    name = f"{secrets.token_hex(16)}.webp"
    unfinished = folder / f".{name}"
    with disk_trouble_passes():
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        try:
            with unfinished.open("xb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            unfinished.rename(folder / name)
        except OSError:
            unfinished.unlink(missing_ok=True)
            raise
        _sync(folder)
    return name


def _sync(folder: Path) -> None:
    """Without this the name itself may be lost with the power."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def sweep(folder: Path, needed: Collection[str], before: datetime) -> int:
    """Remove the files that are not needed and were last written before an instant, unfinished ones among them."""
    old = [path for path in folder.glob("*") if path.name not in needed and path.stat().st_mtime < before.timestamp()]
    for path in old:
        path.unlink(missing_ok=True)
    return len(old)
