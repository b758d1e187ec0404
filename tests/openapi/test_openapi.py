"""The program answers as its own description says; many more examples by command (`python -m tests.openapi`)."""

import re
from collections.abc import AsyncIterator

import pytest

from tests.openapi.running import run_schemathesis
from tests.rig.program import Program
from tests.seed import Seeded

pytestmark = pytest.mark.anyio


@pytest.fixture
async def program(environ: dict[str, str], town: Seeded) -> AsyncIterator[Program]:
    running = Program(environ)
    await running.start()
    yield running
    await running.kill()


async def test_every_operation_answers_as_it_is_described(program: Program) -> None:
    address = f"http://127.0.0.1:{program.port}"
    status, printed = await run_schemathesis(address, examples=2, seconds=60, seed=1)
    assert status == 0, printed
    tested = re.search(r"Tested: (\d+)", printed)
    assert tested and int(tested[1]) >= 19
