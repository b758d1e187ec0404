"""The API describes itself."""

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from devanture.api.document import Document, openapi
from devanture.program import program
from devanture.web.answers import cacheable_response
from devanture.web.language import language


async def get_openapi(request: Request) -> Response:
    """OpenAPI 3.1."""
    body = msgspec.json.encode(_document(request))
    return cacheable_response(request, body, "application/json")


async def get_docs(request: Request) -> Response:
    """The same document as a page to read, without any script."""
    context = {"document": _document(request)}
    return program(request).pages.render(request, "api/docs.html", context)


def _document(request: Request) -> Document:
    return openapi(program(request).settings.web.public_url, language(request))
