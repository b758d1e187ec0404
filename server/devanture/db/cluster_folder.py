"""The files of a private cluster: where they lie, who holds them, whether there is room for them."""

from __future__ import annotations

import fcntl
import hashlib
import os
import stat
from dataclasses import dataclass
from pathlib import Path

from devanture.db.cluster_account import Account
from devanture.db.cluster_trouble import ClusterError

PORT = 5432  # Only a part of the socket's file name: nothing listens on a network.
# sockaddr_un holds 108 bytes with the closing zero (Linux unix(7)).
_LONGEST_SOCKET = 107 - len(f"/.s.PGSQL.{PORT}")
_ROOM_NEEDED = 200 * 1024 * 1024  # bytes: a new cluster takes some 60 MB and its journal grows
_LOG_KEPT = 10 * 1024 * 1024  # bytes


@dataclass(frozen=True)
class Layout:
    """Names of everything inside the cluster's folder."""

    folder: Path

    @property
    def pgdata(self) -> Path:
        return self.folder / "pgdata"

    @property
    def unfinished(self) -> Path:
        """Where initdb works, so that a cluster under its true name is always whole."""
        return self.folder / "pgdata.unfinished"

    @property
    def log(self) -> Path:
        return self.folder / "postgres.log"

    @property
    def socket_dir(self) -> Path:
        """The socket's folder: inside ours, or in a short one when the path would not fit the system's limit.

        The short name depends only on the folder's path, so that every program finds it.
        """
        inside = self.folder / "socket"
        if len(os.fsencode(inside)) <= _LONGEST_SOCKET:
            return inside
        digest = hashlib.sha256(os.fsencode(self.folder)).hexdigest()[:16]
        return Path("/tmp") / f"devanture-{digest}"  # noqa: S108  make_socket_dir checks whose it is

    def made_by(self) -> int | None:
        """Give the major version that made the cluster, or None when there is none yet."""
        try:
            return int((self.pgdata / "PG_VERSION").read_text().strip().split(".")[0])
        except OSError:
            return None

    def server_pid(self) -> int | None:
        """Give the process that PostgreSQL's own lock file names, if it is alive."""
        lines = self.pid_file_lines()
        if not lines or not lines[0].isdecimal():
            return None
        return int(lines[0]) if _is_alive(int(lines[0])) else None

    def pid_file_lines(self) -> list[str]:
        """Read postmaster.pid: the first line is the process, the eighth its state (`ready`, `stopping`)."""
        try:
            return (self.pgdata / "postmaster.pid").read_text().splitlines()
        except OSError:
            return []


def _is_alive(pid: int) -> bool:
    """Tell whether `pid` is a PostgreSQL that runs; one that died and that its parent left unburied does not."""
    try:
        known = Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return False
    return "(postgres)" in known and known.rpartition(")")[2].split()[0] not in ("Z", "X")  # proc(5)


def make_socket_dir(path: Path, account: Account) -> None:
    """Make the socket's folder, readable by the account alone; refuse one that somebody else laid there."""
    try:
        path.mkdir(mode=0o700)
        if account.drop:
            os.chown(path, account.uid, account.gid, follow_symlinks=False)
    except FileExistsError:
        pass
    found = path.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != account.uid or stat.S_IMODE(found.st_mode) != 0o700:
        raise ClusterError(f"{path} is not a folder private to the user {account.name}: remove it first.")


def check_room(folder: Path) -> None:
    """Refuse to start on a nearly full disk: PostgreSQL would stop in the middle of the work."""
    disk = os.statvfs(folder)
    free = disk.f_bavail * disk.f_frsize
    if free < _ROOM_NEEDED:
        raise ClusterError(
            f"The disk that holds {folder} is full: {free // 2**20} MB are free "
            f"and the database needs {_ROOM_NEEDED // 2**20} MB."
        )


def open_log(layout: Layout) -> int:
    """Open the log for appending, after setting a long one aside; gives a file descriptor to close."""
    if layout.log.exists() and layout.log.stat().st_size > _LOG_KEPT:
        layout.log.replace(layout.log.with_suffix(".log.1"))
    # The folder's owner must not lead root, who opens this, to another file.
    return os.open(layout.log, os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_NOFOLLOW, 0o600)


def hold(layout: Layout) -> int:
    """Take the folder for this program until the descriptor is closed, which death does too.

    Raises ClusterError when another program has it.
    """
    lock = os.open(layout.folder / "program.lock", os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o600)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        holder = os.read(lock, 20).decode(errors="replace").strip() or "unknown"
        os.close(lock)
        raise ClusterError(
            f"Another program (process {holder}) runs the database in {layout.folder}: "
            "stop it first, or choose another folder with --data DIR."
        ) from None
    os.truncate(lock, 0)
    os.pwrite(lock, f"{os.getpid()}\n".encode(), 0)
    return lock
