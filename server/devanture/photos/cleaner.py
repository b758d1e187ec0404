"""A stranger's photo, drawn anew by a process of its own: a decoder that dies or hangs costs that photo only."""

import asyncio
import os
import struct
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import IO, NamedTuple

from devanture.errors import Busy, Problem
from devanture.photos.redraw import TOO_MANY_PIXELS
from devanture.photos.rules import MOST_PIXELS, SIDE

_HERE = Path(__file__).parent
_SIZE = struct.Struct(">II")
MEMORY = 1_000_000_000
"""Bytes of address space: a WebP of 50 million pixels, the dearest, takes 840 MB."""
CPU_SECONDS, WALL_SECONDS = 10, 60.0
"""The dearest honest photo takes under two seconds of a processor."""
OVERLOADED = 2 * (os.cpu_count() or 1)
"""With so many processes that want to run, time that ran out says nothing about the photo."""
AT_ONCE, WAITING = 2, 60
MOST_DRAWN = 4_000_000
"""Bytes of a new photo: pure noise at full size takes 1.5 million."""


class Drawn(NamedTuple):
    """A WebP and its size in pixels."""

    width: int
    height: int
    webp: bytes


class Cleaner:
    """At most `AT_ONCE` processes; whoever comes while `WAITING` others wait is told to come back."""

    def __init__(self, program: Path = _HERE / "redraw.py", seconds: float = WALL_SECONDS) -> None:
        self._program, self._seconds = program, seconds
        self._places, self._waiting = asyncio.Semaphore(AT_ONCE), 0

    async def clean(self, photo: IO[bytes], kind: str) -> Drawn:
        """The open file `photo` drawn anew; raises `photo-unreadable`, `photo-pixels` or `Busy`.

        The process shares the place in the file with us: a caller who has read from it would lose its own.
        """
        if self._waiting >= WAITING:
            raise Busy(10)
        self._waiting += 1
        try:
            async with self._places:
                status, drawn = await self._run(photo, kind)
        finally:
            self._waiting -= 1
        if status == TOO_MANY_PIXELS:
            raise Problem("photo-pixels", most=MOST_PIXELS // 1_000_000)
        if status != 0 or drawn[_SIZE.size :][:4] != b"RIFF":
            raise Problem("photo-unreadable")
        width, height = _SIZE.unpack_from(drawn)
        return Drawn(width, height, drawn[_SIZE.size :])

    async def _run(self, photo: IO[bytes], kind: str) -> tuple[int, bytes]:
        photo.seek(0)
        process = await asyncio.create_subprocess_exec(
            *self._command(kind),
            stdin=photo,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,
            env={},
            cwd="/",
            start_new_session=True,
        )
        try:
            async with asyncio.timeout(self._seconds):
                drawn = await _read(process.stdout)
                return (-1, b"") if len(drawn) > MOST_DRAWN else (await process.wait(), drawn)
        except TimeoutError:
            if os.getloadavg()[0] > OVERLOADED:
                raise Busy(60) from None
            return -1, b""
        finally:
            if process.returncode is None:
                process.kill()
            # Not `wait`: asyncio holds a pipe back that nobody reads, and waits for ever for its end.
            await process.communicate()

    def _command(self, kind: str) -> Sequence[str]:
        """`-I`: neither the folder, nor variables, nor the user's packages decide what is imported."""
        limits, asked = (MEMORY, CPU_SECONDS), (kind, MOST_PIXELS, SIDE)
        return [sys.executable, "-I", str(_HERE / "shut_in.py"), *map(str, (*limits, self._program, *asked))]


async def _read(stream: asyncio.StreamReader | None) -> bytes:
    """What the process writes, and of too much no more than shows that it is."""
    drawn = bytearray()
    while stream and len(drawn) <= MOST_DRAWN and (chunk := await stream.read(65_536)):
        drawn += chunk
    return bytes(drawn)
