from starlette.requests import Request
from starlette.responses import Response

from devanture.program import book_of, program
from devanture.results import views
from devanture.web.answers import json_response
from devanture.web.language import language


async def get_results(request: Request) -> Response:
    """The public results, readable as tables; the map comes with the phone's code."""
    running, book = program(request), await book_of(request)
    code = request.query_params.get("activity", "")
    context = await views.results_context(running, book, language(request), code)
    return running.pages.render(request, "results/results.html", context)


async def get_results_document(request: Request) -> Response:
    """The latest public release."""
    running, book = program(request), await book_of(request)
    code = request.query_params.get("activity") or request.query_params.get("family") or ""
    return json_response(await views.results_document(running, book, language(request), code))
