"""The simulated town and the twelve attacks: .venv/bin/python -m tests.stuffing [--seeds 3] [--alone]

All attacks and crowds come to one town of 3,000 voters; with --alone each comes to a town of its own. Prints a table,
and ends with 1 when a goal is missed. A matter of many minutes on two cores.
"""

import argparse
import asyncio
import base64
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

from devanture.db.cluster import DATABASE, Cluster
from devanture.db.migrate import migrate
from devanture.db.pool import Database
from devanture.settings import Settings, read_settings
from tests.stuffing import town
from tests.stuffing.stage import found
from tests.stuffing.verdict import Row, table

MEMORY = Path("/dev/shm")
"""The database lies in memory where there is some: what is looked at here is who counts, not what a disk keeps."""


def main() -> None:
    asked = _arguments()
    with _cluster() as (cluster, settings):
        rows = asyncio.run(_run(asked, cluster, settings))
    missed = [fault for row in rows for fault in town.missed(row)]
    print("\n".join(missed) or "Every goal is met.")
    sys.exit(bool(missed))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, default=1, help="How many towns.")
    parser.add_argument("--first", type=int, default=1, help="The first seed.")
    parser.add_argument("--voters", type=int, default=3000)
    parser.add_argument("--share", type=float, default=1.0, help="Of what machines send.")
    parser.add_argument("--only", help="One attack or crowd by its name, or: honest.")
    parser.add_argument("--alone", action="store_true", help="Each attack and crowd in a town of its own.")
    parser.add_argument("--step", type=float, default=30, help="Minutes that quiet times are looked at together.")
    return parser.parse_args()


async def _run(asked: argparse.Namespace, cluster: Cluster, settings: Settings) -> list[Row]:
    database = Database(settings.database)
    await database.open()
    ground = await found(database, settings)
    await database.close()
    every: list[Row] = []
    for seed in range(asked.first, asked.first + asked.seeds):
        for cast in town.casts(asked.alone, asked.only):
            begun = time.monotonic()
            staged = town.Play(str(seed), asked.voters, asked.share, timedelta(minutes=asked.step))
            rows = await town.run(settings, cluster.superuser_dsn(DATABASE), ground, cast, staged)
            every += rows
            print(f"seed {seed}, {len(cast)} in town, {time.monotonic() - begun:.0f} s\n{table(rows)}\n", flush=True)
    return every


@contextmanager
def _cluster() -> Iterator[tuple[Cluster, Settings]]:
    """A private database, thrown away in the end; the account of PostgreSQL must be able to pass through its folder."""
    folder = Path(tempfile.mkdtemp(prefix="devanture-stuffing-", dir=MEMORY if MEMORY.is_dir() else None))
    folder.chmod(0o755)
    try:
        with Cluster(folder / "pg") as cluster:
            cluster.ensure_roles()
            environ = {name: value for name, value in os.environ.items() if not name.startswith("DEVANTURE_")} | {
                "DEVANTURE_DATABASE_URL": cluster.app_dsn(), "DEVANTURE_DATABASE_OWNER_URL": cluster.owner_dsn(),
                "DEVANTURE_DATA": str(folder / "data"), "DEVANTURE_KEY": base64.b64encode(bytes(range(32))).decode(),
            }  # fmt: skip
            settings = read_settings(environ)
            migrate(settings)
            yield cluster, settings
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
