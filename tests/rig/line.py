"""A connection that costs next to nothing: raw bytes out, one whole answer back, kept for the next.

Where the client shares two cores with the server that it measures, what the client takes is missing there.
"""

import asyncio
from collections.abc import Mapping
from contextlib import suppress
from typing import NamedTuple, cast

import httptools


class Cut(Exception):
    """The connection ended, or was silent for too long, before a whole answer had come."""


class Heard(NamedTuple):
    """Names of `headers` in small letters; the last one of a name counts."""

    status: int
    headers: Mapping[str, str]
    body: bytes


class Line(asyncio.Protocol):
    """One question at a time."""

    def __init__(self) -> None:
        self._transport: asyncio.Transport | None = None
        self._answer: asyncio.Future[Heard] | None = None
        self._bodiless = False
        self._parser = httptools.HttpResponseParser(self)
        self.on_message_begin()

    @classmethod
    async def to(cls, port: int) -> "Line":
        """A new connection; raises `OSError`."""
        _, line = await asyncio.get_running_loop().create_connection(cls, "127.0.0.1", port)
        return line

    @property
    def is_open(self) -> bool:
        return self._transport is not None and not self._transport.is_closing()

    async def ask(self, raw: bytes, patience: float = 60.0, bodiless: bool = False) -> Heard:
        """Write these bytes and wait for what comes back; raises `Cut`, and is closed then.

        `bodiless`: what was asked (HEAD) has no body in its answer, whatever length that tells.
        """
        if not (self._transport and self.is_open):
            raise Cut("closed")
        self._answer, self._bodiless = asyncio.get_running_loop().create_future(), bodiless
        self._transport.write(raw)
        try:
            async with asyncio.timeout(patience):
                return await self._answer
        except TimeoutError:
            self.close()
            raise Cut("silent") from None

    def close(self) -> None:
        if self._transport:
            self._transport.close()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)

    def data_received(self, data: bytes) -> None:
        try:
            self._parser.feed_data(data)
        except httptools.HttpParserError:
            self._fail("no HTTP")

    def connection_lost(self, error: Exception | None) -> None:
        # A parser cannot be told of the end: an answer without a length would wait for it, and the server sends none.
        self._fail("cut")

    def on_header(self, name: bytes, value: bytes) -> None:
        self._headers[name.decode("latin-1").lower()] = value.decode("latin-1")

    def on_body(self, body: bytes) -> None:
        self._body += body

    def on_message_begin(self) -> None:
        self._headers: dict[str, str] = {}
        self._body = bytearray()

    def on_headers_complete(self) -> None:
        if self._bodiless:
            self.on_message_complete()
            # The old parser goes on waiting for a body.
            self._parser = httptools.HttpResponseParser(self)

    def on_message_complete(self) -> None:
        status = self._parser.get_status_code()
        if status == 100 or not self._answer or self._answer.done():
            return
        if not self._parser.should_keep_alive():
            self.close()
        self._answer.set_result(Heard(status, self._headers, bytes(self._body)))

    def _fail(self, why: str) -> None:
        self.close()
        if self._answer and not self._answer.done():
            self._answer.set_exception(Cut(why))
            with suppress(Cut):
                self._answer.exception()


def request(method: str, path: str, headers: Mapping[str, str], body: bytes = b"") -> bytes:
    """As HTTP/1.1 writes it."""
    lines = [f"{method} {path} HTTP/1.1", "Host: 127.0.0.1", *(f"{name}: {value}" for name, value in headers.items())]
    return "\r\n".join([*lines, f"Content-Length: {len(body)}"]).encode() + b"\r\n\r\n" + body
