"""A private PostGIS for each worker, built by the real migrations; every test begins with empty tables.

The tests call the same `create_app` as the program, with the same two database roles.
"""

import base64
import os
import shutil
import tempfile
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import asyncpg
import httpx2
import pytest
from starlette.applications import Starlette

from devanture.app import create_app
from devanture.db.cluster import DATABASE, Cluster
from devanture.db.migrate import migrate
from devanture.db.pool import Database
from devanture.settings import Settings, read_settings
from tests.seed import Clock, Seeded, browser_on, seed, stand_in_build

ROOT = Path(__file__).parents[1]
KEPT = ("alembic_version", "spatial_ref_sys")


@pytest.fixture(scope="session")
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    """Under a folder that the account of PostgreSQL may pass through, which pytest's own is not."""
    folder = Path(tempfile.mkdtemp(prefix="devanture-test-"))
    folder.chmod(0o755)
    try:
        with Cluster(folder / "pg") as running:
            running.ensure_roles()
            yield running
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def environ(cluster: Cluster, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The variables of a program that uses the test cluster, and the phone's build where there is one."""
    return {
        **{name: value for name, value in os.environ.items() if not name.startswith("DEVANTURE_")},
        "DEVANTURE_DATABASE_URL": cluster.app_dsn(),
        "DEVANTURE_DATABASE_OWNER_URL": cluster.owner_dsn(),
        "DEVANTURE_DATA": str(tmp_path_factory.mktemp("data")),
        "DEVANTURE_KEY": base64.b64encode(bytes(range(32))).decode(),
        "DEVANTURE_DIST": str(_built(tmp_path_factory.mktemp("built") / "dist")),
    }


def _built(folder: Path) -> Path:
    """A copy of the phone's build, which a build under way cannot empty; a stand-in where there is none."""
    if (ROOT / "pwa" / "dist" / ".vite" / "manifest.json").exists():
        return shutil.copytree(ROOT / "pwa" / "dist", folder)
    return stand_in_build(folder)


@pytest.fixture(scope="session")
def migrated(environ: dict[str, str]) -> Settings:
    settings = read_settings(environ)
    migrate(settings)
    return settings


@pytest.fixture
async def settings(migrated: Settings, cluster: Cluster) -> Settings:
    """Settings of a program whose tables are empty.

    Rows are deleted, by the superuser whom row-level security does not bind: truncating every table writes new
    files, which takes ten times longer than the few rows of a test.
    """
    connection = await asyncpg.connect(cluster.superuser_dsn(DATABASE), server_settings={"synchronous_commit": "off"})
    rows = await connection.fetch(
        "SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tableowner = 'devanture_owner'"
    )
    names = [row["tablename"] for row in rows if row["tablename"] not in KEPT]
    await connection.execute("".join(f"DELETE FROM {name};" for name in names))
    await connection.close()
    return migrated


@pytest.fixture
async def owner(settings: Settings) -> AsyncIterator[asyncpg.Connection]:
    """A connection of the owner role, which row-level security binds too."""
    connection = await asyncpg.connect(settings.database.owner_url)
    yield connection
    await connection.close()


@pytest.fixture
async def database(settings: Settings) -> AsyncIterator[Database]:
    """The pool of the app role."""
    pool = Database(settings.database)
    await pool.open()
    yield pool
    await pool.close()


@pytest.fixture
async def town(database: Database, settings: Settings) -> Seeded:
    """One open consultation, at `/rue/`."""
    return await seed(database, settings)


@pytest.fixture
def clock() -> Clock:
    """The clock of `app`, which a test may move."""
    return Clock()


@pytest.fixture
async def app(settings: Settings, clock: Clock) -> AsyncIterator[Starlette]:
    """The program, open."""
    running = create_app(settings, clock)
    async with running.router.lifespan_context(running):
        yield running


@pytest.fixture
async def client(app: Starlette) -> AsyncIterator[httpx2.AsyncClient]:
    """A browser without a cookie, on the program itself."""
    async with browser_on(app) as browser:
        yield browser
