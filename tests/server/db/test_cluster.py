"""A real cluster is made, started, killed and started again; nothing of PostgreSQL is imitated."""

from __future__ import annotations

import asyncio
import os
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import asyncpg
import pytest

from devanture.db import cluster_account
from devanture.db.cluster import Cluster, ClusterError
from devanture.db.cluster_folder import Layout, make_socket_dir

SERVER = Path(__file__).parents[3] / "server"
PATIENCE_S = 60.0
OWNER = """
import signal, sys, time
from pathlib import Path
from devanture.db.cluster import Cluster
signal.signal(signal.SIGINT, signal.default_int_handler)  # whoever runs the tests in the background ignores it
with Cluster(Path(sys.argv[1])) as cluster:
    cluster.ensure_roles()
    try:
        print(cluster.layout.server_pid(), flush=True)
        time.sleep(600)
    except KeyboardInterrupt:
        print("interrupted", cluster.is_running(), flush=True)
"""


@pytest.fixture(scope="module")
def open_folder() -> Iterator[Path]:
    """A folder that the user postgres can reach: pytest's own are closed to everybody but their maker."""
    folder = Path(tempfile.mkdtemp(prefix="devanture-test-"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


@pytest.fixture(scope="module")
def cluster(open_folder: Path) -> Iterator[Cluster]:
    with Cluster(open_folder / "shared") as started:
        started.ensure_roles()
        yield started


def ask(dsn: str, sql: str) -> object:
    async def once() -> object:
        connection = await asyncpg.connect(dsn)
        try:
            return await connection.fetchval(sql)
        finally:
            await connection.close()

    return asyncio.run(once())


def owning_program(folder: Path) -> tuple[subprocess.Popen[str], int]:
    """Start another program that owns the cluster; gives it and the number of its PostgreSQL."""
    program = subprocess.Popen(
        [sys.executable, "-c", OWNER, str(folder)],
        env={**os.environ, "PYTHONPATH": str(SERVER)},
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    assert program.stdout is not None
    return program, int(program.stdout.readline())


def runs(pid: int) -> bool:
    """An orphan that ended stays in the list of processes until the system's first process has looked."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def gone(pid: int) -> bool:
    """Whether it ends before anybody's patience does; how fast it is, the rig of tests/faults measures."""
    deadline = time.monotonic() + PATIENCE_S
    while runs(pid) and time.monotonic() < deadline:
        time.sleep(0.02)
    return not runs(pid)


def test_the_app_role_reaches_postgis(cluster: Cluster) -> None:
    assert str(ask(cluster.app_dsn(), "SELECT postgis_version()")).startswith("3.")


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        ("data_checksums", "on"),
        ("listen_addresses", ""),
        ("fsync", "on"),
        ("synchronous_commit", "on"),
        ("server_encoding", "UTF8"),
        ("TimeZone", "UTC"),
    ],
)
def test_the_cluster_is_private_and_durable(cluster: Cluster, setting: str, value: str) -> None:
    assert ask(cluster.superuser_dsn(), f"SHOW {setting}") == value


def test_the_socket_lies_in_a_folder_closed_to_others(cluster: Cluster) -> None:
    assert stat.S_IMODE(cluster.socket_dir.stat().st_mode) == 0o700
    assert (cluster.socket_dir / f".s.PGSQL.{cluster.port}").is_socket()


def test_the_app_role_owns_nothing_and_cannot_make_tables(cluster: Cluster) -> None:
    rights = ask(
        cluster.superuser_dsn("devanture"),
        "SELECT rolsuper OR rolbypassrls OR rolcreatedb OR rolcreaterole FROM pg_roles WHERE rolname = 'devanture_app'",
    )
    assert rights is False
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        ask(cluster.app_dsn(), "CREATE TABLE mine (id int)")


def test_the_owner_role_owns_the_database_and_is_no_superuser(cluster: Cluster) -> None:
    owner = ask(
        cluster.owner_dsn(), "SELECT pg_get_userbyid(datdba) FROM pg_database WHERE datname = current_database()"
    )
    assert owner == "devanture_owner"
    assert ask(cluster.owner_dsn(), "SELECT rolsuper FROM pg_roles WHERE rolname = current_user") is False


def test_roles_may_be_ensured_again_and_for_another_database(cluster: Cluster) -> None:
    cluster.ensure_roles()
    cluster.ensure_roles("second", ("postgis", "pg_trgm"))
    assert ask(cluster.owner_dsn("second"), "SELECT count(*) FROM pg_extension WHERE extname = 'pg_trgm'") == 1


def test_an_extension_that_is_not_installed_is_named_with_its_packages(cluster: Cluster) -> None:
    with pytest.raises(ClusterError, match=r'no_such.*install the packages postgresql-\d+'):
        cluster.ensure_roles("third", ("no_such",))


def test_a_second_program_is_told_who_runs_the_database(cluster: Cluster) -> None:
    with pytest.raises(ClusterError, match=rf"process {os.getpid()}\) runs the database"):
        Cluster(cluster.layout.folder).start()
    assert cluster.is_running()


def test_a_killed_program_leaves_no_postgres_and_its_data_are_whole(open_folder: Path) -> None:
    folder = open_folder / "killed"
    program, postgres = owning_program(folder)
    cluster = Cluster(folder)
    ask(cluster.owner_dsn(), "CREATE TABLE kept AS SELECT 7 AS n")
    program.kill()
    program.communicate()
    with cluster:  # at once: it waits for the one before
        assert gone(postgres)
        assert ask(cluster.owner_dsn(), "SELECT n FROM kept") == 7


def test_a_killed_program_is_followed_by_its_postgres(open_folder: Path) -> None:
    program, postgres = owning_program(open_folder / "orphan")
    program.kill()
    program.communicate()
    assert gone(postgres)


def test_a_killed_postmaster_is_recovered_from_at_the_next_start(open_folder: Path) -> None:
    cluster = Cluster(open_folder / "postmaster")
    with cluster:
        cluster.ensure_roles()
        ask(cluster.owner_dsn(), "CREATE TABLE kept AS SELECT 7 AS n")
        pid = cluster.layout.server_pid()
        assert pid is not None
        os.kill(pid, signal.SIGKILL)
        assert gone(pid)
        assert not cluster.is_running()
    with cluster:
        assert ask(cluster.owner_dsn(), "SELECT n FROM kept") == 7


def test_a_killed_postmaster_is_begun_again_under_a_watch(open_folder: Path) -> None:
    with Cluster(open_folder / "watched") as cluster:
        cluster.ensure_roles()
        ask(cluster.owner_dsn(), "CREATE TABLE kept AS SELECT 7 AS n")
        cluster.watch()
        for how in (signal.SIGKILL, signal.SIGQUIT):
            pid = cluster.layout.server_pid()
            assert pid is not None
            os.kill(pid, how)
            begun = time.monotonic()
            while cluster.layout.server_pid() in (None, pid) or not cluster.is_running():
                assert time.monotonic() - begun < PATIENCE_S
                time.sleep(0.02)
            assert ask(cluster.owner_dsn(), "SELECT n FROM kept") == 7
    assert not cluster.is_running()


def test_ctrl_c_reaches_the_program_first_and_postgres_ends_in_good_order(open_folder: Path) -> None:
    folder = open_folder / "interrupted"
    program, postgres = owning_program(folder)
    os.killpg(program.pid, signal.SIGINT)
    said, _ = program.communicate(timeout=PATIENCE_S)
    assert said == "interrupted True\n"
    assert not runs(postgres)
    assert "database system is shut down" in Layout(folder).log.read_text().splitlines()[-1]


def test_a_child_whose_parent_died_before_it_was_ready_ends_by_itself(
    open_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    account = cluster_account.account_for(open_folder)
    assert account.run("echo", "here", cwd=open_folder).stdout == "here\n"
    parent = os.getpid()
    monkeypatch.setattr(os, "getpid", lambda: parent + 1)
    orphan = account.run("echo", "here", cwd=open_folder)
    assert (orphan.returncode, orphan.stdout) == (70, "")


def test_an_existing_cluster_starts_again(open_folder: Path) -> None:
    cluster = Cluster(open_folder / "twice")
    assert not cluster.exists
    cluster.start().stop()
    assert Cluster(open_folder / "twice").exists
    with cluster:
        assert cluster.is_running()
    assert not cluster.is_running()


def test_a_half_made_cluster_is_made_anew(open_folder: Path) -> None:
    cluster = Cluster(open_folder / "half")
    cluster.layout.unfinished.mkdir(parents=True)
    (cluster.layout.unfinished / "PG_VERSION").write_text("15\n")
    with cluster:
        assert ask(cluster.superuser_dsn(), "SELECT 1") == 1
    assert not cluster.layout.unfinished.exists()


def test_a_long_path_gets_a_short_private_socket_folder(open_folder: Path) -> None:
    cluster = Cluster(open_folder / ("long" * 30))
    with cluster:
        assert len(str(cluster.socket_dir)) < 93
        assert stat.S_IMODE(cluster.socket_dir.stat().st_mode) == 0o700
        assert ask(cluster.superuser_dsn(), "SELECT 1") == 1
    assert not cluster.socket_dir.exists()


def test_a_socket_folder_that_somebody_else_laid_is_refused(open_folder: Path) -> None:
    laid = open_folder / "laid"
    laid.mkdir(mode=0o777)
    laid.chmod(0o777)
    with pytest.raises(ClusterError, match="not a folder private to the user"):
        make_socket_dir(laid, cluster_account.account_for(open_folder / "none"))


def test_start_outside_the_main_thread_is_a_mistake_of_the_caller(open_folder: Path) -> None:
    caught: list[BaseException] = []

    def start() -> None:
        try:
            Cluster(open_folder / "thread").start()
        except RuntimeError as error:
            caught.append(error)

    thread = threading.Thread(target=start)
    thread.start()
    thread.join()
    assert "main thread" in str(caught[0])
