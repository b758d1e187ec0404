"""Asking for a recount from the desk."""

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from devanture.program import program
from devanture.staff.access import member, own_book
from devanture.staff.service import record
from devanture.web.body import read_form
from devanture.worker.outbox import enqueue_release


async def post_release(request: Request) -> Response:
    """Have the worker count now: the trail's line and the order are kept together, or neither is."""
    running, who, book = program(request), member(request), await own_book(request)
    await read_form(request)
    async with running.database.transaction(who.organisation_id) as connection:
        await record(connection, who.organisation_id, who.id, running.now(), "release", process=book.process.slug)
        await enqueue_release(connection, book.process.slug)
    return RedirectResponse(f"/bureau/?compte={book.process.slug}", 303)
