"""Every address of the API, all checks, stateful, by command: .venv/bin/python -m tests.openapi --examples 500

Prints Schemathesis's own report, and ends with its exit status: 0 when no check failed.
"""

import argparse
import asyncio
import sys

from tests.openapi.running import run_schemathesis
from tests.served import served


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--examples", type=int, default=500, help="Of each operation and phase.")
    parser.add_argument("--seconds", type=int, default=1800, help="Nothing more is drawn after so long.")
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    status, printed = asyncio.run(_run(asked))
    print(printed)
    sys.exit(status)


async def _run(asked: argparse.Namespace) -> tuple[int, str]:
    async with served() as running:
        return await run_schemathesis(running.address, asked.examples, asked.seconds, asked.seed)


if __name__ == "__main__":
    main()
