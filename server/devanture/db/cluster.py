"""The private PostgreSQL + PostGIS cluster of a machine that names no server of its own.

    with Cluster(data / "postgres") as cluster:
        cluster.ensure_roles()
        serve(cluster.app_dsn())

Everything is synchronous and is called before the event loop starts. `start` must run in the main thread:
Linux sends the parent-death signal when the *thread* that started the child ends (prctl(2)).
Every foreseeable failure is a ClusterError whose text is one sentence for the person at the keyboard.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import threading
import time
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Self
from urllib.parse import quote

from devanture.db import cluster_account, cluster_folder
from devanture.db.cluster_account import Account
from devanture.db.cluster_folder import PORT, Layout
from devanture.db.cluster_install import Postgres, find_postgres
from devanture.db.cluster_trouble import ClusterError, explain, last_complaint

__all__ = ["Cluster", "ClusterError"]

DATABASE = "devanture"
_ROLES_SQL = Path(__file__).with_name("cluster_roles.sql")
_PATIENCE = 60.0  # seconds: recovery after a crash replays at most max_wal_size
# What PostgreSQL says while the processes of an earlier run are still ending.
_STILL_ENDING = ("pre-existing shared memory block", 'lock file "postmaster.pid" already exists')
_LOOKS_EVERY = 0.3  # seconds

# For a machine of 1 GB and more; a large town names a server of its own. Durability is PostgreSQL's
# default and written out because everything rests on it.
_SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "fsync": "on",
    "synchronous_commit": "on",
    "full_page_writes": "on",
    "shared_buffers": "128MB",
    "effective_cache_size": "512MB",
    "work_mem": "16MB",
    "maintenance_work_mem": "64MB",
    "max_wal_size": "512MB",
    "max_connections": "60",
    "random_page_cost": "1.1",
    "jit": "off",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "lc_messages": "C",
    "log_line_prefix": "%m [%p] ",
    "log_checkpoints": "off",
    "logging_collector": "off",
}


class Cluster:
    """A cluster in `folder`, which is made when absent and belongs to it alone.

    `start` holds the folder until `stop`; the death of this program, however sudden, ends PostgreSQL too.
    After `watch` the death of PostgreSQL is made good as well.
    """

    def __init__(self, folder: Path) -> None:
        self.layout = Layout(folder.resolve())
        self._server: subprocess.Popen[bytes] | None = None
        self._lock: int | None = None
        self._account: Account | None = None
        self._postgres: Postgres | None = None
        self._watcher: threading.Thread | None = None
        self._over = threading.Event()

    @property
    def exists(self) -> bool:
        """Tell whether the cluster was made already: making it takes some seconds, starting it under one."""
        return self.layout.made_by() is not None

    @property
    def socket_dir(self) -> Path:
        return self.layout.socket_dir

    @property
    def port(self) -> int:
        return PORT

    def is_running(self) -> bool:
        """Tell whether it serves now, whoever started it (another command may then use its addresses)."""
        lines = self.layout.pid_file_lines()
        return self.layout.server_pid() is not None and len(lines) > 7 and lines[7].strip() == "ready"

    def dsn(self, role: str, database: str = DATABASE) -> str:
        """Give the address `postgresql://role@/database?host=DIR&port=N` for asyncpg and libpq."""
        return f"postgresql://{role}@/{database}?host={quote(str(self.socket_dir))}&port={PORT}"

    def app_dsn(self, database: str = DATABASE) -> str:
        """Address of the role that runs the app: owns nothing, row-level security holds for it."""
        return self.dsn("devanture_app", database)

    def owner_dsn(self, database: str = DATABASE) -> str:
        """Address of the role that owns the schema and migrates it."""
        return self.dsn("devanture_owner", database)

    def superuser_dsn(self, database: str = "postgres") -> str:
        """Address of the cluster's superuser, for set-up and tests only."""
        return self.dsn("postgres", database)

    def start(self) -> Self:
        """Make the cluster if it is absent, start it and wait until it takes connections.

        Raises ClusterError.
        """
        if threading.current_thread() is not threading.main_thread():
            raise RuntimeError("Cluster.start must be called in the main thread")
        folder = self.layout.folder
        self._account = cluster_account.account_for(folder)
        cluster_account.prepare_folder(folder, self._account)
        self._postgres = find_postgres(self.layout.made_by())
        self._lock = cluster_folder.hold(self.layout)
        try:
            self._start_held(self._account, self._postgres)
        except BaseException:
            self.stop()
            raise
        return self

    def ensure_roles(self, database: str = DATABASE, extensions: tuple[str, ...] = ("postgis",)) -> None:
        """Make the roles devanture_owner and devanture_app, the database and its extensions where absent."""
        if self._account is None or self._postgres is None:
            raise RuntimeError("Cluster.ensure_roles needs a started cluster")
        done = self._account.run(
            str(self._postgres.bin / "psql"), "-X", "-q", "-v", f"database={database}",
            "-v", f"extensions={','.join(extensions)}", self.superuser_dsn(),
            cwd=self.layout.folder, text=_ROLES_SQL.read_text(),
        )  # fmt: skip
        if done.returncode != 0:
            raise _roles_failed(done.stdout, self.layout, self._postgres.major)

    def watch(self) -> None:
        """Begin PostgreSQL again whenever it dies before `stop`, as a service manager would; it then recovers."""
        self._over.clear()
        # The thread lasts as long as the program: what it starts dies with the program, and not before.
        self._watcher = threading.Thread(target=self._begin_again, name="postgres", daemon=True)
        self._watcher.start()

    def stop(self) -> None:
        """End PostgreSQL in good order and let the folder go; does nothing when it is not running."""
        if self._watcher is not None:
            self._over.set()
            self._watcher.join()
            self._watcher = None
        if self._server is not None:
            _end(self._server)
            self._server = None
            shutil.rmtree(self.socket_dir, ignore_errors=True)
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def _start_held(self, account: Account, postgres: Postgres) -> None:
        cluster_folder.check_room(self.layout.folder)
        _wait_for_the_one_before(self.layout)
        if not self.exists:
            _make(self.layout, account, postgres)
        cluster_folder.make_socket_dir(self.socket_dir, account)
        deadline = time.monotonic() + _PATIENCE
        while (output := self._attempt(account, postgres, deadline)) is not None:
            if time.monotonic() > deadline or not any(sign in output for sign in _STILL_ENDING):
                raise explain(output, self.layout.folder, self.layout.log)
            time.sleep(0.2)

    def _attempt(self, account: Account, postgres: Postgres, deadline: float) -> str | None:
        """Start the server once; give None when it is ready, else what it wrote before it ended."""
        begun = self._begin(account, postgres)
        assert self._server
        while self._server.poll() is None:
            if self.is_running() and self.layout.server_pid() == self._server.pid:
                return None
            if time.monotonic() > deadline:
                raise ClusterError(f"PostgreSQL was not ready in {_PATIENCE:.0f} s: see {self.layout.log}.")
            time.sleep(0.02)
        return self.layout.log.read_bytes()[begun:].decode(errors="replace")

    def _begin(self, account: Account, postgres: Postgres) -> int:
        """Start the server; gives where in the log its words begin."""
        log = cluster_folder.open_log(self.layout)
        begun = os.lseek(log, 0, os.SEEK_END)
        try:
            self._server = _launch(self.layout, account, postgres, log)
        finally:
            os.close(log)
        return begun

    def _begin_again(self) -> None:
        while not self._over.wait(_LOOKS_EVERY):
            if self._account and self._postgres and self._server and self._server.poll() is not None:
                # Processes of the one before may still be ending, or the disk be full: the next look tries again.
                with suppress(OSError):
                    self._begin(self._account, self._postgres)


def _launch(layout: Layout, account: Account, postgres: Postgres, log: int) -> subprocess.Popen[bytes]:
    settings = {**_SETTINGS, "unix_socket_directories": str(layout.socket_dir), "port": str(PORT)}
    options = [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]
    return subprocess.Popen(  # noqa: S603
        account.command(str(postgres.bin / "postgres"), "-D", str(layout.pgdata), *options),
        cwd=layout.folder,
        env=cluster_account.CLEAN_ENVIRONMENT,
        stdin=subprocess.DEVNULL,
        stdout=log,
        stderr=log,
        start_new_session=True,
    )


def _make(layout: Layout, account: Account, postgres: Postgres) -> None:
    """Run initdb beside the true name and rename at the end: a kill half-way leaves no half cluster."""
    shutil.rmtree(layout.unfinished, ignore_errors=True)
    done = account.run(
        str(postgres.bin / "initdb"), "--pgdata", str(layout.unfinished), "--username=postgres",
        "--data-checksums", "--encoding=UTF8", "--locale=C.UTF-8", "--auth-local=trust", "--auth-host=reject",
        cwd=layout.folder,
    )  # fmt: skip
    if done.returncode != 0:
        shutil.rmtree(layout.unfinished, ignore_errors=True)
        layout.log.write_text(done.stdout)
        raise explain(done.stdout, layout.folder, layout.log)
    layout.unfinished.rename(layout.pgdata)


def _wait_for_the_one_before(layout: Layout) -> None:
    """Wait for a server whose program is gone (we hold the folder) and which is still shutting down."""
    deadline = time.monotonic() + _PATIENCE
    while (pid := layout.server_pid()) is not None:
        if time.monotonic() > deadline:
            raise ClusterError(
                f"An earlier PostgreSQL (process {pid}) still runs in {layout.folder}: stop it first."
            )
        time.sleep(0.05)


def _end(server: subprocess.Popen[bytes]) -> None:
    """Ask for a fast shutdown; after half a minute an immediate one, from which PostgreSQL recovers."""
    for kind, seconds in ((signal.SIGINT, 30), (signal.SIGQUIT, 10), (signal.SIGKILL, 10)):
        if server.poll() is not None:
            return
        server.send_signal(kind)
        try:
            server.wait(seconds)
        except subprocess.TimeoutExpired:
            continue


def _roles_failed(output: str, layout: Layout, major: int) -> ClusterError:
    if "is not available" in output or "could not open extension control file" in output:
        return ClusterError(
            f"PostgreSQL {major} lacks an extension ({last_complaint(output)}): "
            f"install the packages postgresql-{major} and postgresql-{major}-postgis-3."
        )
    return explain(output, layout.folder, layout.log)
