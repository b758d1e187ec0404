"""A value kept for a short while, so that a busy walk does not ask the database the same thing a thousand times."""

import asyncio
import math
import time
from collections.abc import Awaitable, Callable
from typing import Generic, TypeVar

from devanture.errors import Busy

K = TypeVar("K")
V = TypeVar("V")


class Recent(Generic[K, V]):
    """Loads by key and keeps each value `seconds` long, or `times` as long as its loading took if that is longer.

    With `times` what is cheap stays fresh, and what is dear takes a known share of the time at the most: 20 is a
    twentieth. At most `most` values are kept, the oldest go first.

    Whoever asks while a value is being loaded waits for that same loading. A failure is told to all of them and not
    kept; only when the database is busy, the value before is good enough.
    """

    def __init__(self, load: Callable[[K], Awaitable[V]], seconds: float, most: int = 1000, times: float = 0) -> None:
        self._load, self._seconds, self._most, self._times = load, seconds, most, times
        self._kept: dict[K, tuple[float, asyncio.Task[V]]] = {}
        self._last: dict[K, V] = {}

    async def get(self, key: K) -> V:
        until, loading = self._kept.get(key, (0.0, None))
        if loading is None or time.monotonic() >= until:
            loading = self._begin(key)
        try:
            # One asker who goes away must not take the value from the others.
            return await asyncio.shield(loading)
        except Busy:
            if key in self._last:
                return self._last[key]
            raise

    def forget(self) -> None:
        """Drop everything: whoever writes what is kept here calls this."""
        self._kept.clear()
        self._last.clear()

    def _begin(self, key: K) -> asyncio.Task[V]:
        begun = time.monotonic()
        loading = asyncio.ensure_future(self._load(key))
        self._kept.pop(key, None)
        while len(self._kept) >= self._most:
            oldest = next(iter(self._kept))
            self._kept.pop(oldest)
            self._last.pop(oldest, None)
        self._kept[key] = (math.inf, loading)
        loading.add_done_callback(lambda done: self._settle(key, done, begun))
        return loading

    def _settle(self, key: K, done: asyncio.Task[V], begun: float) -> None:
        failed = done.cancelled() or done.exception() is not None
        if self._kept.get(key, (0.0, None))[1] is not done:
            return
        if failed:
            del self._kept[key]
        else:
            self._last[key] = done.result()
            took = time.monotonic() - begun
            self._kept[key] = (begun + max(self._seconds, took * self._times), done)
