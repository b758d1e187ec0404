"""Opinions at a fixed rate, by command: .venv/bin/python -m tests.load --rate 500 --seconds 600

Server, worker and PostgreSQL (fsync on) are the real ones, in processes of their own, all on this machine, as is the
client. Each request is due at an instant fixed beforehand, and its time is counted from then: a server that stops for
a second shows in all that was due in it. Ends with a table, and with 1 when the 99th percentile lies above 250 ms,
when anything but 201 was answered, or when what was acknowledged is not in the database.
"""

import argparse
import os
import signal
import sys
import tempfile
import time
from pathlib import Path

import asyncpg
import uvloop

from devanture.db.cluster import DATABASE
from tests.load.driving import Outcome, drive
from tests.load.table import is_good, table
from tests.load.voters import ANSWERS_EACH, Voters, town
from tests.rig.costs import cpu_seconds
from tests.rig.program import begin, end
from tests.served import Served, served

_IDS = "SELECT id::text FROM opinion_journal"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rate", type=float, default=500)
    parser.add_argument("--seconds", type=float, default=600)
    parser.add_argument("--seed", default="1")
    asked = parser.parse_args()
    load = os.getloadavg()[0]
    outcome, lost, processor = uvloop.run(measured(asked.rate, asked.seconds, asked.seed))
    print(table(outcome, asked.rate, lost, processor))
    print(f"{'load average before':<34} {load:>15.1f}\n{'load average after':<34} {os.getloadavg()[0]:>15.1f}")
    sys.exit(not is_good(outcome, lost))


async def measured(rate: float, seconds: float, seed: str) -> tuple[Outcome, int, dict[str, float]]:
    """What was answered, how much of it is not stored, and the seconds of processor time of each part."""
    # The addresses that the client claims are believed, as a proxy's would be.
    more = {"DEVANTURE_TRUSTED_PROXIES": "127.0.0.0/8"}
    with tempfile.TemporaryDirectory() as folder:
        async with served(town(), more) as running:
            log = Path(folder) / "worker.log"
            worker = await begin(running.program.environ, ("devanture", "worker"), log)
            try:
                voters = Voters(running.settings.key, max(100, round(rate * seconds / ANSWERS_EACH)), seed)
                before, own = _spent(running, worker.pid), time.process_time()
                outcome = await drive(running.program.port, rate, seconds, voters.next_sending)
                after = _spent(running, worker.pid)
                processor = {name: after[name] - before[name] for name in after}
                lost = len(outcome.stored - await _stored(running))
                return outcome, lost, processor | {"client": time.process_time() - own}
            finally:
                await end(worker, signal.SIGTERM)


def _spent(running: Served, worker: int) -> dict[str, float]:
    pids = {"server": running.program.pid, "PostgreSQL": running.cluster.layout.server_pid() or 0, "worker": worker}
    return {name: cpu_seconds(pid) for name, pid in pids.items()}


async def _stored(running: Served) -> set[str]:
    connection = await asyncpg.connect(running.cluster.superuser_dsn(DATABASE))
    try:
        return {row["id"] for row in await connection.fetch(_IDS)}
    finally:
        await connection.close()


if __name__ == "__main__":
    main()
