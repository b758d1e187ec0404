"""Streets over HTTP."""

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from devanture.program import book_of, program
from devanture.streets import service
from devanture.web.answers import cacheable_response


async def get_streets(request: Request) -> Response:
    """Streets, their lines and house numbers: for « rue et numéro » and for spots, also without a network."""
    running, book = program(request), await book_of(request)
    found = await service.streets_of(running.database, book.process)
    return cacheable_response(request, msgspec.json.encode(found), "application/json")
