"""Hostile pictures through the whole photo path of a real server; what came of them, and what they cost."""

import asyncio
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from uuid import uuid4

from httpx2 import AsyncClient

from devanture.photos.rules import MOST_AT_A_PLACE
from tests.images.making import SECRET, picture
from tests.rig.costs import memory
from tests.seed import opinion, send
from tests.server.photos.pictures import put

REFUSALS = {"photo-type", "photo-unreadable", "photo-pixels", "too-large"}
MOST_GROWTH = 20_000_000


@dataclass
class Outcome:
    """`answers` by what was sent and how it was answered; bytes of memory before and after."""

    answers: Counter[tuple[str, str]] = field(default_factory=Counter)
    before: int = 0
    after: int = 0
    troubles: list[str] = field(default_factory=list)
    sent: set[bytes] = field(default_factory=set)

    @property
    def growth(self) -> int:
        return self.after - self.before


async def send_pictures(address: str, pid: int, folder: Path, seed: str, many: int, warm: int) -> Outcome:
    """Pictures 0 to `many`, two at once; `folder` is where the server keeps photos.

    The server's memory is read after the first `warm` of them, which load what a server that has just begun had no
    need of yet, and at the end.
    """
    outcome = Outcome()
    for first, last in ((0, warm), (warm, many)):
        outcome.before, outcome.after = outcome.after, memory(pid)
        numbers = iter(range(first, last))
        await asyncio.gather(*(_sender(address, outcome, seed, numbers) for _ in range(2)))
    outcome.before, outcome.after = outcome.after, memory(pid)
    outcome.troubles += await asyncio.to_thread(left_behind, folder, outcome)
    return outcome


async def _sender(address: str, outcome: Outcome, seed: str, numbers: Iterator[int]) -> None:
    """A new phone, with an answer that photos may be added to, as often as one has given all it may at a place."""
    async with AsyncClient(base_url=address, timeout=120) as phone:
        for turn, number in enumerate(numbers):
            if turn % MOST_AT_A_PLACE == 0:
                phone.cookies.clear()
                sending = uuid4()
                assert (await send(phone, opinion(), sending)).status_code == 201
            what, content = await asyncio.to_thread(picture, seed, number)
            answer = await put(phone, content, sending)
            code = "stored" if answer.status_code == 201 else answer.json()["code"]
            outcome.answers[what, code] += 1
            outcome.sent.add(sha256(content).digest())
            if code not in ("stored", *REFUSALS):
                outcome.troubles.append(f"picture {number} ({what}) was answered {answer.status_code} {code}")


def left_behind(folder: Path, outcome: Outcome) -> list[str]:
    """What is wrong with the files that are kept: each is a WebP of nothing but pixels, and none is an original."""
    troubles, kept = [], [path for path in folder.rglob("*") if path.is_file()]
    for path in kept:
        content = path.read_bytes()
        if content[8:15] != b"WEBPVP8" or content[15:16] not in b" ":
            troubles.append(f"{path.name} is no plain WebP")
        if SECRET in content or b"EXIF" in content or b"XMP " in content:
            troubles.append(f"{path.name} holds metadata")
        if sha256(content).digest() in outcome.sent:
            troubles.append(f"{path.name} is an original")
    stored = sum(many for (_, code), many in outcome.answers.items() if code == "stored")
    if len(kept) != stored:
        troubles.append(f"{len(kept)} files are kept of {stored} photos")
    return troubles
