"""The server of the walks: the program as `devanture serve` runs it, killed and started again; what it has stored."""

import asyncio
import re
import shutil
import signal
import socket
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from asyncpg import Record

from devanture.db.pool import Database
from tests.browser.storm.checker import Row
from tests.conftest import ROOT
from tests.seed import Seeded


class Program:
    """A process of its own, on one port for its whole life: `kill -9` is for true."""

    def __init__(self, environ: dict[str, str]) -> None:
        # Hundreds of phones come from this one machine within the hour, which is not what is looked at here.
        unlimited = {"DEVANTURE_VOTERS_PER_HOST": "1000000", "DEVANTURE_VOTERS_PER_NETWORK": "1000000"}
        self._environ = environ | unlimited | {"PYTHONPATH": f"{ROOT / 'server'}:{ROOT}"}
        self._running: asyncio.subprocess.Process | None = None
        self._restarting = asyncio.Lock()
        self.port = _free_port()
        self.kills = 0

    async def start(self) -> None:
        command = [sys.executable, "-m", "devanture", "serve", "--port", str(self.port)]
        out = asyncio.subprocess.PIPE
        self._running = await asyncio.create_subprocess_exec(*command, env=self._environ, stdout=out)
        assert self._running.stdout
        line = await asyncio.wait_for(self._running.stdout.readline(), 60)
        assert b"Serving" in line, line

    @property
    def pid(self) -> int:
        assert self._running
        return self._running.pid

    async def kill(self) -> None:
        if self._running and self._running.returncode is None:
            self._running.send_signal(signal.SIGKILL)
            await self._running.wait()

    async def restart(self) -> None:
        async with self._restarting:
            self.kills += 1
            await self.kill()
            await self.start()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@dataclass
class Versions:
    """A copy of the phone's build, of which a newer one may be published at any time."""

    dist: Path
    published: int = 0

    @classmethod
    def copy(cls, folder: Path) -> "Versions":
        return cls(Path(shutil.copytree(ROOT / "pwa" / "dist", folder / "dist")))

    def publish(self) -> None:
        """Another worker with other caches, as a new build has."""
        self.published += 1
        worker = self.dist / "sw.js"
        text = re.sub(r"((?:assets|pages)-)[0-9a-f]{10}", rf"\g<1>{self.published:010x}", worker.read_text())
        fresh = worker.with_suffix(".new")
        fresh.write_text(text)
        fresh.replace(worker)


_JOURNAL = """
SELECT j.id, p.ref, j.voter, j.seq, ARRAY(SELECT jsonb_array_elements_text(j.payload -> 'wishes')) AS wishes,
       coalesce((j.payload ->> 'withdraw')::bool, false) AS withdrawn
  FROM opinion_journal j JOIN place p ON p.id = j.place_id
 WHERE j.voter IN (SELECT voter FROM opinion_journal WHERE id = ANY ($1::uuid[]))
"""
_CURRENT = """
SELECT c.opinion_id AS id, p.ref, c.voter, c.seq, c.wishes, c.withdrawn
  FROM opinion_current c JOIN place p ON p.id = c.place_id
 WHERE c.voter IN (SELECT voter FROM opinion_journal WHERE id = ANY ($1::uuid[]))
"""
_LIVES = """
SELECT EXISTS (SELECT FROM residence WHERE voter IN (SELECT voter FROM opinion_journal WHERE id = ANY ($1::uuid[])))
"""
OTHER_TABLES = {"photo": "photo", "report": "report", "spot": "spot_mark"}


@dataclass(frozen=True)
class Stored:
    """What the server holds of one phone."""

    journal: list[Row]
    current: list[Row]
    others: dict[str, str]


async def stored_of(database: Database, town: Seeded, sent: Mapping[str, str]) -> Stored:
    """Everything of the voters that these sendings (kind by id) came from, at one instant: a phone may still send."""
    async with database.transaction(town.organisation_id, "repeatable_read") as connection:
        journal = await connection.fetch(_JOURNAL, list(sent))
        current = await connection.fetch(_CURRENT, list(sent))
        others = {
            str(row["id"]): kind
            for kind, table in OTHER_TABLES.items()
            for row in await connection.fetch(f"SELECT id FROM {table} WHERE id = ANY ($1::uuid[])", list(sent))
        }
        # Where somebody lives stands apart, under no sending's name: the first answer is there, or it is not.
        if await connection.fetchval(_LIVES, list(sent)):
            others |= {sending: kind for sending, kind in sent.items() if kind == "residence"}
    return Stored([_row(row) for row in journal], [_row(row) for row in current], others)


def _row(row: Record) -> Row:
    return Row(str(row["id"]), row["ref"], row["voter"], row["seq"], frozenset(row["wishes"]), row["withdrawn"])
