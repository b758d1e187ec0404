"""Both sides of the comparison write the same rows; how fast, the command measures (`python -m tests.bench`)."""

from pathlib import Path

import pytest

from devanture.db.cluster import Cluster
from devanture.db.pool import Database
from devanture.settings import Settings
from tests.bench.sides import PAYLOAD, IntakeSide, PgbenchSide, script
from tests.rig.program import Program
from tests.seed import Seeded, journal
from tests.served import Served

pytestmark = pytest.mark.anyio
_TABLES = ("opinion_journal", "leaf", "intake")


@pytest.fixture
def running(
    environ: dict[str, str], cluster: Cluster, settings: Settings, database: Database, town: Seeded, tmp_path: Path
) -> Served:
    return Served(Program(environ), cluster, settings, database, town, tmp_path)


async def _counted(running: Served) -> list[int]:
    async with running.database.transaction(running.town.organisation_id) as connection:
        return [await connection.fetchval(f"SELECT count(*) FROM {table}") for table in _TABLES]


async def test_both_sides_write_whole_opinions(running: Served, tmp_path: Path) -> None:
    intake = IntakeSide(running)
    await intake.rate(clients=4, seconds=0.2)
    assert intake.stored >= 4 and await _counted(running) == [intake.stored] * 3
    assert await PgbenchSide(running, tmp_path).run(2, "-t", "5") > 0
    assert await _counted(running) == [intake.stored + 10] * 3
    rows = await journal(running.database, running.town)
    assert {row["payload"] == PAYLOAD for row in rows} == {True}
    assert {(len(row["voter"]), len(row["digest"])) for row in rows} == {(32, 32)}


async def test_the_statement_is_the_program_s_own(town: Seeded) -> None:
    written = script(town.organisation_id, town.process_id)
    assert written.count("INSERT INTO") == 4 and "$" not in written
    assert f"set_config('devanture.organisation', '{town.organisation_id}', true)" in written
