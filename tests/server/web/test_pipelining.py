"""Several requests in one breath, whose asker leaves: no fault of the server, and none in its log."""

import asyncio
from pathlib import Path
from uuid import uuid4

import msgspec
import pytest

from tests.rig.line import request
from tests.rig.program import Program
from tests.seed import Seeded, opinion

pytestmark = pytest.mark.anyio


def _sending() -> bytes:
    body, headers = msgspec.json.encode(opinion()), {"Content-Type": "application/json"}
    return request("PUT", f"/api/v1/rue/opinions/{uuid4()}", headers, body)


async def test_requests_whose_asker_has_left_put_nothing_into_the_log(
    environ: dict[str, str], town: Seeded, tmp_path: Path
) -> None:
    log = tmp_path / "server.log"
    program = Program(environ, log=log)
    await program.start()
    try:
        for _ in range(20):
            _, writer = await asyncio.open_connection("127.0.0.1", program.port)
            writer.write(b"".join(_sending() for _ in range(5)))
            await writer.drain()
            writer.transport.abort()
        await asyncio.sleep(0.5)
    finally:
        await program.kill()
    assert log.read_text() == ""
