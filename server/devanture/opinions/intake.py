"""Group commit: while one batch is on its way to the database, the next one gathers.

There is no timer: under light load a sending leaves at once, under heavy load batches grow by themselves. A caller is
answered after the commit of the batch that held its sending, and never before.
"""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from devanture.errors import Busy

BATCH = 256


@dataclass(frozen=True, slots=True)
class Sending:
    """One opinion on its way to the journal; `wishes` are codes joined by spaces."""

    process_id: UUID
    id: UUID
    place_id: UUID
    voter: bytes
    seq: int
    version: int
    payload: Any
    digest: bytes
    day: date
    channel: str
    proof: str
    late: bool
    wishes: str
    other: bool
    withdrawn: bool
    arrived_at: datetime
    network: bytes
    leaf: bytes
    host: bytes | None = None
    issued_at: datetime | None = None
    standing: str = "f"
    waited: bool = False


class Outcome(StrEnum):
    STORED = "stored"
    REPLAYED = "replayed"
    """The very same sending was stored before."""
    CONFLICT = "conflict"
    """This id was used for another opinion, which stays as it is."""


Store = Callable[[UUID, Sequence[Sending]], Awaitable[list[Outcome]]]
_Waiting = tuple[Sending, asyncio.Future[Outcome]]


class Intake:
    """One bounded queue an organisation; `store` writes a batch and gives one outcome for each sending."""

    def __init__(self, store: Store, limit: int) -> None:
        self._store, self._limit = store, limit
        self._queues: dict[UUID, deque[_Waiting]] = {}
        self._writers: dict[UUID, asyncio.Task[None]] = {}

    async def submit(self, organisation_id: UUID, sending: Sending) -> Outcome:
        """Wait until the sending is committed; raises `Busy` when the queue is full or the database cannot take it."""
        queue = self._queues.setdefault(organisation_id, deque())
        if len(queue) >= self._limit:
            raise Busy
        answer: asyncio.Future[Outcome] = asyncio.get_running_loop().create_future()
        queue.append((sending, answer))
        if organisation_id not in self._writers:
            self._writers[organisation_id] = asyncio.create_task(self._drain(organisation_id, queue))
        return await answer

    async def close(self) -> None:
        """Let every batch that was taken come to its end."""
        await asyncio.gather(*self._writers.values(), return_exceptions=True)

    async def _drain(self, organisation_id: UUID, queue: deque[_Waiting]) -> None:
        try:
            while queue:
                batch = [queue.popleft() for _ in range(min(BATCH, len(queue)))]
                await self._write(organisation_id, batch)
        finally:
            del self._writers[organisation_id]

    async def _write(self, organisation_id: UUID, batch: list[_Waiting]) -> None:
        """A batch that fails is tried again row by row, so that one bad row costs nobody else an answer."""
        try:
            outcomes = await self._store(organisation_id, [sending for sending, _ in batch])
        except Exception as error:
            if len(batch) == 1 or isinstance(error, Busy):
                _fail(batch, error)
                return
            for waiting in batch:
                await self._write(organisation_id, [waiting])
            return
        for (_, answer), outcome in zip(batch, outcomes, strict=True):
            if not answer.done():
                answer.set_result(outcome)


def _fail(batch: list[_Waiting], error: Exception) -> None:
    for _, answer in batch:
        if not answer.done():
            answer.set_exception(error)
