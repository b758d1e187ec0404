"""What clients ask of every site, and where the `type` of a problem leads."""

import re

from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response

from devanture.errors import PROBLEMS, Problem
from devanture.program import program
from devanture.web.answers import json_response
from devanture.web.language import language
from devanture.web.problems import problem_document, wants_page

ROBOTS = "User-agent: *\nDisallow: /bureau/\nDisallow: /api/\nAllow: /\n"
_HOLE = re.compile(r"%\((\w+)\)s")


async def get_favicon(request: Request) -> Response:
    """Pages name their icon; this is for clients that ask without reading one."""
    return RedirectResponse("/assets/icon-192.png", 308)


async def get_robots(request: Request) -> Response:
    """Public pages may be found; the desk, and what programs read, need not be."""
    return PlainTextResponse(ROBOTS)


async def get_problem(request: Request) -> Response:
    """What a code of refusal means, as a page or as JSON (RFC 9457: the `type` should lead to words)."""
    code = request.path_params["code"]
    if code not in PROBLEMS:
        raise Problem("not-found")
    anything = dict.fromkeys(_HOLE.findall(PROBLEMS[code].detail), "…")
    document = problem_document(Problem(code, **anything), language(request))
    if wants_page(request):
        return program(request).pages.render(request, "web/problem.html", {"problem": document})
    return json_response(document)
