"""A step tells how far it is, is calm when it went well, and shows the command's words when it did not."""

from __future__ import annotations

import re
import sys
import time
from pathlib import Path

import pytest

from launcher import progress
from launcher.progress import SetupError, Ticker


def test_a_step_that_went_well_is_one_line_when_done(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    progress.run("Making tea", [sys.executable, "-c", "print('noise')"], cwd=tmp_path)
    said, done = capsys.readouterr().out.splitlines()
    assert said == "Making tea …" and re.fullmatch(r"✓ Making tea \(\d+ s\)", done)


def test_a_step_that_failed_shows_its_last_words(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = "import sys\nfor n in range(100): print('line', n)\nsys.exit('no water')"
    with pytest.raises(SetupError, match=r"^Making tea failed \(exit status 1\)\. It said:\n") as told:
        progress.run("Making tea", [sys.executable, "-u", "-c", words], cwd=tmp_path)
    assert "no water" in str(told.value)
    assert "line 5\n" not in str(told.value)
    assert "✗ Making tea" in capsys.readouterr().out


def test_the_output_is_read_for_how_far_it_is(tmp_path: Path) -> None:
    seen: list[str] = []
    progress.run("Counting", [sys.executable, "-c", "print(1); print(2)"], cwd=tmp_path, read=seen.append)
    assert seen == ["1\n", "2\n"]


def test_a_long_step_shows_that_it_is_alive(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    with Ticker("Waiting") as ticker:
        ticker.how_far = "3 of 9"
        time.sleep(0.7)
    assert re.search(r"Waiting … 3 of 9, \d+ s", capsys.readouterr().out.split("✓")[0])
