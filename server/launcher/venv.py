"""Makes .venv with exactly the packages of requirements.lock, checked by hash."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

from launcher import progress, stamps

LOCK = "requirements.lock"
TEST_LOCK = "requirements-test.lock"


def python(root: Path) -> Path:
    """Give the interpreter that runs the program."""
    return root / ".venv" / "bin" / "python"


def ensure(root: Path, *, tests: bool) -> None:
    """Make .venv, or bring it to the lock; does nothing when the stamps say that it is.

    requirements-test.lock holds the program's packages too, at the same versions.
    """
    locks = [root / LOCK, root / TEST_LOCK] if tests else [root / LOCK]
    if all(stamps.is_current(_stamp(root, lock), _done_with(root, lock)) for lock in locks):
        return
    _make(root)
    _install(root, locks[-1])
    _put_on_path(root)
    for lock in locks:
        stamps.finish(_stamp(root, lock), _done_with(root, lock))


def _stamp(root: Path, lock: Path) -> Path:
    return root / ".venv" / f"{lock.name}.stamp"


def _done_with(root: Path, lock: Path) -> str:
    # A checkout that was moved, or another Python, makes another environment. The test lock's stamp names
    # both locks, since installing the program's packages anew may change what the tests had.
    return stamps.fingerprint({root / LOCK, lock}, str(root), sys.version)


def _make(root: Path) -> None:
    """Make an empty environment unless a working one of this Python's version, and whole, is there."""
    half_done = root / ".venv" / "installing"
    if not half_done.exists() and _works(root):
        return
    progress.run(
        "Making .venv", [sys.executable, "-m", "venv", "--clear", str(root / ".venv")], cwd=root
    )


def _works(root: Path) -> bool:
    if not python(root).exists():
        return False
    asked = [str(python(root)), "-c", "import pip, sys; print(*sys.version_info[:2])"]
    answer = subprocess.run(asked, capture_output=True, text=True, check=False)  # noqa: S603
    return answer.stdout.split() == [str(part) for part in sys.version_info[:2]]


def _install(root: Path, lock: Path) -> None:
    # An install cut off half-way can leave a package that pip takes for whole: start from an empty folder then.
    half_done = root / ".venv" / "installing"
    half_done.touch()
    count = len(re.findall(r"^\S+==", lock.read_text(), flags=re.MULTILINE))
    pip = [str(python(root)), "-m", "pip", "--disable-pip-version-check", "--no-input", "install"]
    progress.run(
        "Installing the Python packages",
        [*pip, "--require-hashes", "--no-deps", "--only-binary=:all:", "-r", str(lock)],
        cwd=root,
        read=PipCounter(count),
    )
    half_done.unlink()


class PipCounter:
    """Counts the packages that pip has gone through, of `total` in the lock."""

    def __init__(self, total: int) -> None:
        self.total = total
        self.seen = 0

    def __call__(self, line: str) -> str | None:
        if line.startswith("Installing collected packages"):
            return "writing them to the disk"
        if not line.startswith(("Collecting ", "Requirement already satisfied", "Ignoring ")):
            return None
        self.seen += 1
        return f"{self.seen} of {self.total}"


def _put_on_path(root: Path) -> None:
    """Let every program of .venv import `devanture` and `geodata` from the checkout itself."""
    version = f"python{sys.version_info.major}.{sys.version_info.minor}"
    packages = root / ".venv" / "lib" / version / "site-packages"
    (packages / "devanture.pth").write_text(f"{root / 'server'}\n{root}\n")
