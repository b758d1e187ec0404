"""The commands: one sentence when something is wrong; a home of one's own when no database is named."""

import os
import re
import shutil
import socket
import stat
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from httpx2 import AsyncClient

from devanture.db.cluster import Cluster
from devanture.db.pool import Database
from devanture.errors import OperatorError
from devanture.home import open_home
from devanture.serving import listen
from devanture.settings import Settings
from tests.conftest import ROOT
from tests.seed import Seeded


def run(*words: str, **environ: str) -> subprocess.CompletedProcess[str]:
    """A command as somebody types it, with these variables and no other of ours."""
    known = {name: value for name, value in os.environ.items() if not name.startswith("DEVANTURE_")}
    return subprocess.run(
        [sys.executable, "-m", "devanture", *words],
        cwd=ROOT / "server", env=known | environ, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip


def named(settings: Settings, environ: dict[str, str]) -> dict[str, str]:
    return {name: value for name, value in environ.items() if name.startswith("DEVANTURE_")}


@pytest.mark.parametrize(
    ("words", "environ", "sentence"),
    [
        (["worker"], {}, "DEVANTURE_DATABASE_URL is not set."),
        (["migrate"], {"DEVANTURE_DATABASE_URL": "postgresql://x@/y"}, "DEVANTURE_DATA is not set."),
        (["import", "nowhere"], {"DEVANTURE_DATABASE_URL": "x", "DEVANTURE_DATA": "."}, "DEVANTURE_KEY is not set."),
    ],
)
def test_what_is_missing_is_one_sentence(words: list[str], environ: dict[str, str], sentence: str) -> None:
    done = run(*words, **environ)
    assert (done.returncode, done.stderr, done.stdout) == (1, f"devanture: {sentence}\n", "")


def test_a_port_in_use_is_one_sentence() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = run("serve", "--port", str(port))
        with pytest.raises(OperatorError, match=f"Port {port} of 127.0.0.1 is taken"):
            listen(port)
    assert done.returncode == 1
    assert (
        done.stderr == f"devanture: Port {port} of 127.0.0.1 is taken by another program: choose another with --port.\n"
    )


def test_a_database_that_is_not_there_is_one_sentence() -> None:
    environ = {
        "DEVANTURE_DATABASE_URL": "postgresql://devanture_app@127.0.0.1:1/none", "DEVANTURE_DATA": ".",
        "DEVANTURE_KEY": "A" * 43 + "=",
    }  # fmt: skip
    for words in (["release", "rue"], ["staff", "add", "a@example.org", "--organisation", "ville"]):
        done = run(*words, **environ)
        assert done.returncode == 1
        assert re.fullmatch(r"devanture: [^\n]+\n", done.stderr), done.stderr


@pytest.mark.anyio
async def test_a_member_added_at_the_terminal_comes_in_by_the_link_it_prints(
    client: AsyncClient, environ: dict[str, str], settings: Settings, town: Seeded
) -> None:
    add = ["staff", "add", "ada@example.org", "--organisation", "ville", "--name", "Ada", "--role", "planner"]
    done = run(*add, **named(settings, environ))
    assert done.returncode == 0, done.stderr
    link = done.stdout.splitlines()[-1]
    assert link.startswith("http://127.0.0.1:8000/bureau/entrer?jeton=")
    await client.post("/bureau/entrer", data={"jeton": link.partition("=")[2]})
    assert "Ada" in (await client.get("/bureau/")).text


@pytest.mark.anyio
async def test_a_role_or_an_organisation_that_does_not_exist_is_one_sentence(
    environ: dict[str, str], settings: Settings, town: Seeded
) -> None:
    add = ["staff", "add", "ada@example.org", "--organisation"]
    wrong = [run(*add, *words, **named(settings, environ)) for words in (["nulle-part"], ["ville", "--role", "king"])]
    assert [done.returncode for done in wrong] == [1, 1]
    assert "no organisation called « nulle-part »" in wrong[0].stderr
    assert "A role is one of" in wrong[1].stderr and "Traceback" not in wrong[1].stderr


@pytest.mark.anyio
async def test_a_release_is_made_at_the_terminal(
    environ: dict[str, str], settings: Settings, database: Database, town: Seeded
) -> None:
    done = run("release", "rue", **named(settings, environ))
    assert done.returncode == 0, done.stderr
    async with database.transaction(town.organisation_id) as connection:
        assert await connection.fetchval("SELECT count(*) FROM release") >= 1


@pytest.fixture
def home() -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix="devanture-home-"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


def test_a_machine_that_names_no_database_gets_its_own_with_a_key_that_it_keeps(home: Path) -> None:
    environ = {"DEVANTURE_DATA": str(home)}
    with open_home(environ, hold=True) as first:
        assert stat.S_IMODE((home / "key").stat().st_mode) == 0o600
        # Another command joins the cluster that runs, and leaves it running.
        with open_home(environ) as beside:
            assert beside.key == first.key
        assert Cluster(home / "postgres").is_running()
    assert not Cluster(home / "postgres").is_running()
    with open_home(environ) as again:
        assert again.key == first.key


def test_a_named_database_is_taken_as_it_is(home: Path, environ: dict[str, str]) -> None:
    with open_home(environ | {"DEVANTURE_DATA": str(home)}) as settings:
        assert settings.database.app_url == environ["DEVANTURE_DATABASE_URL"]
    assert list(home.iterdir()) == []
