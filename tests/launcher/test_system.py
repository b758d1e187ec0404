"""Packages are installed only when missing, and only by someone who may; everyone else is told the ways on."""

from __future__ import annotations

import ctypes.util
import importlib.util
import os
import shutil
import subprocess
from typing import Any

import pytest

from launcher import system
from launcher.progress import SetupError


@pytest.fixture
def bare_machine(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """A machine with apt-get and nothing else that we look for, and a user without rights."""
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    monkeypatch.setattr(ctypes.util, "find_library", lambda name: None)
    monkeypatch.setattr(system, "installed_majors", lambda: [])
    monkeypatch.setattr(system, "_of_debian", lambda file: None)
    monkeypatch.setattr(shutil, "which", {"apt-get": "/usr/bin/apt-get"}.get)
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    return monkeypatch


def refuse_to_run(*words: Any, **more: Any) -> None:
    raise AssertionError(f"nothing should run: {words}")


def test_a_bare_machine_needs_everything_in_order(bare_machine: pytest.MonkeyPatch) -> None:
    assert system.missing_packages(database=True, browser=True) == [
        "python3-venv", "postgresql", "postgresql-postgis", "chromium", "libatomic1", "git",
        "nginx", "libfaketime",
    ]  # fmt: skip


def test_without_root_and_without_sudo_both_ways_on_are_named(bare_machine: pytest.MonkeyPatch) -> None:
    bare_machine.setattr(subprocess, "Popen", refuse_to_run)
    with pytest.raises(SetupError) as told:
        system.ensure(database=True, browser=False)
    assert "apt-get update && apt-get install python3-venv postgresql postgresql-postgis" in str(told.value)
    assert "DEVANTURE_DATABASE_URL=" in str(told.value)


@pytest.mark.parametrize(("wanted", "another_server"), [(["python3-venv"], True), (["postgresql"], False)])
def test_another_server_is_named_only_where_it_helps(wanted: list[str], another_server: bool) -> None:
    assert "DEVANTURE_DATABASE_URL" not in system.how_to_go_on(wanted, another_server=another_server)


def test_a_command_without_database_needs_no_postgres(bare_machine: pytest.MonkeyPatch) -> None:
    assert system.missing_packages(database=False, browser=False) == ["python3-venv"]


@pytest.mark.parametrize(
    ("majors", "with_postgis", "wanted"),
    [
        ([17, 15], {15}, []),
        ([17], set(), ["postgresql-17-postgis-3"]),
        ([13], {13}, ["postgresql", "postgresql-postgis"]),
    ],
)
def test_postgis_is_added_to_the_version_that_is_there(
    bare_machine: pytest.MonkeyPatch, majors: list[int], with_postgis: set[int], wanted: list[str]
) -> None:
    bare_machine.setattr(system, "installed_majors", lambda: majors)
    bare_machine.setattr(system, "has_postgis", with_postgis.__contains__)
    assert system.missing_packages(database=True, browser=False) == ["python3-venv", *wanted]


def test_nothing_runs_when_everything_is_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(system, "missing_packages", lambda **needs: [])
    monkeypatch.setattr(subprocess, "Popen", refuse_to_run)
    system.ensure(database=True, browser=True)


def test_the_stray_cluster_is_forbidden_before_postgres_is_installed(
    bare_machine: pytest.MonkeyPatch, tmp_path: Any
) -> None:
    drop_in = tmp_path / "createcluster.d" / "devanture.conf"
    seen: list[tuple[str, bool]] = []
    bare_machine.setattr(os, "geteuid", lambda: 0)
    bare_machine.setattr(system, "_NO_STRAY_CLUSTER", drop_in)
    bare_machine.setattr(
        "launcher.system.progress.run", lambda title, command, **more: seen.append((command[-1], drop_in.exists()))
    )
    system.ensure(database=True, browser=False)
    assert seen == [("update", False), ("postgresql-postgis", True)]
    assert "\ncreate_main_cluster = false\n" in drop_in.read_text()


def test_a_stray_nginx_is_masked_once_and_what_the_operator_laid_there_stays(
    bare_machine: pytest.MonkeyPatch, tmp_path: Any
) -> None:
    unit = tmp_path / "system" / "nginx.service"
    bare_machine.setattr(system, "_NO_STRAY_SERVER", unit)
    system._forbid_stray_server([])
    assert str(unit.readlink()) == "/dev/null"
    unit.unlink()
    unit.write_text("[Unit]")
    system._forbid_stray_server([])
    assert unit.read_text() == "[Unit]"


def test_apts_status_lines_become_a_percentage() -> None:
    assert system.apt_percent("dlstatus:3:41.9:Retrieving file 3 of 9") == "downloading 41 %"
    assert system.apt_percent("pmstatus:postgresql-15:70.5:Unpacking") == "unpacking 70 %"
    assert system.apt_percent("Setting up postgresql-15 …") is None
