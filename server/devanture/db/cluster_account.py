"""Who runs PostgreSQL, which refuses to run as root: root drops to the folder's owner, else to `postgres`.

Every program of PostgreSQL is started through `command`: in its own session, so that the terminal's
Ctrl-C reaches only us, and with a parent-death signal, so that it ends when we are killed.
"""

from __future__ import annotations

import os
import pwd
import subprocess
from dataclasses import dataclass
from pathlib import Path

from devanture.db.cluster_trouble import ClusterError

# The kernel sends the signal only if the parent dies after it was asked for. The shell therefore looks
# whether the parent is still the one that started it; from there on, the signal cannot be missed.
_STILL_OURS = '[ "$PPID" = "$0" ] || exit 70; exec "$@"'

# PostgreSQL reads PG* and LC_* variables; those of the caller must not change what we run.
CLEAN_ENVIRONMENT = {"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL": "C.UTF-8", "TZ": "UTC"}


@dataclass(frozen=True)
class Account:
    """The system user who owns the cluster; `drop` is true when we are root and must become that user."""

    name: str
    uid: int
    gid: int
    drop: bool

    def command(self, *words: str) -> list[str]:
        """Build the command line that runs `words` as this user and dies with the calling thread."""
        identity = (
            [f"--reuid={self.uid}", f"--regid={self.gid}", "--init-groups", "--inh-caps=-all"]
            if self.drop
            else []
        )
        # setpriv asks for the signal after changing user, because the change would clear it. An ignored
        # SIGINT is inherited (a shell's background jobs have it) and would make PostgreSQL miss the signal.
        return [
            "env", "--default-signal=INT", "setpriv", *identity, "--pdeathsig=INT", "--",
            "sh", "-c", _STILL_OURS, str(os.getpid()), *words,
        ]  # fmt: skip

    def run(self, *words: str, cwd: Path, text: str = "") -> subprocess.CompletedProcess[str]:
        """Run a short program to its end as this user, with `text` as its standard input."""
        return subprocess.run(  # noqa: S603
            self.command(*words),
            cwd=cwd,
            env=CLEAN_ENVIRONMENT,
            input=text,
            text=True,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            check=False,
        )


def account_for(folder: Path) -> Account:
    """Choose who runs the cluster in `folder`: ourselves, or for root the folder's owner, else `postgres`."""
    uid = os.geteuid()
    if uid != 0:
        return Account(str(uid), uid, os.getegid(), drop=False)
    owner = _owner_of(folder)
    try:
        entry = pwd.getpwuid(owner) if owner else pwd.getpwnam("postgres")
    except KeyError:
        who = _name_of(owner) if owner else "the user postgres"
        raise ClusterError(f"PostgreSQL does not run as root, and {who} does not exist here.") from None
    return Account(entry.pw_name, entry.pw_uid, entry.pw_gid, drop=True)


def prepare_folder(folder: Path, account: Account) -> None:
    """Make `folder` private to the account and check that the account can reach it and write there."""
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        if account.drop:
            os.chown(folder, account.uid, account.gid, follow_symlinks=False)
        folder.chmod(0o700)
        reached = account.run("sh", "-c", 'cd "$1" && [ -w . ]', "sh", str(folder), cwd=Path("/"))
    except OSError as error:
        raise ClusterError(_not_ours(folder, error)) from error
    if reached.returncode != 0:
        raise ClusterError(_not_reached(folder, account))


def _name_of(uid: int) -> str:
    try:
        return f"the user {pwd.getpwuid(uid).pw_name}"
    except KeyError:
        return f"the user number {uid}"


def _owner_of(folder: Path) -> int | None:
    try:
        return folder.stat().st_uid
    except OSError:
        return None


def _not_ours(folder: Path, error: OSError) -> str:
    owner = _owner_of(folder)
    if owner is not None and owner != os.geteuid():
        return f"The folder {folder} belongs to {_name_of(owner)}: run as that user, or choose --data DIR."
    return f"The database folder {folder} cannot be used ({error.strerror}): choose another with --data DIR."


def _not_reached(folder: Path, account: Account) -> str:
    for parent in reversed(folder.parents):
        if not parent.stat().st_mode & 0o001:
            return (
                f"The user {account.name}, who runs the database for root, may not pass through {parent}: "
                f"choose another folder with --data DIR (for example /var/lib/devanture), "
                f"or allow it with: chmod o+x {parent}"
            )
    return f"The user {account.name} cannot write in {folder}: choose another folder with --data DIR."
