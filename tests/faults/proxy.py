"""A bad network: bytes pass, or are cut, reset, swallowed, delayed, or answered by somebody else."""

import asyncio
import socket
import struct
from collections import Counter
from contextlib import suppress
from random import Random

from tests.rig.replies import FAULTS, PORTALS, broken, portal

Streams = tuple[asyncio.StreamReader, asyncio.StreamWriter]
BLACK_HOLE_S = 2.0
FATES = ("cut up", "cut down", "reset up", "reset down", "black hole", "latency", "portal", "broken proxy")


class Proxy:
    """Listens on a port of its own before `upstream`; a share of `badness` of its connections meets a fault."""

    def __init__(self, upstream: int, chance: Random, badness: float = 0.0) -> None:
        self._upstream, self._chance, self.badness = upstream, chance, badness
        self.met = Counter[str]()
        self.port = 0
        self._server: asyncio.Server | None = None
        self._open = set[asyncio.Task[None]]()

    async def open(self) -> None:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        self.port = self._server.sockets[0].getsockname()[1]

    async def close(self) -> None:
        if self._server:
            self._server.close()
        await asyncio.sleep(0.01)  # so that what was just let in is known
        for task in [*self._open]:
            task.cancel()
        await asyncio.gather(*self._open, return_exceptions=True)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task
        self._open.add(task)
        fate = self._chance.choice(FATES) if self._chance.random() < self.badness else "clear"
        self.met[fate] += 1
        try:
            await self._meet(fate, (reader, writer))
        except (OSError, EOFError, RuntimeError, asyncio.LimitOverrunError, ValueError, asyncio.CancelledError):
            pass
        finally:
            self._open.discard(task)
            writer.close()

    async def _meet(self, fate: str, phone: Streams) -> None:
        match fate:
            case "black hole":
                await asyncio.sleep(BLACK_HOLE_S)
                phone[1].transport.abort()
            case "portal":
                await _answer(phone, portal(*self._chance.choice(PORTALS)))
            case "broken proxy":
                await _answer(phone, broken(self._chance.choice(FAULTS)))
            case _:
                await self._pass(fate, phone)

    async def _pass(self, fate: str, phone: Streams) -> None:
        server = await asyncio.open_connection("127.0.0.1", self._upstream)
        up, down = ("up" in fate.split(), "down" in fate.split())
        most_up = self._chance.randint(0, 4000) if up else None
        most_down = self._chance.randint(0, 1500) if down else None
        late = self._chance.uniform(0.05, 0.4) if fate == "latency" else 0.0
        both = [_pump(phone[0], server[1], most_up, late), _pump(server[0], phone[1], most_down, late)]
        tasks = [asyncio.create_task(one) for one in both]
        try:
            await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            for _, writer in (server, phone):
                _reset(writer) if fate.startswith("reset") else writer.close()


async def _pump(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, most: int | None, late: float) -> None:
    """Pass bytes on until either side ends, or `most` have passed."""
    while (most is None or most > 0) and (chunk := await reader.read(65_536)):
        if late:
            await asyncio.sleep(late)
        passed = chunk if most is None else chunk[:most]
        most = None if most is None else most - len(passed)
        writer.write(passed)
        await writer.drain()


async def _answer(phone: Streams, said: bytes) -> None:
    """Somebody else than the server answers one request."""
    head = await phone[0].readuntil(b"\r\n\r\n")
    length = next((line for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:")), b":0")
    await phone[0].readexactly(int(length.partition(b":")[2]))
    phone[1].write(_marked(said))
    await phone[1].drain()


def _marked(said: bytes) -> bytes:
    """So that the journal need not blame the server; the phone is not told."""
    return said.replace(b"\r\n", b"\r\nX-Rig: network\r\n", 1)


def _reset(writer: asyncio.StreamWriter) -> None:
    """Closes with RST, as a network does that forgot the connection."""
    with suppress(OSError):
        line = writer.get_extra_info("socket")
        if line:
            line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    writer.transport.abort()
