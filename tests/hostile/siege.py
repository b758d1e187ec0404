"""Hostile requests against a real server, as fast as it answers; what came of them, and whether anything broke."""

import asyncio
import os
import re
import sys
from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from tempfile import gettempdir
from uuid import UUID, uuid4

import asyncpg
import msgspec

from devanture.db.cluster import DATABASE
from devanture.db.cluster_install import LIBRARIES
from devanture.releases.command import release_now
from devanture.staff.service import add_member, new_sign_in_link, sign_in
from devanture.web.voters import COOKIE, Seal, Standing, Voter, new_number
from tests.hostile.requests import REFS, Loot, Shot, assembled, shot
from tests.rig.costs import memory
from tests.rig.line import Cut, Heard, Line
from tests.seed import opinion
from tests.served import Served

AT_ONCE = 16
HONEST, ATTACKERS = 40, 20
MOST_GROWTH = 150_000_000
"""Bytes of memory that the server may take more of at the end than after its first requests, however many follow.

Its caches and what the allocator keeps grew by 4 to 76 MB in 20,000; a leak shows in a million.
"""
_FOLDERS = {
    f"/{folder.parts[1]}/"
    for folder in (Path(__file__), Path(os.__file__), Path(sys.prefix), Path(gettempdir()), Path.home(), LIBRARIES)
    if folder.parts[1:]
}
"""Where the program, Python, PostgreSQL, temporary files and the user's own lie on the machine that runs this."""
_INSIDE = re.compile(
    rb"Traceback|File \"|\.py\b|asyncpg|psycopg|sqlalchemy|starlette|uvicorn|site-packages|postgres(ql)?://"
    rb"|SELECT .* FROM|INSERT INTO|violates|relation \\?\""
    rb"|devanture_app|devanture_owner|object at 0x|" + "|".join(map(re.escape, sorted(_FOLDERS))).encode()
)
_WORDS = ("text/", "application/json", "application/problem+json", "application/geo+json", "application/manifest+json")
"""In pixels and packed bytes any word stands by chance, sooner or later."""
_PLAIN = re.compile(
    rb"Invalid HTTP request received\.|Malformed range header\.|Only support bytes range|Range header: .*"
)
"""What the HTTP server itself says of bytes that are no HTTP, and Starlette of a `Range` that is none."""
_KEPT = ("opinion_journal", "opinion_current", "leaf", "intake")


@dataclass
class Outcome:
    """`answers` by what was asked and what was heard; bytes of memory after the first requests and at the end."""

    answers: Counter[tuple[str, str]] = field(default_factory=Counter)
    troubles: list[str] = field(default_factory=list)
    before: int = 0
    after: int = 0
    seconds: float = 0

    @property
    def growth(self) -> int:
        return self.after - self.before

    def blame(self, number: int, aimed: Shot, what: str) -> None:
        """The first hundred are told; a server that is broken would fill the page."""
        if len(self.troubles) < 100:
            self.troubles.append(f"request {number} ({aimed.what}): {what}\n    {aimed.raw[:300]!r}")


@dataclass(frozen=True)
class Honest:
    """One person's answer, and what the server said to it."""

    cookie: str
    path: str
    body: bytes
    word: bytes

    @property
    def id(self) -> str:
        return self.path.rpartition("/")[2]

    @property
    def raw(self) -> bytes:
        return _put(self.cookie, self.path, self.body)


async def besiege(running: Served, log: Path, seed: str, many: int, tell: Callable[[int], None]) -> Outcome:
    """Requests 0 to `many`. Forty honest answers stand before, and must stand unchanged behind."""
    outcome, pid = Outcome(), running.program.pid
    honest = [await an_answer(running) for _ in range(HONEST)]
    await release_now(running.database, running.town.slug)
    loot, kept = await _loot(running, honest), await rows(running)
    begun, warm = asyncio.get_running_loop().time(), min(5000, many // 2)
    for first, last in ((0, warm), (warm, many)):
        outcome.before, outcome.after = outcome.after, memory(pid)
        numbers = iter(range(first, last))
        attacks = (_attack(running.program.port, outcome, seed, numbers, loot, tell) for _ in range(AT_ONCE))
        await asyncio.gather(*attacks)
    outcome.before, outcome.after = outcome.after, memory(pid)
    outcome.seconds = asyncio.get_running_loop().time() - begun
    outcome.troubles += [trouble async for trouble in aftermath(running, pid, honest, kept)]
    outcome.troubles += _bad_lines(log)
    if outcome.growth > MOST_GROWTH:
        outcome.troubles.append(f"the server's memory grew by {outcome.growth / 1e6:.0f} MB")
    return outcome


async def _attack(
    port: int, outcome: Outcome, seed: str, numbers: Iterator[int], loot: Loot, tell: Callable[[int], None]
) -> None:
    line: Line | None = None
    for number in numbers:
        aimed = shot(seed, number, loot)
        tell(number)
        try:
            # The server may just have closed a connection that rested: what is whole is asked once more.
            for last in (False, True):
                line = line if line and line.is_open else await Line.to(port)
                try:
                    heard: Heard | None = await line.ask(aimed.raw, 60 if aimed.whole else 0.1, aimed.bodiless)
                    break
                except Cut as cut:
                    heard, silence = None, str(cut)
                    if last or not aimed.whole or silence == "silent":
                        break
        except OSError as error:
            heard, silence = None, f"no connection: {error}"
        if not aimed.whole and line:
            line.close()
        if heard:
            outcome.answers[aimed.what, str(heard.status)] += 1
            for what in troubles(heard):
                outcome.blame(number, aimed, what)
        else:
            outcome.answers[aimed.what, "no answer"] += 1
            if aimed.whole or silence.startswith("no connection"):
                outcome.blame(number, aimed, silence)


def troubles(heard: Heard) -> Iterator[str]:
    """What is wrong with an answer, whatever was asked."""
    if heard.status >= 500 and not (heard.status == 503 and heard.headers.get("retry-after", "").isdigit()):
        yield f"answered {heard.status}"
    media = heard.headers.get("content-type", "")
    readable = (not media or media.startswith(_WORDS)) and "content-encoding" not in heard.headers
    lines = [*(f"{name}: {value}".encode() for name, value in heard.headers.items()), heard.body if readable else b""]
    told = b"\n".join(lines)
    if found := _INSIDE.search(told):
        yield f"tells of the inside: {told[max(0, found.start() - 60) : found.end() + 60]!r}"
    wordless = not heard.body or _PLAIN.fullmatch(heard.body)
    if heard.status >= 400 and not wordless and not media.startswith(("application/problem+json", "text/html")):
        yield f"a refusal of {heard.status} as {media!r}"


def _bad_lines(log: Path) -> list[str]:
    """The first twenty lines in the server's log that tell of a fault."""
    bad = re.compile("Traceback|request_failed|[Ee]rror")
    return [f"the server's log: {line[:300]}" for line in log.read_text().splitlines() if bad.search(line)][:20]


def _put(cookie: str, path: str, body: bytes) -> bytes:
    headers = {"Cookie": f"{COOKIE}={cookie}", "Content-Type": "application/json"}
    return assembled("PUT", path.encode(), headers, body)


def _cookie(running: Served, standing: Standing = Standing.FREE) -> str:
    issued = datetime.now(UTC) - timedelta(hours=5)
    return Seal(running.settings.key).write(Voter(new_number(), issued, standing))


async def an_answer(running: Served) -> Honest:
    """A person whom the server does not know yet answers at a door."""
    cookie, path = _cookie(running), f"/api/v1/{running.town.slug}/opinions/{uuid4()}"
    body = msgspec.json.encode(opinion(Random(path).choice([ref for ref in REFS if ref.startswith("C")])))
    async with _line(running) as line:
        heard = await line.ask(_put(cookie, path, body))
    assert heard.status == 201, heard
    return Honest(cookie, path, body, heard.body)


@asynccontextmanager
async def _line(running: Served) -> AsyncIterator[Line]:
    line = await Line.to(running.program.port)
    try:
        yield line
    finally:
        line.close()


async def _loot(running: Served, honest: list[Honest]) -> Loot:
    standings = (Standing.FREE, Standing.FREE, Standing.OVER, Standing.PUZZLE)
    return Loot(
        cookies=[_cookie(running, standings[number % 4]) for number in range(ATTACKERS)],
        others=[one.cookie for one in honest],
        ids=[one.id for one in honest],
        token=await _follower(running),
        receipts=[msgspec.json.decode(one.word)["receipt"] for one in honest],
        desk=await _desk_session(running, running.town.organisation_id),
    )


async def _follower(running: Served) -> str:
    """The secret of somebody who follows a place by a link."""
    path, body = f"/api/v1/{running.town.slug}/follows/{uuid4()}", b'{"v":1,"place":"C12","means":"link"}'
    async with _line(running) as line:
        heard = await line.ask(_put(_cookie(running), path, body))
    assert heard.status == 201, heard
    link: str = msgspec.json.decode(heard.body)["link"]
    return link.rpartition("/")[2]


async def _desk_session(running: Served, organisation_id: UUID) -> str:
    now = datetime.now(UTC)
    member = await add_member(running.database, organisation_id, "a@example.org", "A", ["owner"])
    return await sign_in(running.database, await new_sign_in_link(running.database, organisation_id, member, now), now)


async def rows(running: Served) -> set[str]:
    """Every row of an opinion, whole."""
    connection = await asyncpg.connect(running.cluster.superuser_dsn(DATABASE))
    try:
        found = [await connection.fetch(f"SELECT t::text AS row FROM {table} t") for table in _KEPT]
        return {f"{table} {row['row']}" for table, rows in zip(_KEPT, found, strict=True) for row in rows}
    finally:
        await connection.close()


async def aftermath(running: Served, pid: int, honest: list[Honest], kept: set[str]) -> AsyncIterator[str]:
    """What is wrong once it is over."""
    if not running.program.is_running or running.program.pid != pid:
        yield "the server is not the process that it was"
        return
    if changed := kept - await rows(running):
        yield f"{len(changed)} rows of what had been accepted changed or went: {sorted(changed)[:3]}"
    async with _line(running) as line:
        for one in honest:
            again = await line.ask(one.raw)
            if (again.status, again.body) != (200, one.word):
                yield f"an answer of before is told of otherwise: {again}"
    await an_answer(running)
    if (many := await _hosts(running)) != 1:
        yield f"forged addresses were believed: opinions came from {many} addresses"


async def _hosts(running: Served) -> int:
    connection = await asyncpg.connect(running.cluster.superuser_dsn(DATABASE))
    try:
        found: int = await connection.fetchval("SELECT count(DISTINCT host) FROM intake")
        return found
    finally:
        await connection.close()
