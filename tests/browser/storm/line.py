"""A phone's line to the server: a proxy of its own address, so that each walk is another phone in one browser."""

import asyncio
import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from random import Random
from typing import Literal, NamedTuple

import msgspec

from tests.rig.replies import FAULTS, PORTALS, broken, http_reply, portal

Weather = Literal["clear", "offline", "cut", "portal", "faults", "slow", "lie"]

_SENDING = re.compile(rb"PUT /api/v1/[^/]+/([a-z]+)s/([0-9a-f-]{36})\b")


class Asked(NamedTuple):
    """One request, read whole."""

    head: bytes
    body: bytes

    @property
    def sending(self) -> tuple[str, str] | None:
        """Kind and id, when it is one."""
        found = _SENDING.match(self.head)
        return (found[1].decode(), found[2].decode()) if found else None


@dataclass
class Line:
    """Passes requests on as the weather lets it, and remembers what was sent and what the phone was told."""

    host: str
    port: int
    upstream: Callable[[], int]
    """The server's port of this moment."""
    chance: Random
    weather: Weather = "clear"
    sent: dict[str, str] = field(default_factory=dict)
    """Kind of every sending that was passed on, by id."""
    acknowledged: set[str] = field(default_factory=set)
    """Ids of which the server's 2xx went to the phone whole."""
    faults: int = 0
    _server: asyncio.Server | None = None
    _open: set[asyncio.Task[None]] = field(default_factory=set)

    @property
    def url(self) -> str:
        return f"http://{self.host}:{self.port}"

    async def open(self) -> None:
        self._server = await asyncio.start_server(self._serve, self.host, self.port)

    async def close(self) -> None:
        if self._server:
            self._server.close()
        for task in self._open:
            task.cancel()
        await asyncio.gather(*self._open, return_exceptions=True)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task
        self._open.add(task)
        try:
            asked = await _read(reader)
            if asked:
                await self._answer(asked, writer)
        except (OSError, EOFError, asyncio.LimitOverrunError, ValueError):
            pass
        finally:
            self._open.discard(task)
            writer.transport.abort() if self.weather == "offline" else writer.close()

    async def _answer(self, asked: Asked, writer: asyncio.StreamWriter) -> None:
        fault = self._fault()
        if fault:
            self.faults += 1
            await fault(asked, writer)
            return
        if self.weather == "slow":
            await asyncio.sleep(self.chance.uniform(0.05, 0.6))
        reply = await self._ask(asked)
        writer.write(reply)
        await writer.drain()
        self._note(asked, reply)

    def _fault(self) -> Callable[[Asked, asyncio.StreamWriter], Awaitable[None]] | None:
        """What goes wrong with this request, if anything."""
        match self.weather:
            case "offline":
                return self._hang_up
            case "portal":
                return self._portal
            case "lie":
                return self._lie
            case "cut" if self.chance.random() < 0.6:
                return self._cut
            case "faults" if self.chance.random() < 0.6:
                return self._broken
        return None

    async def _hang_up(self, _asked: Asked, writer: asyncio.StreamWriter) -> None:
        writer.transport.abort()

    async def _cut(self, asked: Asked, writer: asyncio.StreamWriter) -> None:
        """Before the server heard it, after it did, or in the middle of its answer."""
        when = self.chance.choice(("before", "after", "during"))
        if when != "before":
            reply = await self._ask(asked)
            if when == "during":
                writer.write(reply[: len(reply) // 2])
                await writer.drain()
        writer.transport.abort()

    async def _portal(self, _asked: Asked, writer: asyncio.StreamWriter) -> None:
        writer.write(portal(*self.chance.choice(PORTALS)))
        await writer.drain()

    async def _broken(self, _asked: Asked, writer: asyncio.StreamWriter) -> None:
        writer.write(broken(self.chance.choice(FAULTS)))
        await writer.drain()

    async def _lie(self, asked: Asked, writer: asyncio.StreamWriter) -> None:
        """The negative control: a server that answers before it has stored anything."""
        if not asked.sending:
            reply = await self._ask(asked)
        else:
            body = msgspec.json.encode({"id": asked.sending[1], "status": "stored"})
            reply = http_reply(b"201 Created", b"application/json", body)
        writer.write(reply)
        await writer.drain()
        self._note(asked, reply)

    async def _ask(self, asked: Asked) -> bytes:
        """The server's whole answer."""
        reader, writer = await asyncio.open_connection("127.0.0.1", self.upstream())
        if asked.sending:
            kind, sending = asked.sending
            self.sent[sending] = kind
        try:
            writer.write(asked.head + asked.body)
            await writer.drain()
            return await reader.read(-1)
        finally:
            writer.transport.abort()

    def _note(self, asked: Asked, reply: bytes) -> None:
        if asked.sending and reply.startswith((b"HTTP/1.1 201", b"HTTP/1.1 200")):
            self.acknowledged.add(asked.sending[1])


async def _read(reader: asyncio.StreamReader) -> Asked | None:
    head = await reader.readuntil(b"\r\n\r\n")
    length = re.search(rb"(?i)\r\ncontent-length: *(\d+)", head)
    body = await reader.readexactly(int(length[1])) if length else b""
    return Asked(re.sub(rb"(?i)\r\nconnection: [^\r]*", b"", head[:-4]) + b"\r\nConnection: close\r\n\r\n", body)
