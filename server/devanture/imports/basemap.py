"""The basemap goes into the program's data folder, whole or not at all."""

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from devanture.errors import OperatorError


@contextmanager
def staged(source: Path, target: Path) -> Iterator[Callable[[], None]]:
    """Copy `source` beside `target`; calling what is yielded makes the copy take the name. Raises `OperatorError`."""
    draft = _draft_beside(target)
    try:
        _copy(source, draft)
        yield lambda: _publish(draft, target)
    finally:
        draft.unlink(missing_ok=True)


def _draft_beside(target: Path) -> Path:
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
    except OSError as error:
        raise OperatorError(f"{target.parent} cannot be written: {error.strerror}.") from None
    os.close(handle)
    return Path(name)


def _copy(source: Path, draft: Path) -> None:
    try:
        with draft.open("wb") as copy, source.open("rb") as original:
            shutil.copyfileobj(original, copy, 2**20)
            copy.flush()
            os.fsync(copy.fileno())
    except OSError as error:
        raise OperatorError(f"{source} cannot be copied to {draft.parent}: {error.strerror}.") from None


def _publish(draft: Path, target: Path) -> None:
    try:
        draft.chmod(0o644)
        draft.replace(target)
    except OSError as error:
        raise OperatorError(f"{target} cannot be written: {error.strerror}.") from None
