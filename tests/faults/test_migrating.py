"""A migration killed half-way: every opinion stays, the schema is whole, and the next try brings it to the end."""

import asyncio
import os
import signal
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from typing import Any
from uuid import UUID, uuid4

import asyncpg
import msgspec
import pytest
from alembic.script import ScriptDirectory

from devanture.db.cluster import Cluster
from devanture.db.migrate import alembic_config, migrate
from devanture.db.pool import Database
from devanture.opinions import queries, rules
from devanture.opinions.intake import Sending
from devanture.opinions.schemas import OpinionV1
from devanture.opinions.storing import store_in
from devanture.processes.service import find_process, process_key
from devanture.settings import Settings, read_settings
from devanture.voters.rules import voter_hash
from tests.rig.home import environ_of, own_folder
from tests.rig.program import Program, begin, end, free_port
from tests.rig.voices import number_of, phone_of
from tests.seed import Seeded, opinion, seed, send, stand_in_build
from tests.server.audit.counted import burglar, count_and_seal, faults

pytestmark = pytest.mark.anyio
BEFORE = "0004"
TODAY = ScriptDirectory.from_config(alembic_config("")).get_current_head()
HALF_WAY = ("intake", "release", "report")
"""Tables that the migrations after `BEFORE` alter first, in the middle, and last."""
AT_RANDOM = 4
VOTERS = 12
SINCE_UP = (0.0, 0.1, 0.2, 0.4)
"""Seconds after its database is up at which a program that starts is killed: the migration is what it does first."""
PATIENCE = 120
_ROWS = (
    "opinion_journal", "opinion_current", "leaf", "process_key",
    "(SELECT organisation_id, process_id, opinion_id, arrived_at, network FROM intake)",
)  # fmt: skip
_WAITS = "SELECT count(*) FROM pg_locks WHERE locktype = 'relation' AND NOT granted"
_LATER = ", host, issued_at, standing, waited"


@dataclass
class Old:
    """A database as an earlier program left it, with what people said in it."""

    data: Path
    cluster: Cluster
    environ: dict[str, str]
    settings: Settings
    town: Seeded
    said: dict[UUID, dict[str, Any]]
    rows: list[str]

    @property
    def log(self) -> Path:
        return self.data.parent / "log"

    async def has_kept_all(self, *revisions: str | None) -> str:
        """Every row is there, unchanged; the schema is whole, and of one of these revisions: which."""
        async with burglar(self.cluster) as connection:
            assert await rows(connection) == self.rows
            revision: str = await connection.fetchval("SELECT version_num FROM alembic_version")
            assert await connection.fetchval("SELECT to_regclass('set_aside') IS NOT NULL") == (revision == TODAY)
        assert revision in revisions
        return revision

    async def goes_on(self, port: int) -> None:
        """Phones send everything again and hear « stored »; one says something new; an audit finds no difference."""
        for number, (one, words) in enumerate(self.said.items()):
            async with phone_of(number, self.settings, port) as phone:
                assert (await send(phone, words, one)).status_code == 200
        async with phone_of(0, self.settings, port) as phone:
            assert (await send(phone, opinion("C14", 2))).status_code == 201
        database = Database(self.settings.database)
        await database.open()
        try:
            await count_and_seal(database, self.town)
            assert await faults(database, self.settings, self.town) == []
        finally:
            await database.close()


@pytest.fixture
async def old() -> AsyncIterator[Old]:
    with own_folder("migrating") as folder:
        data, dist = folder / "data", stand_in_build(folder / "dist")
        data.mkdir()
        cluster = Cluster(data / "postgres")
        with cluster:
            cluster.ensure_roles()
            environ = environ_of(cluster, data, dist)
            settings = read_settings(environ)
            await asyncio.to_thread(migrate, settings, BEFORE)
            database = Database(settings.database)
            await database.open()
            town = await seed(database, settings)
            said = await answered(database, settings, town)
            await database.close()
            async with burglar(cluster) as connection:
                kept = await rows(connection)
            yield Old(data, cluster, environ, settings, town, said, kept)


async def answered(database: Database, settings: Settings, town: Seeded) -> dict[UUID, dict[str, Any]]:
    """What a dozen people said, stored as the program of that day did."""
    assert queries._STORE.count(_LATER) == 3, "the statement no longer writes what was added since"
    today, queries._STORE = queries._STORE, queries._STORE.replace(f"network{_LATER}", "network")
    try:
        said = {uuid4(): opinion("C12", 1, comment=f"Voix {number}") for number in range(VOTERS)}
        process = await find_process(database, town.slug)
        keys = [await process_key(database, process, purpose, settings.key) for purpose in ("voter", "leaf")]
        async with database.transaction(town.organisation_id) as connection:
            place = await connection.fetchval("SELECT id FROM place WHERE ref = 'C12'")
        sendings = [
            sending(town.process_id, place, one, voter_hash(keys[0], number_of(number)), keys[1], words)
            for number, (one, words) in enumerate(said.items())
        ]
        await store_in(database)(town.organisation_id, sendings)
    finally:
        queries._STORE = today
    return said


def sending(process: UUID, place: UUID, one: UUID, voter: bytes, leaf_key: bytes, words: dict[str, Any]) -> Sending:
    said, now = msgspec.convert(words, OpinionV1), datetime.now(UTC)
    digest = rules.digest(said)
    return Sending(
        process, one, place, voter, said.seq, said.v, msgspec.to_builtins(said), digest, now.date(), "web", "none",
        False, " ".join(said.wishes), False, False, now, bytes(16), rules.leaf(leaf_key, one, digest),
    )  # fmt: skip


async def rows(connection: asyncpg.Connection) -> list[str]:
    """Everything that was accepted, as text."""
    found = [await connection.fetch(f"SELECT t::text FROM {name} AS t ORDER BY 1") for name in _ROWS]
    return [row[0] for table in found for row in table]


@asynccontextmanager
async def half_way(old: Old, table: str) -> AsyncIterator[asyncio.subprocess.Process]:
    """`devanture migrate`, which has come as far as this table and waits there for somebody who holds it."""
    async with burglar(old.cluster) as connection:
        await connection.execute(f"BEGIN; LOCK TABLE {table}")
        migrating = await begin(old.environ, ("devanture", "migrate"), old.log)
        async with asyncio.timeout(PATIENCE):
            while not await connection.fetchval(_WAITS):
                assert migrating.returncode is None, old.log.read_text()
                await asyncio.sleep(0.02)
        yield migrating


async def test_killed_half_way_it_changed_nothing_and_the_next_ends_it(old: Old) -> None:
    begun = time.monotonic()
    for table in HALF_WAY:
        async with half_way(old, table) as migrating:
            await end(migrating, signal.SIGKILL)
        await old.has_kept_all(BEFORE)
    lasted, chance = (time.monotonic() - begun) / len(HALF_WAY), Random(1)
    for _ in range(AT_RANDOM):
        migrating = await begin(old.environ, ("devanture", "migrate"), old.log)
        await asyncio.sleep(chance.uniform(0.4, 1) * lasted)
        await end(migrating, signal.SIGKILL)
        await old.has_kept_all(BEFORE, TODAY)
    # Two at once, as two servers that are brought up together: one after the other.
    both = [await begin(old.environ, ("devanture", "migrate"), old.log) for _ in range(2)]
    assert [await one.wait() for one in both] == [0, 0], old.log.read_text()
    await old.has_kept_all(TODAY)
    program = Program(old.environ, log=old.log)
    try:
        await program.start()
        await old.goes_on(program.port)
    finally:
        await program.kill()


async def test_when_the_database_dies_or_a_table_is_held_it_says_so_in_one_sentence(old: Old) -> None:
    async with half_way(old, "release") as migrating:
        assert await asyncio.wait_for(migrating.wait(), PATIENCE) == 1
    async with half_way(old, "report") as migrating:
        postmaster = old.cluster.layout.server_pid()
        assert postmaster
        os.kill(postmaster, signal.SIGKILL)
        assert await asyncio.wait_for(migrating.wait(), PATIENCE) == 1
    told = old.log.read_text()
    assert told.count("is as it was before") == 2 and "Traceback" not in told, told
    old.cluster.stop()
    old.cluster.start()
    await old.has_kept_all(BEFORE)
    serving = await begin(old.environ, ("devanture", "serve", "--port", str(free_port())), old.log)
    assert await asyncio.wait_for(serving.wait(), PATIENCE) == 1
    assert "run « devanture migrate » first" in old.log.read_text()


async def test_a_start_that_migrates_is_killed_again_and_again(old: Old) -> None:
    """With a database of its own, which dies with it."""
    old.cluster.stop()
    bare = {name: value for name, value in old.environ.items() if "DATABASE" not in name}
    program = Program(bare, log=old.log)
    try:
        for seconds in SINCE_UP:
            starting = asyncio.create_task(program.start())
            await until(old.cluster.is_running)
            await asyncio.sleep(seconds)
            await program.kill()
            await asyncio.gather(starting, return_exceptions=True)
            await until(lambda: old.cluster.layout.server_pid() is None)
        await program.start()
        await old.has_kept_all(TODAY)
        await old.goes_on(program.port)
    finally:
        await program.kill(signal.SIGTERM)


async def until(seen: Callable[[], bool]) -> None:
    async with asyncio.timeout(PATIENCE):
        while not seen():  # noqa: ASYNC110  another process comes that far
            await asyncio.sleep(0.01)
