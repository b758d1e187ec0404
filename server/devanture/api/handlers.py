"""The API describes itself."""

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from devanture.api.document import openapi
from devanture.program import program
from devanture.web.answers import cacheable_response


async def get_openapi(request: Request) -> Response:
    """OpenAPI 3.1."""
    body = msgspec.json.encode(openapi(program(request).settings.web.public_url))
    return cacheable_response(request, body, "application/json")


async def get_docs(request: Request) -> Response:
    """The same document as a page to read, without any script."""
    document = openapi(program(request).settings.web.public_url)
    return program(request).pages.render(request, "api/docs.html", {"document": document})
