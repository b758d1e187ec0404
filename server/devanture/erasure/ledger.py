"""Who had everything erased, in a file beside the database: a copy of it that is put back knows nothing of them.

One line an erasure, each on the disk before the person is told. It holds no key of a voter but a digest of it: whoever
has the file alone learns how many erased, and when.
"""

import hashlib
import os
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from uuid import UUID

import msgspec
import structlog
from msgspec import Struct

from devanture.errors import Busy, OperatorError

FILE = "erasures.jsonl"
log = structlog.get_logger()


class Entry(Struct, frozen=True):
    """`voters`: SHA-256 of their keys, `follows`: of the secrets in their links, in hexadecimal.

    `seq`: the last number that was erased. `closed`: the consultation was over, so that what was said in time
    stays, without its link to the voter.
    """

    process: UUID
    voters: Sequence[str]
    follows: Sequence[str]
    seq: int
    day: date
    closed: bool


_DECODER = msgspec.json.Decoder(Entry)


def digest(stored: bytes) -> str:
    """What the list holds of a voter's key."""
    return hashlib.sha256(stored).hexdigest()


def append(folder: Path, entry: Entry) -> None:
    """Write an entry through to the disk; raises `Busy` when the disk takes none, for the phone asks again."""
    try:
        new = not (folder / FILE).exists()
        handle = os.open(folder / FILE, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        try:
            # A line break before it too: a line that the power cut off spoils no other.
            os.write(handle, b"\n" + msgspec.json.encode(entry) + b"\n")
            os.fsync(handle)
        finally:
            os.close(handle)
        if new:
            _sync_folder(folder)
    except OSError as error:
        log.error("erasure_list", error=type(error).__name__)
        raise Busy from error


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def read(folder: Path) -> list[Entry]:
    """Every entry, in the order in which they came; raises `OperatorError` when the file cannot be read."""
    try:
        lines = (folder / FILE).read_bytes().splitlines()
    except FileNotFoundError:
        return []
    except OSError as error:
        raise OperatorError(f"The list of erasures {folder / FILE} cannot be read: {error.strerror}.") from None
    entries = []
    for line in filter(None, lines):
        try:
            entries.append(_DECODER.decode(line))
        except (msgspec.DecodeError, UnicodeDecodeError):
            log.warning("erasure_line_cut")
    return entries
