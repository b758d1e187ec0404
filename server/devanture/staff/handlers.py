"""The desk's door and its first page."""

from datetime import UTC, datetime

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from devanture.organisations.service import organisation_name
from devanture.program import program
from devanture.staff import service
from devanture.staff.access import COOKIE, member
from devanture.staff.views import desk_home
from devanture.web.body import read_form
from devanture.web.language import language


async def get_sign_in(request: Request) -> Response:
    """Shows one button: mail scanners open links, so opening one changes nothing."""
    token = request.query_params.get("jeton")
    return program(request).pages.render(request, "staff/sign_in.html", {"token": token, "error": None})


async def post_sign_in(request: Request) -> Response:
    running = program(request)
    form = await read_form(request)
    session = await service.sign_in(running.database, form.get("jeton", [""])[0], running.now())
    response = RedirectResponse("/bureau/", 303)
    secure = running.settings.web.public_url.startswith("https:")
    # It lasts as long as the browser is open; the session itself ends after some idle hours, on the server.
    response.set_cookie(COOKIE, session, httponly=True, samesite="lax", secure=secure)
    return response


async def post_sign_out(request: Request) -> Response:
    running = program(request)
    await read_form(request)
    await service.sign_out(running.database, request.cookies.get(COOKIE, ""), running.now())
    response = RedirectResponse("/bureau/entrer", 303)
    response.delete_cookie(COOKIE)
    return response


async def get_desk(request: Request) -> Response:
    running, who = program(request), member(request)
    context = {
        "member": who,
        "organisation": {"name": await organisation_name(running.database, who.organisation_id)},
        "processes": await desk_home(running, who, language(request), _asked(request)),
    }
    return running.pages.render(request, "staff/home.html", context)


def _asked(request: Request) -> dict[str, datetime]:
    """When the count of a process was asked for, by its slug: the address says so after a press of the button."""
    slug, since = (request.query_params.get(name, "") for name in ("compte", "depuis"))
    if not (since.isascii() and since.isdigit() and len(since) <= 14):
        return {}
    return {slug: datetime.fromtimestamp(int(since) / 1000, UTC)}
