"""Hostile requests by command: .venv/bin/python -m tests.hostile --requests 1000000 --seed 1

Against the program as `devanture serve` runs it, without the proxy that stands before it in production, under its real
limits. Ends with a table, and with 1 when anything broke: an answer of 500 or more but 503 with Retry-After, one that
tells of the inside, none at all to whole HTTP, another process, a server that grew, a row that changed.
"""

import argparse
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

import uvloop

from tests.hostile.siege import Outcome, besiege
from tests.rig.costs import cpu_seconds
from tests.served import served

REAL_LIMITS = {"DEVANTURE_VOTERS_PER_HOST": "60", "DEVANTURE_VOTERS_PER_NETWORK": "240"}
_TOLD_EVERY = 50_000


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--requests", type=int, default=20_000)
    parser.add_argument("--seed", default="1")
    asked, own = parser.parse_args(), time.process_time()
    outcome, server = uvloop.run(besieged(asked.seed, asked.requests))
    print(table(outcome))
    print(f"{'processor time, server':<40} {server:>9.0f} s")
    print(f"{'processor time, attackers':<40} {time.process_time() - own:>9.0f} s")
    sys.exit(bool(outcome.troubles))


async def besieged(seed: str, many: int) -> tuple[Outcome, float]:
    """The outcome, and the seconds of processor time that the server took."""
    with tempfile.TemporaryDirectory() as folder:
        log = Path(folder) / "server.log"
        async with served(more=REAL_LIMITS, log=log) as running:
            outcome = await besiege(running, log, seed, many, _tell)
            return outcome, cpu_seconds(running.program.pid)


def _tell(number: int) -> None:
    if number and not number % _TOLD_EVERY:
        print(f"{number} requests", file=sys.stderr, flush=True)


def table(outcome: Outcome) -> str:
    """How each address answered, what it cost, and every trouble."""
    whole: dict[str, Counter[str]] = {}
    for (what, answer), many in outcome.answers.items():
        whole.setdefault(what, Counter())[answer] += many
    lines = [f"{what:<46} {answers.total():>8}  {_told(answers)}" for what, answers in sorted(whole.items())]
    total = outcome.answers.total()
    facts = {
        "all": f"{total}",
        "seconds": f"{outcome.seconds:.0f}",
        "requests a second": f"{total / outcome.seconds:.0f}",
        "memory after the first, MB": f"{outcome.before / 1e6:.1f}",
        "memory at the end, MB": f"{outcome.after / 1e6:.1f}",
        "troubles": str(len(outcome.troubles)),
    }
    return "\n".join([*lines, "", *(f"{name:<40} {said:>9}" for name, said in facts.items()), *outcome.troubles])


def _told(answers: Counter[str]) -> str:
    return ", ".join(f"{answer}: {many}" for answer, many in sorted(answers.items()))


if __name__ == "__main__":
    main()
