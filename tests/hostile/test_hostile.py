"""20,000 hostile requests over every address break nothing; 1,000,000 by command (`python -m tests.hostile`)."""

from collections.abc import AsyncIterator
from pathlib import Path

import asyncpg
import pytest

from devanture.db.cluster import DATABASE, Cluster
from devanture.db.pool import Database
from devanture.routes import ROUTES
from devanture.settings import Settings
from tests.hostile.__main__ import REAL_LIMITS
from tests.hostile.requests import Loot, shot
from tests.hostile.siege import aftermath, an_answer, besiege, rows, troubles
from tests.rig.line import Heard
from tests.rig.program import Program
from tests.seed import Seeded
from tests.served import Served

pytestmark = pytest.mark.anyio
MANY = 20_000
LOOT = Loot(["a" * 43], ["b" * 43 + ".1.f.m"], ["c0ffee00-0000-4000-8000-000000000000"], ["R", "S"], "t", "d")


@pytest.fixture
async def running(
    environ: dict[str, str], cluster: Cluster, settings: Settings, database: Database, town: Seeded, tmp_path: Path
) -> AsyncIterator[Served]:
    program = Program(environ | REAL_LIMITS, log=tmp_path / "server.log")
    await program.start()
    yield Served(program, cluster, settings, database, town, tmp_path)
    await program.kill()


async def test_hostile_requests_break_nothing(running: Served) -> None:
    outcome = await besiege(running, running.folder / "server.log", "ci", MANY, lambda _: None)
    assert outcome.troubles == []
    assert outcome.answers.total() == MANY
    asked = {what for what, _ in outcome.answers}
    assert asked >= {f"{line.method} {line.path}" for line in ROUTES}
    assert outcome.answers["PUT /api/v1/{p}/opinions/{id}", "201"] > 0


async def test_an_answer_that_was_changed_or_an_address_that_was_believed_is_found(running: Served) -> None:
    honest = [await an_answer(running) for _ in range(3)]
    kept, pid = await rows(running), running.program.pid
    assert [trouble async for trouble in aftermath(running, pid, honest, kept)] == []
    connection = await asyncpg.connect(running.cluster.superuser_dsn(DATABASE))
    await connection.execute("UPDATE opinion_current SET wishes = '{bakery}' WHERE opinion_id = $1", honest[0].id)
    await connection.execute("UPDATE intake SET host = 'elsewhere' WHERE opinion_id = $1", honest[0].id)
    await connection.close()
    found = " ".join([trouble async for trouble in aftermath(running, pid, honest, kept)])
    assert "2 rows of what had been accepted changed" in found and "forged addresses were believed" in found
    assert [trouble async for trouble in aftermath(running, pid + 1, honest, kept)] != []


@pytest.mark.parametrize(
    "heard",
    [
        Heard(500, {"content-type": "application/problem+json"}, b"{}"),
        Heard(502, {"retry-after": "1"}, b""),
        Heard(503, {}, b""),
        Heard(200, {}, b'{"detail": "Traceback (most recent call last)"}'),
        Heard(400, {"content-type": "application/problem+json"}, b"asyncpg.exceptions.DataError"),
        Heard(303, {"location": __file__.removesuffix(".py")}, b""),
        Heard(404, {"content-type": "text/plain"}, b"Not Found"),
    ],
)
def test_what_no_answer_may_say_is_found(heard: Heard) -> None:
    assert list(troubles(heard)) != []


@pytest.mark.parametrize(
    "heard",
    [
        Heard(503, {"retry-after": "1", "content-type": "application/problem+json"}, b'{"code": "busy"}'),
        Heard(404, {"content-type": "text/html; charset=utf-8"}, "<h1>Cette page n’existe pas</h1>".encode()),
        Heard(400, {"content-type": "text/plain; charset=utf-8"}, b"Invalid HTTP request received."),
    ],
)
def test_a_refusal_of_good_manners_passes(heard: Heard) -> None:
    assert list(troubles(heard)) == []


def test_the_same_number_is_the_same_request() -> None:
    assert [shot("a", number, LOOT) for number in range(300)] == [shot("a", number, LOOT) for number in range(300)]
    assert shot("a", 1, LOOT) != shot("b", 1, LOOT)
