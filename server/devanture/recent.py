"""A value kept for a short while, so that a busy walk does not ask the database the same thing a thousand times."""

import time
from collections.abc import Awaitable, Callable
from typing import Generic, TypeVar

K = TypeVar("K")
V = TypeVar("V")


class Recent(Generic[K, V]):
    """Loads by key and keeps each value `seconds` long; at most `most` values, the oldest go first."""

    def __init__(self, load: Callable[[K], Awaitable[V]], seconds: float, most: int = 1000) -> None:
        self._load, self._seconds, self._most = load, seconds, most
        self._kept: dict[K, tuple[float, V]] = {}

    async def get(self, key: K) -> V:
        kept = self._kept.get(key)
        if kept is not None and time.monotonic() - kept[0] < self._seconds:
            return kept[1]
        value = await self._load(key)
        self._kept.pop(key, None)
        while len(self._kept) >= self._most:
            self._kept.pop(next(iter(self._kept)))
        self._kept[key] = (time.monotonic(), value)
        return value

    def forget(self) -> None:
        """Drop everything: whoever writes what is kept here calls this."""
        self._kept.clear()
