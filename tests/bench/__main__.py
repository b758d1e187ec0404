"""Grouped intake beside pgbench, by command: .venv/bin/python -m tests.bench --pairs 5 --seconds 20

What is compared: on one side the program's own `Intake` with `store_in`, its queue, its grouping and its pool of three
connections, in one Python process with 64 clients in it, each of which waits for its answer before it sends again. On
the other pgbench, written in C, with 64 clients on 64 connections and as many threads as there are cores, which runs
the same transaction for each opinion: BEGIN, the organisation's name, `store.sql` with one row, COMMIT, prepared. Both
write to the same tables of the same PostgreSQL with fsync and synchronous_commit on, with row-level security, as the
same role, and answer after COMMIT. They take turns, in pairs of changing order, each after a checkpoint.

The processor time of an opinion (client and PostgreSQL together, from Linux's own count) is printed beside the rates:
where other programs want the same cores, the rate tells more of how they are shared (64 backends against one) than of
the work.

What is not: HTTP, cookies, decoding and judging, which `tests.load` measures. pgbench makes its identifiers and hashes
in SQL, Python its own in Python; each is a small part of its side. That the intake may come out above pgbench is no
magic: it writes many opinions in one statement and one commit, which pgbench with one opinion a transaction may not.

Ends with 1 when the median ratio lies below 0.9.
"""

import argparse
import asyncio
import os
import statistics
import sys
import tempfile
from collections.abc import AsyncIterator
from pathlib import Path
from typing import NamedTuple
from unittest.mock import patch

import asyncpg
import uvloop

from devanture.db import cluster
from devanture.db.cluster import DATABASE
from tests.bench.sides import IntakeSide, PgbenchSide
from tests.rig.costs import cpu_seconds
from tests.served import Served, served

GOAL = 0.9
CLIENTS = 64
_ROOM = {"max_connections": "100"}
"""The program's own cluster lets 60 in, of which pgbench takes more."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--pairs", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=20, help="Of each side of each pair.")
    parser.add_argument("--clients", type=int, default=CLIENTS)
    asked = parser.parse_args()
    ratio = uvloop.run(_compared(asked.pairs, asked.seconds, asked.clients))
    load, cores = os.getloadavg()[0], os.cpu_count()
    print(f"median ratio {ratio:.2f} (at least {GOAL}); load average {load:.1f} on {cores} cores")
    sys.exit(ratio < GOAL)


async def _compared(pairs: int, seconds: float, clients: int) -> float:
    print(f"{'pair':<5} {'intake, a second':>18} {'pgbench, a second':>18} {'ratio':>6} {'us each':>8} {'us each':>8}")
    with tempfile.TemporaryDirectory() as folder, patch.dict(cluster._SETTINGS, _ROOM):
        async with served() as running:
            ratios = []
            async for intake, pgbench in measured(running, Path(folder), pairs, seconds, clients):
                ratios.append(intake.rate / pgbench.rate)
                rates = f"{intake.rate:>18.0f} {pgbench.rate:>18.0f} {ratios[-1]:>6.2f}"
                print(f"{len(ratios):<5} {rates} {intake.cost:>8.0f} {pgbench.cost:>8.0f}", flush=True)
    return statistics.median(ratios)


class Turn(NamedTuple):
    """Opinions a second, and the processor time of each in microseconds."""

    rate: float
    cost: float


async def measured(
    running: Served, folder: Path, pairs: int, seconds: float, clients: int
) -> AsyncIterator[tuple[Turn, Turn]]:
    """Intake and pgbench, pair by pair, after a turn of each that does not count."""
    await _check_durable(running)
    sides = (IntakeSide(running), PgbenchSide(running, folder))
    for side in sides:
        await side.rate(clients, min(10, seconds))
    for pair in range(pairs):
        turns = {}
        for side in sides if pair % 2 == 0 else reversed(sides):
            await _superuser(running, "CHECKPOINT")
            await asyncio.sleep(0.5)
            before = _spent(running)
            rate = await side.rate(clients, seconds)
            turns[side] = Turn(rate, (_spent(running) - before) / (rate * seconds) * 1e6)
        yield turns[sides[0]], turns[sides[1]]


def _spent(running: Served) -> float:
    """Seconds of processor time of this process, of what it started and has ended, and of PostgreSQL."""
    return sum(os.times()[:4]) + cpu_seconds(running.cluster.layout.server_pid() or 0)


async def _check_durable(running: Served) -> None:
    told = [await _superuser(running, f"SHOW {name}") for name in ("fsync", "synchronous_commit", "full_page_writes")]
    assert told == ["on", "on", "on"], told


async def _superuser(running: Served, statement: str) -> str | None:
    connection = await asyncpg.connect(running.cluster.superuser_dsn(DATABASE))
    try:
        found: str | None = await connection.fetchval(statement)
        return found
    finally:
        await connection.close()


if __name__ == "__main__":
    main()
