"""An open model: each request is due at an instant of its own, whatever became of those before it."""

import asyncio
import time
from collections import Counter, deque
from collections.abc import Callable
from dataclasses import dataclass, field

from tests.rig.line import Cut, Line

MINUTE = 60.0
PATIENCE = 30.0


@dataclass
class Outcome:
    """`latencies` pairs of (seconds from the first instant to when a request was due, seconds from then to its answer);
    `late` how long after it was due the client had a request written, in seconds; `stored` what the server took.
    """

    latencies: list[tuple[float, float]] = field(default_factory=list)
    late: list[float] = field(default_factory=list)
    answers: Counter[str] = field(default_factory=Counter)
    stored: set[str] = field(default_factory=set)
    seconds: float = 0

    @property
    def errors(self) -> int:
        return self.answers.total() - self.answers["201"]


class Lines:
    """Kept connections, the one that rested longest first: the server closes those that rest for five seconds."""

    def __init__(self, port: int) -> None:
        self._port, self._resting, self.opened = port, deque[Line](), 0

    async def ask(self, raw: bytes) -> int:
        """The status; raises `Cut`, `OSError`."""
        line = await self._line()
        heard = await line.ask(raw, PATIENCE)
        self._resting.append(line)
        return heard.status

    async def _line(self) -> Line:
        while self._resting:
            line = self._resting.popleft()
            if line.is_open:
                return line
        self.opened += 1
        return await Line.to(self._port)

    def close(self) -> None:
        for line in self._resting:
            line.close()


async def drive(port: int, rate: float, seconds: float, sending: Callable[[], tuple[str, bytes]]) -> Outcome:
    """So many sendings a second, evenly, for so long. A request waits for no other, neither for a connection."""
    outcome, lines, under_way = Outcome(), Lines(port), set[asyncio.Task[None]]()
    start = time.perf_counter() + 0.1
    for number in range(round(rate * seconds)):
        due = start + number / rate
        if (ahead := due - time.perf_counter()) > 0:
            await asyncio.sleep(ahead)
        if not number % 64:
            await asyncio.sleep(0)  # A client that is behind must still hear what comes back.
        task = asyncio.create_task(_one(lines, outcome, start, due, *sending()))
        under_way.add(task)
        task.add_done_callback(under_way.discard)
    if under_way:
        await asyncio.wait(under_way)
    outcome.seconds = time.perf_counter() - start
    lines.close()
    return outcome


async def _one(lines: Lines, outcome: Outcome, start: float, due: float, sending_id: str, raw: bytes) -> None:
    outcome.late.append(time.perf_counter() - due)
    try:
        status = await lines.ask(raw)
        answer = str(status)
    except (Cut, OSError) as error:
        status, answer = 0, f"{type(error).__name__} {error}"
    outcome.latencies.append((due - start, time.perf_counter() - due))
    outcome.answers[answer] += 1
    if status in (200, 201):
        outcome.stored.add(sending_id)
