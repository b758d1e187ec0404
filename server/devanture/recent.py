"""A value kept for a short while, so that a busy walk does not ask the database the same thing a thousand times."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from typing import Generic, TypeVar

K = TypeVar("K")
V = TypeVar("V")


class Recent(Generic[K, V]):
    """Loads by key and keeps each value `seconds` long; at most `most` values, the oldest go first.

    Whoever asks while a value is being loaded waits for that same loading. A failure is told to all of them and not
    kept.
    """

    def __init__(self, load: Callable[[K], Awaitable[V]], seconds: float, most: int = 1000) -> None:
        self._load, self._seconds, self._most = load, seconds, most
        self._kept: dict[K, tuple[float, asyncio.Task[V]]] = {}

    async def get(self, key: K) -> V:
        begun, loading = self._kept.get(key, (0.0, None))
        if loading is None or time.monotonic() - begun >= self._seconds:
            loading = self._begin(key)
        # One asker who goes away must not take the value from the others.
        return await asyncio.shield(loading)

    def forget(self) -> None:
        """Drop everything: whoever writes what is kept here calls this."""
        self._kept.clear()

    def _begin(self, key: K) -> asyncio.Task[V]:
        loading = asyncio.ensure_future(self._load(key))
        self._kept.pop(key, None)
        while len(self._kept) >= self._most:
            self._kept.pop(next(iter(self._kept)))
        self._kept[key] = (time.monotonic(), loading)
        loading.add_done_callback(lambda done: self._drop_failure(key, done))
        return loading

    def _drop_failure(self, key: K, done: asyncio.Task[V]) -> None:
        failed = done.cancelled() or done.exception() is not None
        if failed and self._kept.get(key, (0.0, None))[1] is done:
            del self._kept[key]
