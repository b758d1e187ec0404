"""Asking for a recount from the desk."""

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from devanture.program import program
from devanture.releases.orders import order_release
from devanture.staff.access import member, own_book
from devanture.web.body import read_form


async def post_release(request: Request) -> Response:
    """Have the worker count now."""
    running, book = program(request), await own_book(request)
    await read_form(request)
    asked = running.now()
    await order_release(running.database, member(request), book.process, asked)
    # The instant goes along in milliseconds, so that the desk's page knows which count it waits for.
    return RedirectResponse(f"/bureau/?compte={book.process.slug}&depuis={int(asked.timestamp() * 1000)}", 303)
