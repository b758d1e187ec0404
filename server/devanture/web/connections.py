"""One connection of a phone or a proxy, as uvicorn reads it."""

from uvicorn._types import ASGI3Application
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol, RequestResponseCycle


class Connection(HttpToolsProtocol):
    """Tells whichever request is being answered that its asker has left.

    Where several requests come in one breath, uvicorn tells the last of them alone: each of the others would then
    write to a closed connection, and fill the log with a fault that is none of ours as often as a stranger likes.
    """

    _answering: RequestResponseCycle | None = None

    def _start_asgi_task(self, cycle: RequestResponseCycle, app: ASGI3Application) -> None:
        self._answering = cycle
        super()._start_asgi_task(cycle, app)

    def connection_lost(self, exc: Exception | None) -> None:
        if self._answering and not self._answering.response_complete:
            self._answering.disconnected = True
            self._answering.message_event.set()
        super().connection_lost(exc)
