"""Kills and faults by command: .venv/bin/python -m tests.faults --kills 1000 --opinions 400000 --log faults.jsonl

A log that already holds rounds of this seed is gone on with. Ends with a table, and with 1 when a promise was broken.
"""

import argparse
import asyncio
import json
import re
import signal
import sys
from collections.abc import Coroutine
from dataclasses import asdict
from pathlib import Path
from random import Random
from typing import Any, TypeVar

import uvloop

from tests.faults.controls import seen_by_checker, unseen
from tests.faults.ground import why_no_disks
from tests.faults.plan import scenarios
from tests.faults.rounds import Verdict, run_round
from tests.faults.table import table
from tests.faults.world import World, open_world

T = TypeVar("T")


def main() -> None:
    asked = _arguments()
    try:
        missed = run(storm(asked.kills, asked.opinions, asked.seed, asked.log, asked.only))
    except KeyboardInterrupt:
        print(f"\nStopped; everything is ended and put away. The same command goes on with {asked.log}.")
        sys.exit(130)
    rows = read_log(asked.log, asked.seed)
    print(table(rows))
    print(f"negative controls that the checker did not see: {', '.join(missed) or 'none of ten'}")
    sys.exit(bool(missed) or any(row.broken for row in rows))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=60)
    parser.add_argument("--opinions", type=int, default=20_000)
    parser.add_argument("--seed", default="1")
    parser.add_argument("--only", default="", help="Scenarios whose name this regular expression finds.")
    parser.add_argument("--log", type=Path, default=Path("faults.jsonl"), help="One line a round; gone on with.")
    return parser.parse_args()


def run(work: Coroutine[Any, Any, T]) -> T:
    """Until its end; Ctrl-C or SIGTERM ends what it began first, then raises `KeyboardInterrupt`."""

    async def stoppable() -> T:
        task = asyncio.current_task()
        assert task
        for stop in (signal.SIGINT, signal.SIGTERM):
            asyncio.get_running_loop().add_signal_handler(stop, task.cancel)
        return await work

    try:
        return uvloop.run(stoppable())
    except asyncio.CancelledError:
        raise KeyboardInterrupt from None


async def storm(kills: int, opinions: int, seed: str, log: Path, only: str = "") -> list[str]:
    """Turns of all scenarios until there were so many kills and opinions, those in the log included.

    Then the negative controls, in every run; the names of those that the checker did not see.
    """
    async with open_world() as world:
        while not _enough(rows := read_log(log, seed), kills, opinions):
            await turn(world, seed, log, len(rows), opinions, only)
        return unseen(await seen_by_checker(world, seed))


async def turn(world: World, seed: str, log: Path, begun: int, opinions: int, only: str) -> None:
    """Each scenario once."""
    if no_disks := why_no_disks(world.folder):
        print(f"left out: full disks, since {no_disks}", flush=True)
    plan = [one for one in scenarios(not no_disks, min(opinions, 20_000)) if re.search(only, one.name)]
    for number, scenario in enumerate(plan, begun + 1):
        verdict = await run_round(world, scenario, f"r{number}", Random(f"{seed}/{number}"))
        with log.open("a") as out:
            out.write(json.dumps({"seed": seed} | asdict(verdict)) + "\n")
        said = f"{number}: {verdict.scenario}, {verdict.opinions} opinions in {verdict.seconds:.0f} s"
        print(said, verdict.first or "", flush=True)


def _enough(rows: list[Verdict], kills: int, opinions: int) -> bool:
    killed = sum(sum(row.kills.values()) for row in rows)
    return killed >= kills and sum(row.opinions for row in rows) >= opinions


def read_log(log: Path, seed: str) -> list[Verdict]:
    """What the log holds of this seed; a line that was cut short is left out."""
    found = []
    for line in log.read_text().splitlines() if log.exists() else []:
        try:
            row: dict[str, Any] = json.loads(line)
        except ValueError:
            continue
        if row.pop("seed") == seed:
            found.append(Verdict(**row))
    return found


if __name__ == "__main__":
    main()
