"""Debian's packages: PostgreSQL with PostGIS, Python's venv; for the tests Chromium, nginx and a clock that lies."""

from __future__ import annotations

import ctypes.util
import importlib.util
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from devanture.db.cluster_install import OLDEST, has_postgis, installed_majors
from launcher import progress
from launcher.progress import SetupError

_NO_STRAY_CLUSTER = Path("/etc/postgresql-common/createcluster.d/devanture.conf")
_NO_STRAY_SERVER = Path("/etc/systemd/system/nginx.service")  # `systemctl unmask nginx` when one is wanted
_WHY_NO_CLUSTER = """# Written by Devanture, which makes a private cluster in its own data folder. Without this line the
# package would also make and start one that nobody asked for. Remove this file if you want that.
create_main_cluster = false
"""


def ensure(*, database: bool, browser: bool) -> None:
    """Install the packages that are missing; does nothing, and starts nothing, when all are there.

    Raises SetupError when something is missing and this user may not install it.
    """
    wanted = missing_packages(database=database, browser=browser)
    if wanted:
        prefix = root_prefix()
        if shutil.which("apt-get") is None or prefix is None:
            raise SetupError(how_to_go_on(wanted, another_server=not browser))
        _install(wanted, prefix)


def missing_packages(*, database: bool, browser: bool) -> list[str]:
    """Name the packages to install, in the order of need."""
    wanted: list[str] = []
    if importlib.util.find_spec("ensurepip") is None:
        wanted.append("python3-venv")
    if database:
        wanted += _postgres_packages(installed_majors(), has_postgis)
    if browser:
        wanted += _test_packages()
    return wanted


def _test_packages() -> list[str]:
    # The Node inside the Python package playwright needs libatomic, which a bare Debian lacks; the house rules are
    # held against the files that git knows; the proxy of docker/ runs in nginx, which lies where users do not look.
    found = {
        "chromium": shutil.which("chromium"),
        "libatomic1": ctypes.util.find_library("atomic"),
        "git": shutil.which("git"),
        "nginx": _of_debian("sbin/nginx"),
        "libfaketime": _of_debian("lib/*/faketime/libfaketime.so.1"),
    }
    return [package for package, place in found.items() if place is None]


def _of_debian(file: str) -> Path | None:
    return next(Path("/usr").glob(file), None)


def _postgres_packages(majors: list[int], with_postgis: Callable[[int], bool]) -> list[str]:
    usable = [major for major in majors if major >= OLDEST]
    if any(with_postgis(major) for major in usable):
        return []
    # Debian's postgresql-postgis depends on the postgresql-NN-postgis-3 of the distribution's own version.
    return [f"postgresql-{usable[0]}-postgis-3"] if usable else ["postgresql", "postgresql-postgis"]


def root_prefix() -> list[str] | None:
    """Give what to put before a command so that root runs it: nothing, sudo, or None when there is no way."""
    if os.geteuid() == 0:
        return []
    sudo = shutil.which("sudo")
    if sudo is None:
        return None
    if subprocess.run([sudo, "-n", "true"], capture_output=True, check=False).returncode == 0:  # noqa: S603
        return [sudo, "-n"]
    if sys.stdin.isatty():
        progress.say("Some of Debian's packages are missing; sudo asks for your password to install them.")
        if subprocess.run([sudo, "-v"], check=False).returncode == 0:  # noqa: S603
            return [sudo]
    return None


def how_to_go_on(wanted: list[str], *, another_server: bool) -> str:
    """Say what is missing and name the ways on for someone who cannot install packages.

    `another_server` is false for the tests, which make clusters of their own.
    """
    lines = [
        f"Missing on this machine: {', '.join(wanted)}; installing needs root or sudo, and this user has neither.",
        "Ways on:",
        "  - ask an administrator to run, on Debian 12 or newer:",
        f"      apt-get update && apt-get install {' '.join(wanted)}",
    ]
    if another_server and any(name.startswith("postgresql") for name in wanted):
        lines += [
            "  - or name a PostgreSQL with PostGIS that you may use, and none is needed here:",
            "      DEVANTURE_DATABASE_URL=postgresql://USER:PASSWORD@SERVER/DATABASE ./devanture demo",
        ]
    return "\n".join(lines)


def _install(wanted: list[str], prefix: list[str]) -> None:
    names = ", ".join(wanted)
    apt = [*prefix, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-o", "DPkg::Lock::Timeout=120"]
    progress.run("Reading Debian's list of packages", [*apt, "-q", "update"], cwd=Path("/"))
    if any(name.startswith("postgresql") for name in wanted):
        _forbid_stray_cluster(prefix)
    if "nginx" in wanted:
        _forbid_stray_server(prefix)
    progress.run(
        f"Installing from Debian: {names}",
        [*apt, "-q", "-y", "-o", "APT::Status-Fd=1", "--no-install-recommends", "install", *wanted],
        cwd=Path("/"),
        read=apt_percent,
    )


def _forbid_stray_cluster(prefix: list[str]) -> None:
    # A file of our own: writing into the package's createcluster.conf would make dpkg ask about it later.
    script = f"mkdir -p {_NO_STRAY_CLUSTER.parent} && cat > {_NO_STRAY_CLUSTER}"
    subprocess.run([*prefix, "sh", "-c", script], input=_WHY_NO_CLUSTER, text=True, check=True)  # noqa: S603


def _forbid_stray_server(prefix: list[str]) -> None:
    # The tests run nginx by themselves, on the loopback; the package would also start one for everybody, on port 80.
    script = f"mkdir -p {_NO_STRAY_SERVER.parent} && [ -e {_NO_STRAY_SERVER} ] || ln -s /dev/null {_NO_STRAY_SERVER}"
    subprocess.run([*prefix, "sh", "-c", script], check=True)  # noqa: S603


def apt_percent(line: str) -> str | None:
    """Read apt's status lines (`dlstatus:item:percent:text`, `pmstatus:…`; APT's progress-reporting.md)."""
    found = re.match(r"(dl|pm)status:[^:]*:(\d+)", line)
    if found is None:
        return None
    return f"{'downloading' if found[1] == 'dl' else 'unpacking'} {found[2]} %"
