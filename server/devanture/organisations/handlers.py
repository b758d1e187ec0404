"""What a town puts on: its colours and its logo. Their addresses carry a digest, so a phone may keep them for good."""

from starlette.requests import Request
from starlette.responses import Response

from devanture.errors import Problem
from devanture.organisations.rules import theme_css
from devanture.organisations.service import organisation_logo
from devanture.program import book_of, program
from devanture.web.answers import public_response


async def get_theme(request: Request) -> Response:
    """The style sheet that gives a page the town's colours."""
    process = (await book_of(request)).process
    if not process.colours:
        raise Problem("not-found")
    return public_response(request, theme_css(process.colours).encode(), "text/css")


async def get_logo(request: Request) -> Response:
    process = (await book_of(request)).process
    logo = await organisation_logo(program(request).database, process.organisation_id)
    if logo is None:
        raise Problem("not-found")
    return public_response(request, logo, "image/png")
