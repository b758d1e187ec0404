"""The program as `devanture serve` runs it, in a process and on a database of its own: for what runs by command."""

import asyncio
import base64
import os
import shutil
import tempfile
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from devanture.db.cluster import Cluster
from devanture.db.migrate import migrate
from devanture.db.pool import Database
from devanture.settings import Settings, read_settings
from tests.rig.program import Program
from tests.seed import Seeded, Town, seed, stand_in_build


@dataclass(frozen=True)
class Served:
    """`folder` is the program's data folder."""

    program: Program
    cluster: Cluster
    settings: Settings
    database: Database
    town: Seeded
    folder: Path

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.program.port}"


@asynccontextmanager
async def served(
    town: Town | None = None, more: Mapping[str, str] | None = None, log: Path | None = None
) -> AsyncIterator[Served]:
    """Started with one open consultation, thrown away in the end; `more` variables, the program's words in `log`."""
    folder = await asyncio.to_thread(_folder)
    try:
        with Cluster(folder / "pg") as cluster:
            cluster.ensure_roles()
            environ = {name: value for name, value in os.environ.items() if not name.startswith("DEVANTURE_")} | {
                "DEVANTURE_DATABASE_URL": cluster.app_dsn(), "DEVANTURE_DATABASE_OWNER_URL": cluster.owner_dsn(),
                "DEVANTURE_DATA": str(folder / "data"), "DEVANTURE_DIST": str(stand_in_build(folder / "dist")),
                "DEVANTURE_KEY": base64.b64encode(os.urandom(32)).decode(),
            } | dict(more or {})  # fmt: skip
            settings = read_settings(environ)
            await asyncio.to_thread(migrate, settings)
            database, program = Database(settings.database), Program(environ, log=log)
            await database.open()
            try:
                seeded = await seed(database, settings, town or Town())
                await program.start()
                yield Served(program, cluster, settings, database, seeded, settings.data)
            finally:
                await program.kill()
                await database.close()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _folder() -> Path:
    """The account of PostgreSQL must be able to pass through it."""
    folder = Path(tempfile.mkdtemp(prefix="devanture-served-"))
    folder.chmod(0o755)
    (folder / "data").mkdir()
    return folder
