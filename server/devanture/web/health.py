"""For those who run it: alive, ready, and how much is going on."""

from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from devanture.program import program


async def get_healthz(request: Request) -> Response:
    """The program runs; says nothing about the database."""
    return PlainTextResponse("ok\n")


async def get_readyz(request: Request) -> Response:
    """The database answers; 503 otherwise."""
    async with program(request).database.transaction():
        pass
    return PlainTextResponse("ready\n")


async def get_metrics(request: Request) -> Response:
    return Response(generate_latest(), media_type=CONTENT_TYPE_LATEST)
