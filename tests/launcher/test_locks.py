"""What is installed is pinned by hash, names no host, and follows pyproject.toml."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LOCKS = ("requirements.lock", "requirements-test.lock")


def pins(name: str) -> dict[str, str]:
    """Give the lock's packages, name and version and marker, with everything that follows until the next."""
    text = re.sub(r"^ *#.*\n", "", (ROOT / name).read_text(), flags=re.MULTILINE)
    entries = re.findall(r"^(\S.*?) \\\n((?: .*\n?)+)", text, flags=re.MULTILINE)
    assert sum(1 for line in text.splitlines() if line and not line.startswith(" ")) == len(entries)
    return dict(entries)


def names(requirements: list[str]) -> set[str]:
    return {re.split(r"[^A-Za-z0-9_.-]", line)[0].lower().replace("_", "-") for line in requirements}


@pytest.mark.parametrize("lock", LOCKS)
def test_every_package_has_one_version_and_hashes(lock: str) -> None:
    entries = pins(lock)
    assert len(entries) > 50
    for requirement, rest in entries.items():
        assert re.match(r"[a-z0-9-]+==[0-9][^ ]*( ; .+)?$", requirement), requirement
        assert re.fullmatch(r"( +--hash=sha256:[0-9a-f]{64}( \\)?\n?)+", rest), requirement


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_names_no_host_and_no_place_of_a_machine(lock: str) -> None:
    text = (ROOT / lock).read_text()
    assert not re.search(r"https?:|file:|--(extra-)?index-url|--find-links|--trusted-host|@ |^-", text, re.MULTILINE)


def test_the_locks_hold_what_pyproject_asks_for() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    tests = project["optional-dependencies"]["test"]
    assert names(project["dependencies"]) <= names(list(pins("requirements.lock")))
    assert names(project["dependencies"] + tests) <= names(list(pins("requirements-test.lock")))


def test_the_tests_run_with_the_programs_own_versions() -> None:
    assert set(pins("requirements.lock")) <= set(pins("requirements-test.lock"))


def test_ci_calls_the_one_command_and_nothing_else() -> None:
    lines = (ROOT / ".ci" / "run").read_text().splitlines()
    assert [line for line in lines if not line.startswith("#")] == ['exec "$(dirname -- "$0")/../devanture" test']
