"""The gate of every address that is not public: stands around the handler, so that no handler can forget it."""

import ipaddress
from collections.abc import Awaitable, Callable

from starlette.requests import Request
from starlette.responses import Response

from devanture.errors import Problem
from devanture.opinions.rulebook import Rulebook
from devanture.program import book_of, program
from devanture.staff.rules import check_permission
from devanture.staff.schemas import Member
from devanture.staff.service import member_of
from devanture.web.permissions import Permission

COOKIE = "devanture_staff"
Handler = Callable[[Request], Awaitable[Response]]


def guarded(handler: Handler, permission: Permission) -> Handler:
    """The handler as it may be reached: by all, by operators on the machine, or by a member with the permission."""
    if permission is Permission.PUBLIC:
        return handler

    async def checked(request: Request) -> Response:
        if permission is Permission.OPERATOR:
            _check_operator(request)
        else:
            request.state.member = await _signed_in(request, permission)
        return await handler(request)

    return checked


def member(request: Request) -> Member:
    """Who is asking: only behind a gate that needs a session."""
    signed_in: Member = request.state.member
    return signed_in


async def own_book(request: Request) -> Rulebook:
    """The process that the address names, if it belongs to the member's organisation; raises `unknown-process`."""
    book = await book_of(request)
    if book.process.organisation_id != member(request).organisation_id:
        raise Problem("unknown-process")
    return book


async def _signed_in(request: Request, permission: Permission) -> Member:
    running = program(request)
    found = await member_of(running.database, request.cookies.get(COOKIE, ""), running.now())
    if found is None:
        raise Problem("sign-in-needed")
    check_permission(found.roles, permission)
    return found


def _check_operator(request: Request) -> None:
    """The peer itself must be this machine, and no proxy may have carried the request here."""
    try:
        local = ipaddress.ip_address(request.client.host if request.client else "").is_loopback
    except ValueError:
        local = False
    if not local or "x-forwarded-for" in request.headers:
        raise Problem("not-found")
