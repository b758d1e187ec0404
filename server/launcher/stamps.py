"""Remembers with which inputs a step was done, so that a second start skips it and an interrupted one is redone."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path


def fingerprint(files: Iterable[Path], *words: str) -> str:
    """Hash names and contents of `files`, in any order, and `words` in theirs; gives 64 hexadecimal digits."""
    whole = hashlib.sha256("\0".join(words).encode())
    for file in sorted(files):
        whole.update(f"\0{file}\0".encode())
        whole.update(hashlib.sha256(file.read_bytes()).digest())
    return whole.hexdigest()


def is_current(stamp: Path, wanted: str) -> bool:
    """Tell whether the step that `stamp` stands for was finished with these inputs."""
    try:
        return stamp.read_text() == wanted
    except FileNotFoundError:
        return False


def begin(stamp: Path) -> None:
    """Forget the step before it is redone: from here to `finish` it counts as not done."""
    stamp.unlink(missing_ok=True)


def finish(stamp: Path, done_with: str) -> None:
    """Remember the step; called after its last act."""
    stamp.write_text(done_with)
