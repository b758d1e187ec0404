"""The sealed days and the commitments: for people to read, and for programs to check."""

from starlette.requests import Request
from starlette.responses import Response

from devanture.audit import service, views
from devanture.program import book_of, program
from devanture.web.answers import json_response
from devanture.web.language import language


async def get_commitments(request: Request) -> Response:
    """« Nos engagements »: the promise in words that a resident understands."""
    running = program(request)
    context = await views.commitments_context(running, language(request))
    return running.pages.render(request, "audit/commitments.html", context)


async def get_seals_page(request: Request) -> Response:
    """The root of each day, and how to check with it."""
    running, book = program(request), await book_of(request)
    context = await views.seals_context(running, book, language(request))
    return running.pages.render(request, "audit/seals.html", context)


async def get_seals(request: Request) -> Response:
    """Every sealed day: whoever keeps a copy can tell later that none was changed."""
    running, book = program(request), await book_of(request)
    return json_response(await service.seals_of(running.database, book.process))


async def get_inclusion(request: Request) -> Response:
    """The proof that a receipt's sending is in its day's tree."""
    running, book = program(request), await book_of(request)
    typed = request.query_params.get("receipt", "")
    return json_response(await service.proof_of(running.database, running.trees, book.process, typed))
