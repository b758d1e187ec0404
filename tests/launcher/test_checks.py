"""`./devanture test` runs every check even when one fails, and fails when any did."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from launcher import checks, pwa
from launcher.progress import SetupError

ROOT = Path(__file__).parents[2]


@pytest.fixture
def statuses(monkeypatch: pytest.MonkeyPatch) -> dict[str, int]:
    """The exit status that each check gives, by its name; the run is recorded in its order."""
    given: dict[str, int] = {}
    monkeypatch.setattr(pwa, "ensure", lambda root: None)
    monkeypatch.setattr(checks, "static_checks", lambda root: [("ruff", ["ruff"]), ("mypy", ["mypy"])])
    runs = [("pytest -m alone", ["pytest -m alone"]), ("pytest", ["pytest"])]
    monkeypatch.setattr(checks, "pytest", lambda root, words: [("pytest", ["pytest", *words])] if words else runs)
    monkeypatch.setattr(checks, "_run", lambda root, words: given.setdefault(words[0], 0))
    return given


def test_a_green_run_is_zero_and_pytest_comes_last(statuses: dict[str, int]) -> None:
    assert checks.run_all(ROOT, []) == 0
    assert list(statuses) == ["ruff", "mypy", "pytest -m alone", "pytest"]


@pytest.mark.parametrize("failing", ["ruff", "mypy", "pytest -m alone", "pytest"])
def test_one_failure_fails_the_run_and_stops_nothing(statuses: dict[str, int], failing: str) -> None:
    statuses[failing] = 3
    assert checks.run_all(ROOT, []) != 0
    assert set(statuses) == {"ruff", "mypy", "pytest", "pytest -m alone"}


def test_a_phone_that_does_not_build_fails_the_run_and_stops_nothing(
    statuses: dict[str, int], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def refuse(root: Path) -> None:
        raise SetupError("Building what the phone runs failed.")

    monkeypatch.setattr(pwa, "ensure", refuse)
    assert checks.run_all(ROOT, []) == 1
    assert list(statuses) == ["ruff", "mypy", "pytest -m alone", "pytest"]
    assert capsys.readouterr().out.startswith("Building what the phone runs failed.\n")


def test_words_for_pytest_run_pytest_alone(statuses: dict[str, int]) -> None:
    assert checks.run_all(ROOT, ["-k", "stamp"]) == 0
    assert list(statuses) == ["pytest"]


def test_coverage_is_asked_of_the_whole_run_only(monkeypatch: pytest.MonkeyPatch) -> None:
    (_, alone), (_, most) = checks.pytest(ROOT, [])
    assert "--cov-fail-under=85" in most and alone[-2:] == ["-m", "alone"]
    [(_, some)] = checks.pytest(ROOT, ["-k", "stamp"])
    assert some[-2:] == ["-k", "stamp"]


def test_checks_of_absent_parts_are_left_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pwa, "npm", lambda root, *words: ["npm", *words])
    (tmp_path / "pyproject.toml").write_text("")
    assert [name for name, _ in checks.static_checks(tmp_path)] == ["ruff", "mypy"]
    (tmp_path / "pwa").mkdir()
    (tmp_path / "pwa" / "package.json").write_text("{}")
    (tmp_path / "pyproject.toml").write_text("[tool.djlint]\n")
    assert [name for name, _ in checks.static_checks(tmp_path)] == ["ruff", "mypy", "djlint", "tsc", "vitest"]


def test_the_launcher_needs_the_standard_library_only() -> None:
    code = f"import sys; sys.path.insert(0, {str(ROOT / 'server')!r}); import launcher.main"
    alone = subprocess.run([sys.executable, "-I", "-S", "-c", code], capture_output=True, text=True, check=False)
    assert alone.returncode == 0, alone.stderr
