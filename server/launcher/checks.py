"""`./devanture test`: everything that CI runs, in one go; one failure does not hide the next."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from launcher import progress, pwa, venv
from launcher.progress import SetupError

_COVERAGE = 85  # per cent of the server's branches


def run_all(root: Path, pytest_words: list[str]) -> int:
    """Run every check, or pytest alone when it gets words of its own; gives the exit status.

    pytest comes last, so that its closing line closes the log; before it, by itself, what wants both cores.
    """
    failed = [] if _builds(root) else ["the phone's build"]
    if not pytest_words:
        failed += [name for name, words in static_checks(root) if not _passes(root, name, words)]
    *first, (_, last) = pytest(root, pytest_words)
    failed += [name for name, words in first if not _passes(root, name, words)]
    progress.say(f"Failed so far: {', '.join(failed)}." if failed else "Now all other tests.")
    status = _run(root, last)
    if failed:
        progress.say(f"Not green: {', '.join(failed)} (their words are above).")
    return status or int(bool(failed))


def static_checks(root: Path) -> list[tuple[str, list[str]]]:
    """Name the checks before pytest with their commands; a part of the project that is absent has none."""
    tool = root / ".venv" / "bin"
    typed = [name for name in ("server/devanture", "server/launcher", "geodata") if (root / name).is_dir()]
    checks = [
        ("ruff", [str(tool / "ruff"), "check", "."]),
        ("mypy", [str(tool / "mypy"), *typed]),
    ]
    if "[tool.djlint]" in (root / "pyproject.toml").read_text():
        checks.append(("djlint", [str(tool / "djlint"), "--check", "--lint", "server/devanture"]))
    if (root / "pwa" / "package.json").is_file():
        checks.append(("tsc", pwa.npm(root, "--prefix", "pwa", "run", "typecheck")))
        checks.append(("vitest", pwa.npm(root, "--prefix", "pwa", "test")))
    return checks


def pytest(root: Path, words: list[str]) -> list[tuple[str, list[str]]]:
    """Name the runs of pytest with their commands; a run of some tests only is not held to the coverage of all."""
    base = [str(venv.python(root)), "-m", "pytest"]
    if words:
        return [("pytest", [*base, *words])]
    most = ["-n", "2", "--dist", "loadfile", "--cov", "--cov-report=term:skip-covered",
            f"--cov-fail-under={_COVERAGE}"]  # fmt: skip
    return [("pytest -m alone", [*base, "-m", "alone"]), ("pytest", [*base, *most])]


def _builds(root: Path) -> bool:
    try:
        pwa.ensure(root)
    except SetupError as error:
        progress.say(str(error))
        return False
    return True


def _passes(root: Path, name: str, words: list[str]) -> bool:
    progress.say(f"\n── {name}")
    return _run(root, words) == 0


def _run(root: Path, words: list[str]) -> int:
    plain = {} if sys.stdout.isatty() else {"NO_COLOR": "1"}  # a log is read as text
    surroundings = {**os.environ, **plain, **pwa.environment(root)}
    return subprocess.run(  # noqa: S603
        words, cwd=root, env=surroundings, stdin=subprocess.DEVNULL, check=False
    ).returncode
