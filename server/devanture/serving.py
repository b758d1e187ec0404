"""Serving on the loopback until somebody stops it."""

import asyncio
import signal
import socket
from collections.abc import Callable
from types import FrameType

import uvicorn

from devanture.app import create_app
from devanture.db.promises import check_database
from devanture.errors import OperatorError
from devanture.settings import Settings
from devanture.web.connections import Connection

HOST = "127.0.0.1"


def listen(port: int) -> socket.socket:
    """Take the port before anything slow is done; raises `OperatorError` when another program has it."""
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((HOST, port))
        listener.listen(1024)
    except OSError:
        listener.close()
        raise OperatorError(f"Port {port} of {HOST} is taken by another program: choose another with --port.") from None
    return listener


def serve_on(listener: socket.socket, settings: Settings, ready: Callable[[], None], *, worker: bool = False) -> None:
    """Serve until Ctrl-C or SIGTERM; `ready` is called once requests are answered."""
    asyncio.run(check_database(settings.database.app_url))
    # Request lines are not logged: an address may name the place that a person stands before.
    config = uvicorn.Config(
        create_app(settings, worker=worker),
        http=Connection,
        access_log=False,
        log_level="warning",
        proxy_headers=False,
        server_header=False,
        timeout_graceful_shutdown=10,
    )
    # Uvicorn finishes its requests, then raises the signal again: as an exit it still runs what is left to close.
    signal.signal(signal.SIGTERM, _leave)
    _Announced(config, ready).run(sockets=[listener])


class _Announced(uvicorn.Server):
    def __init__(self, config: uvicorn.Config, ready: Callable[[], None]) -> None:
        super().__init__(config)
        self._ready = ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            self._ready()


def _leave(_number: int, _frame: FrameType | None) -> None:
    raise SystemExit(0)
