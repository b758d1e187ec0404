"""Schemathesis, a client that nobody here wrote, on the program's own description of its addresses."""

import asyncio
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

CONFIG = Path(__file__).with_name("schemathesis.toml")


async def run_schemathesis(address: str, examples: int, seconds: int, seed: int) -> tuple[int, str]:
    """Every phase, links from answer to question included, and every check; the exit status and what was printed.

    Nothing more is drawn after so many seconds.
    """
    command = [
        sys.executable, "-c", "from schemathesis.cli import schemathesis; schemathesis()", "--config-file", str(CONFIG),
        "run", f"{address}/api/v1/openapi.json",
        "--checks", "all", "--max-examples", str(examples), "--max-time", str(seconds), "--seed", str(seed),
        "--generation-database", "none", "--continue-on-failure", "--no-color",
    ]  # fmt: skip
    # It keeps what failed in the folder that it runs in.
    with TemporaryDirectory() as folder:
        running = await asyncio.create_subprocess_exec(
            *command, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT, cwd=folder
        )
        printed, _ = await running.communicate()
    return running.returncode or 0, printed.decode()
