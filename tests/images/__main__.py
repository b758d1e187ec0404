"""2,000 hostile pictures by command: .venv/bin/python -m tests.images --images 2000 --seed 1

Ends with a table, and with 1 when an original stayed on the disk, the server's memory grew by 20 MB or an answer was
neither « stored » nor a refusal.
"""

import argparse
import asyncio
import sys
import time

from devanture.photos.files import PHOTOS
from tests.images.sending import MOST_GROWTH, Outcome, send_pictures
from tests.served import served


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--images", type=int, default=2000)
    parser.add_argument("--seed", default="1")
    asked, begun = parser.parse_args(), time.monotonic()
    outcome = asyncio.run(_all(asked.seed, asked.images))
    print(table(outcome, time.monotonic() - begun))
    sys.exit(bool(outcome.troubles) or outcome.growth >= MOST_GROWTH)


async def _all(seed: str, many: int) -> Outcome:
    async with served() as running:
        return await send_pictures(
            running.address, running.program.pid, running.folder / PHOTOS, seed, many, warm=min(100, many // 4)
        )


def table(outcome: Outcome, seconds: float) -> str:
    """What was sent and how it was answered, what it cost, and every trouble."""
    lines = [f"{what:<16} {code:<18} {many:>6}" for (what, code), many in sorted(outcome.answers.items())]
    sizes = (("memory before", outcome.before), ("memory after", outcome.after), ("grown by", outcome.growth))
    lines += [f"{'all':<35} {outcome.answers.total():>6}"]
    lines += [f"{name:<35} {size / 1e6:>6.1f} MB" for name, size in sizes]
    return "\n".join([*lines, f"{'seconds':<35} {seconds:>6.0f}", *outcome.troubles])


if __name__ == "__main__":
    main()
