"""As much of HTTP as a phone needs, and no more: an answer counts only when it came whole."""

import asyncio
from collections.abc import Mapping
from contextlib import suppress
from typing import NamedTuple


class Cut(Exception):
    """No whole answer came, and nobody knows whether the server heard."""


class Answer(NamedTuple):
    status: int
    headers: dict[str, str]
    body: bytes


class Wire:
    """One connection, kept for several requests and made anew when it broke."""

    def __init__(self, port: int, patience: float = 6.0) -> None:
        self._port, self._patience = port, patience
        self._open: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def ask(self, method: str, path: str, headers: Mapping[str, str], body: bytes = b"") -> Answer:
        """Raises `Cut`."""
        try:
            async with asyncio.timeout(self._patience):
                reader, writer = self._open or await asyncio.open_connection("127.0.0.1", self._port)
                self._open = reader, writer
                writer.write(_request(method, path, headers, body))
                await writer.drain()
                answer = await _read(reader)
        except (OSError, EOFError, TimeoutError, ValueError, RuntimeError, asyncio.LimitOverrunError) as error:
            # RuntimeError: uvloop has seen meanwhile that the connection was closed.
            self.close()
            raise Cut(type(error).__name__) from error
        except asyncio.CancelledError:
            self.close()
            raise
        if answer.headers.get("connection") == "close":
            self.close()
        return answer

    def close(self) -> None:
        if self._open:
            with suppress(OSError):
                self._open[1].close()
            self._open = None


def _request(method: str, path: str, headers: Mapping[str, str], body: bytes) -> bytes:
    lines = [f"{method} {path} HTTP/1.1", "Host: 127.0.0.1", f"Content-Length: {len(body)}"]
    lines += [f"{name}: {value}" for name, value in headers.items()]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


async def _read(reader: asyncio.StreamReader) -> Answer:
    head, *lines = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
    pairs = (line.partition(":") for line in lines if line)
    headers = {name.strip().lower(): value.strip() for name, _, value in pairs}
    return Answer(int(head.split(" ")[1]), headers, await reader.readexactly(int(headers.get("content-length", "0"))))
