"""`devanture serve` with a database of its own, as a small town has it: whichever of the two dies, both are back.

How soon is for the rig's table to say: a test must not fail because a machine has other things to do.
"""

import asyncio
import os
import signal
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from devanture.db.cluster import Cluster
from tests.faults.world import answers
from tests.rig.home import own_folder
from tests.rig.program import Program
from tests.seed import stand_in_build

pytestmark = pytest.mark.anyio


@pytest.fixture
async def home() -> AsyncIterator[tuple[Program, Cluster]]:
    with own_folder("own") as folder:
        bare = {name: value for name, value in os.environ.items() if not name.startswith("DEVANTURE_")}
        data, dist = folder / "data", stand_in_build(folder / "dist")
        data.mkdir()
        program = Program(bare | {"DEVANTURE_DATA": str(data), "DEVANTURE_DIST": str(dist)}, log=folder / "log")
        cluster = Cluster(Path(data / "postgres"))
        try:
            await program.start()
            yield program, cluster
        finally:
            await program.kill(signal.SIGTERM)


async def test_both_are_back_whichever_is_killed(home: tuple[Program, Cluster]) -> None:
    program, cluster = home
    for how in (signal.SIGKILL, signal.SIGQUIT):
        postmaster = cluster.layout.server_pid()
        assert postmaster
        os.kill(postmaster, how)
        while cluster.layout.server_pid() == postmaster:  # noqa: ASYNC110  another process ends
            await asyncio.sleep(0.01)
        await answers(program.port, "/readyz")
    await program.restart()
    await answers(program.port, "/readyz")
