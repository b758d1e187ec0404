"""The command line: which commands there are, and how it says no."""

import subprocess
import sys
from pathlib import Path

import pytest

from geodata.__main__ import COMMANDS, main

ROOT = Path(__file__).parents[2]


def test_help_names_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--help"]) == 0
    shown = capsys.readouterr().out
    assert all(name in shown for name in COMMANDS)


@pytest.mark.parametrize("argv", [[], ["nonsense"]])
def test_an_unknown_command_is_answered_with_the_known_ones(
    argv: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(argv) == 2
    assert "nantes" in capsys.readouterr().err


def test_a_fault_is_one_sentence_without_a_traceback(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["voters", str(tmp_path)]) == 1
    error = capsys.readouterr().err
    assert error.startswith("geodata voters: ")
    assert error.count("\n") == 1


def test_only_the_command_asked_for_is_imported() -> None:
    code = "import sys; from geodata.__main__ import main; main(['--help']); print('shapely' in sys.modules)"
    run = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert run.stdout.strip().endswith("False")
