"""A few random walks on every change; 500 by command (`python -m tests.browser.storm`)."""

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.async_api import Playwright

from devanture.db.pool import Database
from tests.browser.storm.batch import Rig, run_batch
from tests.browser.storm.controls import CONTROLS
from tests.browser.storm.program import Versions
from tests.rig.program import Program
from tests.seed import Seeded

pytestmark = pytest.mark.anyio


@pytest.fixture
async def rig(
    playwright: Playwright, environ: dict[str, str], database: Database, town: Seeded, tmp_path: Path
) -> AsyncIterator[Rig]:
    versions = Versions.copy(tmp_path)
    program = Program(environ | {"DEVANTURE_DIST": str(versions.dist)})
    await program.start()
    yield Rig(playwright, program, versions, database, town, length=(4, 6))
    await program.kill()


async def test_whatever_happens_nothing_is_lost_that_the_person_was_told_is_kept(rig: Rig) -> None:
    verdicts = await run_batch(rig, [*range(1, 9)], seed="ci", kills=1, upheavals=2)
    assert {verdict.number: verdict.faulty for verdict in verdicts if verdict.faulty} == {}
    assert sum(verdict.told for verdict in verdicts) >= len(verdicts)
    assert any(verdict.kills for verdict in verdicts)


async def test_the_checker_sees_each_promise_that_is_broken_on_purpose(rig: Rig) -> None:
    sabotaged = replace(rig, length=(0, 0), sabotages=CONTROLS)
    verdicts = await run_batch(sabotaged, [0, 1, 2], seed="control", kills=0, upheavals=0)
    lying, forgetful, changing = (verdict.faulty for verdict in verdicts)
    assert [fault.split(":")[0] for fault in lying[:2]] == ["lost", "acknowledged but not stored"]
    assert [fault.split(":")[0] for fault in forgetful[:1]] == ["lost"]
    assert len(changing) == 1 and "the server shows ['housing']" in changing[0]
