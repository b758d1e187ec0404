"""Merkle trees as in RFC 6962, section 2.1, over SHA-256; the chain of days; and when a day is sealed. Pure."""

import hashlib
from collections.abc import Sequence
from datetime import date, datetime, timedelta

from devanture.processes.rules import local_day

BEFORE_ALL = bytes(32)
"""What the first day's chain goes on from."""


class Tree:
    """All levels of a tree, leaves first; a node without a sister rises as it is.

    That is the tree of RFC 6962, which splits at the largest power of two below the number of leaves.
    """

    def __init__(self, leaves: Sequence[bytes]) -> None:
        self._levels = [[_sha256(b"\x00", leaf) for leaf in leaves]]
        while len(self._levels[-1]) > 1:
            self._levels.append(_above(self._levels[-1]))

    @property
    def root(self) -> bytes:
        """32 bytes; of no leaves the hash of nothing, as the RFC says."""
        return self._levels[-1][0] if self._levels[0] else _sha256()

    def path(self, index: int) -> list[bytes]:
        """The audit path of a leaf (RFC 6962, 2.1.1): the sisters from the leaf up, none where a node rises alone."""
        sisters = []
        for level in self._levels[:-1]:
            if index ^ 1 < len(level):
                sisters.append(level[index ^ 1])
            index //= 2
        return sisters


def _above(level: Sequence[bytes]) -> list[bytes]:
    pairs = [_sha256(b"\x01", left, right) for left, right in zip(level[::2], level[1::2], strict=False)]
    return [*pairs, level[-1]] if len(level) % 2 else pairs


def root_by_path(leaf: bytes, index: int, size: int, path: Sequence[bytes]) -> bytes:
    """The root that a leaf and its audit path lead to (RFC 9162, section 2.1.3.2); raises `ValueError` on no path."""
    node, last, rest = _sha256(b"\x00", leaf), size - 1, list(path)
    if not 0 <= index < size:
        raise ValueError("no such leaf")
    while last:
        if index % 2 or index < last:
            if not rest:
                raise ValueError("the path is too short")
            sister = rest.pop(0)
            node = _sha256(b"\x01", sister, node) if index % 2 else _sha256(b"\x01", node, sister)
        index, last = index // 2, last // 2
    if rest:
        raise ValueError("the path is too long")
    return node


def chained(before: bytes, day: date, leaves: int, root: bytes) -> bytes:
    """SHA-256 of `02 · chain before (32) · day (ten letters) · number of leaves (8, big-endian) · root (32)`."""
    return _sha256(b"\x02", before, day.isoformat().encode(), leaves.to_bytes(8, "big"), root)


def day_to_seal(now: datetime, timezone: str, last: date | None) -> date | None:
    """The day that is over and has no tree yet; none while the last tree is of that day, or of one after it.

    A clock that goes back finds nothing to do: a day that was published never gets another tree.
    """
    yesterday = local_day(now, timezone) - timedelta(days=1)
    return yesterday if last is None or last < yesterday else None


def _sha256(*parts: bytes) -> bytes:
    return hashlib.sha256(b"".join(parts)).digest()
