"""What the load is measured with: an open model, whose judge knows a bad run. How fast, the command measures."""

import asyncio
import time
from collections import Counter
from contextlib import suppress

import pytest

from devanture.db.pool import Database
from devanture.settings import Settings
from tests.load.driving import Outcome, drive
from tests.load.table import is_good, latency, table
from tests.load.voters import Voters, town
from tests.rig.program import Program
from tests.seed import journal, seed

pytestmark = pytest.mark.anyio


async def test_what_is_acknowledged_is_stored(environ: dict[str, str], settings: Settings, database: Database) -> None:
    seeded = await seed(database, settings, town())
    program = Program(environ | {"DEVANTURE_TRUSTED_PROXIES": "127.0.0.0/8"})
    await program.start()
    try:
        outcome = await drive(program.port, 100, 2, Voters(settings.key, 40, "1").next_sending)
    finally:
        await program.kill()
    assert outcome.answers == {"201": 200}
    rows = await journal(database, seeded)
    assert {str(row["id"]) for row in rows} == outcome.stored
    assert len({row["voter"] for row in rows}) > 30 and len({row["place_id"] for row in rows}) > 50
    assert "answer: 201" in table(outcome, 100, 0, {"server": 1.0})


async def test_a_server_that_stands_still_shows_in_all_that_was_due_meanwhile() -> None:
    still, until = 1.0, list[float]()

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(asyncio.IncompleteReadError):
            while await reader.readuntil(b"\r\n\r\n"):
                until.append(time.perf_counter() + still)
                await asyncio.sleep(max(0, until[0] - time.perf_counter()))
                writer.write(b"HTTP/1.1 201 Created\r\nContent-Length: 0\r\n\r\n")
        writer.close()

    async with await asyncio.start_server(answer, "127.0.0.1", 0) as server:
        port = server.sockets[0].getsockname()[1]
        outcome = await drive(port, 50, 0.5, lambda: ("id", b"GET / HTTP/1.1\r\n\r\n"))
        await asyncio.sleep(0.1)
    assert outcome.answers == {"201": 25}
    # Counted from when they were sent, those due last would have waited as long, and those sent on a line that was
    # free again not at all.
    assert all(took >= still - due - 0.01 for due, took in outcome.latencies)
    assert latency(outcome, 0.5) >= still - 0.26


@pytest.mark.parametrize(
    ("answers", "slow", "lost", "good"),
    [
        ({"201": 100}, 0.1, 0, True),
        ({"201": 100}, 0.3, 0, False),
        ({"201": 99, "503": 1}, 0.1, 0, False),
        ({"201": 99, "Cut silent": 1}, 0.1, 0, False),
        ({"201": 100}, 0.1, 1, False),
    ],
)
def test_a_run_is_good_only_when_it_was_quick_and_nothing_went_wrong(
    answers: dict[str, int], slow: float, lost: int, good: bool
) -> None:
    outcome = Outcome([(number / 100, 0.01 if number < 98 else slow) for number in range(100)], [0.0], Counter(answers))
    assert is_good(outcome, lost) is good
    assert not is_good(Outcome(), 0)
