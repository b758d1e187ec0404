"""500 random walks by command: .venv/bin/python -m tests.browser.storm --runs 500 --seed 1 --log storm.jsonl

A log that already holds runs of this seed is gone on with. Ends with a table, and with 1 when a promise was broken.
"""

import argparse
import asyncio
import json
import sys
import time
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import asdict
from pathlib import Path
from random import Random
from typing import Any

from playwright.async_api import async_playwright

from devanture.db.cluster import Cluster
from devanture.db.migrate import migrate
from devanture.settings import read_settings
from tests.browser.storm.batch import Rig, run_batch
from tests.browser.storm.program import Versions
from tests.browser.storm.town import plant
from tests.rig.home import environ_of, own_folder
from tests.rig.program import Program

AT_ONCE = 8


def main() -> None:
    asked = _arguments()
    begun = time.monotonic()
    asyncio.run(storm(asked.runs, asked.seed, asked.log, asked.at_once))
    rows = _rows(asked.log, asked.seed)
    print(table(rows, time.monotonic() - begun))
    sys.exit(any(row["faulty"] for row in rows) or len(rows) < asked.runs)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=500)
    parser.add_argument("--seed", default="1")
    parser.add_argument("--at-once", type=int, default=AT_ONCE, help="Walks that share a browser.")
    kept = "One line a run; gone on with when it exists."
    parser.add_argument("--log", type=Path, default=Path("storm.jsonl"), help=kept)
    return parser.parse_args()


async def storm(runs: int, seed: str, log: Path, at_once: int) -> None:
    """The runs that the log does not hold yet, batch by batch."""
    done = {row["number"] for row in _rows(log, seed)}
    numbers = [number for number in range(1, runs + 1) if number not in done]
    async with _rig() as rig:
        for first in range(0, len(numbers), at_once):
            batch = numbers[first : first + at_once]
            chance = Random(f"{seed}/plan/{batch[0]}")
            verdicts = await run_batch(rig, batch, seed, chance.choice((0, 0, 1, 2)), chance.choice((0, 1, 2)))
            with log.open("a") as out:
                out.writelines(f"{json.dumps({'seed': seed} | asdict(verdict))}\n" for verdict in verdicts)
            faulty = sum(bool(verdict.faulty) for verdict in verdicts)
            print(f"{first + len(batch)}/{len(numbers)} runs, {faulty} faulty in this batch", flush=True)


@asynccontextmanager
async def _rig() -> AsyncIterator[Rig]:
    """A database, a server and a build of their own, thrown away in the end."""
    with own_folder("storm") as folder, Cluster(folder / "pg") as cluster:
        cluster.ensure_roles()
        versions = Versions.copy(folder)
        environ = environ_of(cluster, folder, versions.dist)
        settings = read_settings(environ)
        await asyncio.to_thread(migrate, settings)
        async with plant(settings) as (database, town), async_playwright() as driver:
            program = Program(environ)
            await program.start()
            try:
                yield Rig(driver, program, versions, database, town)
            finally:
                await program.kill()


def _rows(log: Path, seed: str) -> list[dict[str, Any]]:
    """What the log holds of this seed; a line that was cut short is left out."""
    rows = []
    for line in log.read_text().splitlines() if log.exists() else []:
        try:
            row = json.loads(line)
        except ValueError:
            continue
        if row["seed"] == seed:
            rows.append(row)
    return rows


def table(rows: list[dict[str, Any]], seconds: float) -> str:
    """How much was done, and every broken promise."""
    steps, missed = Counter[str](), Counter[str]()
    for row in rows:
        steps.update(row["steps"])
        missed.update(row["missed"])
    sums = [(name, sum(row[name] for row in rows)) for name in ("told", "sent", "faults")]
    lines = [("runs", len(rows)), ("runs whose browser was killed", sum(row["kills"] > 0 for row in rows)), *sums]
    lines += [(f"step: {name}", count) for name, count in steps.most_common()]
    lines += [(f"not done: {why}", count) for why, count in missed.most_common(12)]
    lines += [("runs with a broken promise", sum(bool(row["faulty"]) for row in rows)), ("seconds", round(seconds))]
    faulty = [f"run {row['number']}: {fault}" for row in rows for fault in row["faulty"]]
    return "\n".join([*(f"{name:<60} {count:>8}" for name, count in lines), *faulty])


if __name__ == "__main__":
    main()
