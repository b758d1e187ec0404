"""The worker on a real queue: it recounts what is asked for or behind, and outlives a database that goes away."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import timedelta
from uuid import uuid4

import asyncpg
import pytest
from httpx2 import AsyncClient
from structlog.testing import capture_logs

from devanture.app import create_app
from devanture.db.cluster import Cluster
from devanture.db.pool import Database
from devanture.processes.service import find_process
from devanture.program import utc_now
from devanture.releases.schemas import Release
from devanture.releases.service import due, latest, release
from devanture.settings import Settings
from devanture.worker.outbox import enqueue_release
from devanture.worker.service import enqueue_due, forget_due, release_process, run_worker
from tests.answers import keep, people
from tests.seed import Seeded, opinion, send

pytestmark = pytest.mark.anyio


@asynccontextmanager
async def at_work(settings: Settings) -> AsyncIterator[asyncio.Task[None]]:
    task = asyncio.create_task(run_worker(settings, again=0.2))
    try:
        yield task
    finally:
        task.cancel()
        await asyncio.wait([task])


async def desk_release(
    database: Database, town: Seeded, wanted: Callable[[Release], bool], seconds: float = 15
) -> Release:
    """Wait for a desk release like this one."""
    process = await find_process(database, town.slug)
    async with asyncio.timeout(seconds):
        while True:
            found = await latest(database, process, "desk")
            if found is not None and wanted(found):
                return found
            await asyncio.sleep(0.1)


async def ask(database: Database, town: Seeded) -> None:
    async with database.transaction(town.organisation_id) as connection:
        await enqueue_release(connection, town.slug)


async def queued(database: Database) -> int:
    async with database.transaction() as connection:
        count: int = await connection.fetchval("SELECT count(*) FROM pgqueuer")
    return count


async def test_a_release_that_staff_ask_for_is_made(settings: Settings, database: Database, town: Seeded) -> None:
    await keep(database, town, people("C12", range(6)))
    async with at_work(settings):
        await ask(database, town)
        made = await desk_release(database, town, lambda found: found.participants == 6)
    assert made.number == 1
    assert await queued(database) == 0


async def test_an_act_that_fails_leaves_no_job(database: Database, town: Seeded) -> None:
    with pytest.raises(RuntimeError):
        async with database.transaction(town.organisation_id) as connection:
            await enqueue_release(connection, town.slug)
            raise RuntimeError
    assert await queued(database) == 0


async def test_asking_twice_makes_one_job(database: Database, town: Seeded) -> None:
    await ask(database, town)
    await ask(database, town)
    assert await queued(database) == 1


async def test_new_opinions_make_a_process_due_until_it_is_recounted(
    client: AsyncClient, database: Database, town: Seeded
) -> None:
    assert await due(database, town.organisation_id, utc_now()) == []
    assert (await send(client, opinion("C12", 1))).status_code == 201
    assert await due(database, town.organisation_id, utc_now()) == [town.slug]
    await enqueue_due(database)
    assert await queued(database) == 1
    await release(database, await find_process(database, town.slug), utc_now() + timedelta(minutes=1))
    assert await due(database, town.organisation_id, utc_now()) == []


async def test_closing_makes_a_process_due_once(database: Database, town: Seeded) -> None:
    process = await find_process(database, town.slug)
    closes = process.phases[0].closes_at
    await release(database, process, closes - timedelta(hours=1))
    assert await due(database, town.organisation_id, closes - timedelta(seconds=1)) == []
    assert await due(database, town.organisation_id, closes) == [town.slug]
    await release(database, process, closes)
    assert await due(database, town.organisation_id, closes + timedelta(hours=1)) == []


async def test_the_worker_outlives_its_connections(
    settings: Settings, database: Database, town: Seeded, cluster: Cluster
) -> None:
    await keep(database, town, people("C12", range(3)))
    async with at_work(settings) as task:
        await ask(database, town)
        await desk_release(database, town, lambda found: found.participants == 3)
        while await queued(database):  # noqa: ASYNC110 - nothing tells us when the job is written off
            await asyncio.sleep(0.05)
        await _cut_connections(cluster)
        await keep(database, town, people("C14", range(9)))
        await ask(database, town)
        await desk_release(database, town, lambda found: found.participants == 9, seconds=30)
        assert not task.done()


async def _cut_connections(cluster: Cluster) -> None:
    connection = await asyncpg.connect(cluster.superuser_dsn())
    await connection.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'devanture_app'")
    await connection.close()
    await asyncio.sleep(0.3)  # the test's own pool lost its connections too, and must hear of it


async def test_a_job_of_a_process_that_is_gone_ends(database: Database, town: Seeded) -> None:
    await release_process(database, f"gone-{uuid4().hex[:8]}")
    assert await latest(database, await find_process(database, town.slug), "desk") is None


async def test_a_worker_that_dies_beside_the_server_is_told(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def broken(_: Settings) -> None:
        raise KeyError("schedule")

    monkeypatch.setattr("devanture.app.run_worker", broken)
    app = create_app(settings, worker=True)
    with capture_logs() as told:
        async with app.router.lifespan_context(app):
            await asyncio.sleep(0)
    assert [(line["event"], repr(line["exc_info"])) for line in told] == [("worker_ended", "KeyError('schedule')")]


@pytest.mark.parametrize(("days", "left"), [(29, 1), (31, 0)])
async def test_arrivals_are_forgotten_thirty_days_after_closing(
    client: AsyncClient, database: Database, town: Seeded, days: int, left: int
) -> None:
    await send(client, opinion())
    async with database.transaction(town.organisation_id) as connection:
        await connection.execute("UPDATE phase SET closes_at = now() - make_interval(days => $1)", days)
    with capture_logs() as logs:
        await forget_due(database)
    async with database.transaction(town.organisation_id) as connection:
        assert await connection.fetchval("SELECT count(*) FROM intake") == left
        assert await connection.fetchval("SELECT count(*) FROM opinion_journal") == 1
    assert [line["rows"] for line in logs if line["event"] == "arrivals_forgotten"] == [1] * (1 - left)
