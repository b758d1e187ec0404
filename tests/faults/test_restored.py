"""A backup put back, by the steps of docs/operator.md: what came after it left the server, and stays on the phones."""

import asyncio
import shutil
import signal
import subprocess
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from httpx2 import AsyncClient

from devanture.db.cluster import DATABASE, Cluster
from devanture.db.cluster_install import find_postgres
from devanture.db.migrate import migrate
from devanture.db.pool import Database
from devanture.erasure import ledger
from devanture.settings import Settings, read_settings
from tests.rig.home import environ_of, own_folder
from tests.rig.program import Program, begin, end, run
from tests.rig.voices import phone_of
from tests.seed import Seeded, current, journal, opinion, seed, send, stand_in_build
from tests.server.audit.counted import count_and_seal, faults

pytestmark = pytest.mark.anyio
STAYS, ERASES, CHANGES, TAKES_BACK, COMES, WAITS, UNSURE = range(7)
"""The people of this story; `WAITS` has sent nothing yet, `UNSURE` never heard the server's answer."""


class Town:
    """A server and a worker, with a database that the operator named."""

    def __init__(self, folder: Path) -> None:
        self.data, self.copy, self.log = folder / "data", folder / "copy", folder / "log"
        self.data.mkdir()
        self.cluster = Cluster(self._postgres(folder))
        self.environ = environ_of(self.cluster, self.data, stand_in_build(folder / "dist"))
        self.settings: Settings = read_settings(self.environ)
        self.program = Program(self.environ, log=self.log)
        self._worker: asyncio.subprocess.Process | None = None

    def _postgres(self, folder: Path) -> Path:
        return folder / "postgres"

    async def install(self) -> None:
        self.cluster.start()
        self.cluster.ensure_roles()
        await asyncio.to_thread(migrate, self.settings)

    async def start(self) -> None:
        await self.program.start()
        self._worker = await begin(self.environ, ("devanture", "worker"), self.log)

    async def stop(self) -> None:
        await self.program.kill(signal.SIGTERM)
        await end(self._worker, signal.SIGTERM)

    async def back_up(self) -> None:
        """While everybody answers."""
        self._postgres_says("pg_dump", "--format=custom", f"--file={self.copy}", DATABASE)

    async def put_back(self) -> None:
        self._postgres_says("dropdb", DATABASE)
        self._postgres_says("createdb", "--owner=devanture_owner", DATABASE)
        self._postgres_says("pg_restore", "--single-transaction", f"--dbname={DATABASE}", str(self.copy))

    async def leave(self) -> None:
        await self.stop()
        self.cluster.stop()

    def _postgres_says(self, name: str, *words: str) -> None:
        at = [f"--host={self.cluster.socket_dir}", f"--port={self.cluster.port}", "--username=postgres"]
        done = subprocess.run(
            [find_postgres(None).bin / name, *at, *words], capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr


class OwnTown(Town):
    """The same with a database of its own in the data folder, and the worker inside."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.environ = {name: value for name, value in self.environ.items() if "DATABASE" not in name}
        self.program = Program(self.environ, log=self.log)

    def _postgres(self, folder: Path) -> Path:
        return folder / "data" / "postgres"

    async def install(self) -> None:
        """The first start does it."""

    async def start(self) -> None:
        await self.program.start()

    async def back_up(self) -> None:
        """While nobody can answer: the program is stopped for a moment."""
        await self.stop()
        copy(self.data, self.copy)
        await self.start()

    async def put_back(self) -> None:
        newest = (self.data / ledger.FILE).read_bytes()
        shutil.rmtree(self.data)
        copy(self.copy, self.data)
        (self.data / ledger.FILE).write_bytes(newest)


def copy(folder: Path, into: Path) -> None:
    """With owners and modes, which Python's own copy leaves behind."""
    subprocess.run(["cp", "-a", folder, into], check=True)


@pytest.fixture(params=[Town, OwnTown])
async def town(request: pytest.FixtureRequest) -> AsyncIterator[Town]:
    with own_folder("restored") as folder:
        made: Town = request.param(folder)
        try:
            await made.install()
            await made.start()
            yield made
        finally:
            await made.leave()


class Phones:
    """What each person's phone keeps: every sending under its id, and the receipts."""

    def __init__(self, town: Town) -> None:
        self._town = town
        self.said: dict[UUID, tuple[int, dict[str, Any]]] = {}
        self.receipts: dict[UUID, str] = {}

    def person(self, number: int) -> AsyncClient:
        return phone_of(number, self._town.settings, self._town.program.port)

    def keep(self, person: int, words: dict[str, Any]) -> UUID:
        sending = uuid4()
        self.said[sending] = person, words
        return sending

    async def say(self, person: int, words: dict[str, Any]) -> UUID:
        sending = self.keep(person, words)
        assert await self.send(sending) == 201
        return sending

    async def send(self, sending: UUID) -> int:
        person, words = self.said[sending]
        async with self.person(person) as phone:
            answer = await send(phone, words, sending)
        receipt = answer.json()["receipt"]
        assert self.receipts.setdefault(sending, receipt) == receipt, "a receipt is the same whenever it is given"
        return answer.status_code

    async def erase(self, person: int) -> None:
        async with self.person(person) as phone:
            assert (await phone.post("/api/v1/rue/erasure", json={"v": 1})).json()["stays"] == "nothing"
        self.said = {one: kept for one, kept in self.said.items() if kept[0] != person}


@asynccontextmanager
async def opened(town: Town) -> AsyncIterator[Database]:
    async with AsyncExitStack() as stack:
        database = Database(town.settings.database)
        await database.open()
        stack.push_async_callback(database.close)
        yield database


async def test_erased_people_stay_erased_and_what_phones_hold_is_taken_once(town: Town) -> None:
    async with opened(town) as database:
        seeded = await seed(database, town.settings)
    phones = Phones(town)
    before = [await phones.say(person, opinion("C12", 1, comment=f"Voix {person}")) for person in range(4)]
    await town.back_up()
    await phones.erase(ERASES)
    after = [
        await phones.say(CHANGES, opinion("C12", 2, wishes=["bakery"])),
        await phones.say(TAKES_BACK, opinion("C12", 2, withdraw=True)),
        await phones.say(COMES, opinion("C14", 1)),
        await phones.say(UNSURE, opinion("C14", 1)),
    ]
    waiting = phones.keep(WAITS, opinion("C14", 1))
    await town.stop()
    await town.put_back()
    assert "1 people were erased once more" in await run(town.environ, ("devanture", "erase-again"))
    await town.start()
    async with opened(town) as database:
        assert await erased(database, seeded)
        assert {row["id"] for row in await journal(database, seeded)} & {*phones.said} == {*before} & {*phones.said}
        # What waits, what was never heard of, and what « Mes avis » keeps: all under their own ids, twice.
        for status in (201, 200):
            assert [await phones.send(one) for one in (waiting, *after)] == [status] * 5
        assert [await phones.send(one) for one in before if one in phones.said] == [200] * 3
        assert await erased(database, seeded)
        stored = [row["id"] for row in await journal(database, seeded)]
        assert len(stored) == len({*stored}) and {*phones.said} <= {*stored}
        found = sorted((row["ref"], row["wishes"], row["withdrawn"]) for row in await current(database, seeded))
        wish = ["fishmonger"]
        assert found == [
            ("C12", [], True), ("C12", [], True), ("C12", ["bakery"], False), ("C12", wish, False),
            *[("C14", wish, False)] * 3,
        ]  # fmt: skip
        await count_and_seal(database, seeded)
        assert await faults(database, town.settings, seeded) == []


async def erased(database: Database, seeded: Seeded) -> bool:
    """Whether the answer is taken back and the words are nowhere."""
    rows = await journal(database, seeded)
    return f"Voix {ERASES}" not in str(rows) and f"Voix {STAYS}" in str(rows)
