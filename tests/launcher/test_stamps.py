"""A step is skipped only when it was finished with the same inputs."""

from __future__ import annotations

from pathlib import Path

from launcher import stamps


def test_a_finished_step_is_current_until_an_input_changes(tmp_path: Path) -> None:
    source, stamp = tmp_path / "a.txt", tmp_path / "stamp"
    source.write_text("one")
    stamps.finish(stamp, stamps.fingerprint([source]))
    assert stamps.is_current(stamp, stamps.fingerprint([source]))
    source.write_text("two")
    assert not stamps.is_current(stamp, stamps.fingerprint([source]))


def test_a_step_that_began_again_and_was_cut_off_is_not_current(tmp_path: Path) -> None:
    stamp = tmp_path / "stamp"
    stamps.finish(stamp, "same")
    stamps.begin(stamp)
    assert not stamps.is_current(stamp, "same")


def test_a_renamed_input_is_another_input(tmp_path: Path) -> None:
    first, second = tmp_path / "a.txt", tmp_path / "b.txt"
    first.write_text("same")
    before = stamps.fingerprint([first])
    first.rename(second)
    assert stamps.fingerprint([second]) != before


def test_the_order_of_files_does_not_matter_and_that_of_words_does(tmp_path: Path) -> None:
    files = [tmp_path / name for name in ("a", "b")]
    for file in files:
        file.write_text(file.name)
    assert stamps.fingerprint(files) == stamps.fingerprint(reversed(files))
    assert stamps.fingerprint([], "x", "y") != stamps.fingerprint([], "y", "x")
