"""Every refusal in one shape: RFC 9457 for programs, a page in plain words for people."""

from datetime import date
from typing import Any

import asyncpg
import msgspec
import structlog
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Match

from devanture.errors import PROBLEMS, Busy, Problem
from devanture.web.headers import HEADERS
from devanture.web.i18n import day, translate
from devanture.web.language import language

log = structlog.get_logger()
_BY_STATUS = {404: "not-found", 405: "method-not-allowed"}
REFUSALS: tuple[type[Exception], ...] = (
    Problem,
    HTTPException,
    ClientDisconnect,
    # What the outside sent broke a rule of the database that our own decoders had let through.
    asyncpg.DataError,
    asyncpg.IntegrityConstraintViolationError,
)
"""What is answered and done with. Anything else is a fault of ours: answered too, then raised for the server's log."""


async def answer_problem(request: Request, error: Exception) -> Response:
    """The one handler of every exception: what is not known is told as `internal`, and logged without its words."""
    problem = _as_problem(error)
    headers = {"Retry-After": str(problem.retry_after)} if isinstance(problem, Busy) else {}
    if problem.status == 500:
        log.error("request_failed", route=_pattern(request), error=type(error).__name__)
        # A fault is answered outside all middleware, so nobody else adds these.
        headers.update(HEADERS)
    if isinstance(error, HTTPException) and error.headers:
        headers.update(error.headers)
    if problem.status == 405:
        headers["Allow"] = _allowed(request)
    if wants_page(request):
        return _page(request, problem, headers)
    return _document(request, problem, headers)


def _allowed(request: Request) -> str:
    """Every method of an address: the router names those of the first line of `routes.py` alone."""
    routes: list[BaseRoute] = request.app.routes
    found = [getattr(route, "methods", ()) for route in routes if route.matches(request.scope)[0] is not Match.NONE]
    return ", ".join(sorted({method for methods in found for method in methods or ()}))


def _pattern(request: Request) -> str:
    """The address as `routes.py` writes it: the one asked for may hold a follower's secret, or name a door."""
    routes: list[BaseRoute] = request.app.routes
    return next((getattr(route, "path", "") for route in routes if route.matches(request.scope)[0] is Match.FULL), "")


def wants_page(request: Request) -> bool:
    """Tell a person's browser, which names `text/html`, from a program."""
    programs = ("/api/", "/tiles/", "/ogc/", "/healthz", "/readyz", "/metrics")
    return not request.url.path.startswith(programs) and "text/html" in request.headers.get("accept", "")


def problem_document(problem: Problem, lang: str) -> dict[str, Any]:
    """RFC 9457 members, with `code` for programs that decide by it."""
    kind = PROBLEMS[problem.code]
    params = {name: day(lang, value) if isinstance(value, date) else value for name, value in problem.params.items()}
    return {
        "type": f"/problems/{problem.code}",
        "title": translate(lang, kind.title),
        "status": kind.status,
        "detail": translate(lang, kind.detail, **params),
        "code": problem.code,
    }


def _as_problem(error: Exception) -> Problem:
    if isinstance(error, Problem):
        return error
    if isinstance(error, HTTPException):
        return Problem(_BY_STATUS.get(error.status_code, "bad-request"))
    return Problem("bad-request" if isinstance(error, REFUSALS) else "internal")


def _document(request: Request, problem: Problem, headers: dict[str, str]) -> Response:
    body = msgspec.json.encode(problem_document(problem, language(request)))
    return Response(body, problem.status, headers, media_type="application/problem+json")


def _page(request: Request, problem: Problem, headers: dict[str, str]) -> Response:
    document = problem_document(problem, language(request))
    context = {key: document[key] for key in ("status", "title", "detail")}
    response: Response = request.app.state.program.pages.render(
        request, "web/error.html", {**context, "what_to_do": None}, status=problem.status
    )
    response.headers.update(headers)
    return response
