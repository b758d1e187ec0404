"""What a phone told its person, and what the server told the phone: a file of each phone's own, fsynced.

A line is written before what it speaks of may happen (`submitted`), or once it has (`stored`, `refused`, `fault`).
"""

import asyncio
import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO, Any, Literal, NamedTuple

import msgspec

Event = Literal["submitted", "stored", "refused", "fault"]


class Line(NamedTuple):
    """`who` is phone/generation/person; `said` the whole body of a sending, or what went wrong."""

    event: Event
    id: str
    kind: str = "opinion"
    who: str = ""
    said: Any = None


class Journal:
    """One phone's file."""

    def __init__(self, path: Path) -> None:
        self._file: IO[bytes] = path.open("ab")

    async def keep(self, lines: Iterable[Line]) -> None:
        """On the disk when this returns."""
        text = b"".join(msgspec.json.encode(line) + b"\n" for line in lines)
        if text:
            await asyncio.to_thread(self._write, text)

    def _write(self, text: bytes) -> None:
        self._file.write(text)
        self._file.flush()
        os.fsync(self._file.fileno())

    def close(self) -> None:
        self._file.close()


def read(folder: Path) -> Iterator[Line]:
    """All lines of all phones, as the disk has them; a last line that was cut short was never kept."""
    for path in sorted(folder.glob("*.jsonl")):
        for text in path.read_bytes().split(b"\n")[:-1]:
            yield Line(*msgspec.json.decode(text))
