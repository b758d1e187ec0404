"""The pages of a process, and what a phone keeps of it."""

import asyncio

import msgspec
from starlette.requests import Request
from starlette.responses import FileResponse, Response

from devanture.processes import views
from devanture.processes.homescreen import manifest
from devanture.processes.service import process_view
from devanture.program import book_of, program, voter_for, with_voter
from devanture.web.answers import cacheable_response
from devanture.web.language import language
from devanture.web.pages import YEAR
from devanture.web.voters import voter_of

ARRIVED = "devanture_arrived"
"""Says that this person has seen who asks and who decides; it says nothing else."""


async def get_home(request: Request) -> Response:
    running = program(request)
    return running.pages.render(request, "web/home.html", await views.home_context(running, language(request)))


async def get_walk(request: Request) -> Response:
    """The list and the map; on a first visit by link, who asks and who decides.

    The voter's cookie is issued here, so that no answer ever waits for it. The service worker asks for its copy with
    `?autour=garder`, which is not a visit.
    """
    running, book = program(request), await book_of(request)
    wanted = request.query_params.get("autour")
    if wanted is None and ARRIVED not in request.cookies:
        return await _arrival(request)
    voter = voter_for(request)
    context = await views.walk_context(running, book, voter.number, language(request))
    # Beside the loop: the list of 5,000 places takes a third of a second to write, during which answers come in.
    page = await asyncio.to_thread(running.pages.render, request, "processes/walk.html", context)
    response = with_voter(request, page, voter)
    if wanted is not None and wanted != "garder":
        response.set_cookie(ARRIVED, "1", max_age=YEAR, path=f"/{book.process.slug}/", samesite="lax")
    return response


async def _arrival(request: Request) -> Response:
    running, book = program(request), await book_of(request)
    context = await views.arrival_context(running, book, language(request))
    response = running.pages.render(request, "processes/arrival.html", context)
    # What the phone keeps of this address is the walk: it never keeps a page that says so.
    response.headers["Cache-Control"] = "private, no-store"
    return with_voter(request, response, voter_for(request))


async def get_round(request: Request) -> Response:
    """« Ma tournée »: one street's doors in walking order, or the choice of a street."""
    running, book = program(request), await book_of(request)
    voter = voter_for(request)
    name = request.query_params.get("rue")
    context = await views.round_context(running, book, voter.number, language(request), name)
    return with_voter(request, running.pages.render(request, "processes/round.html", context), voter)


async def get_shell(request: Request) -> Response:
    """The page that the phone keeps for every address it has not opened before."""
    running, book = program(request), await book_of(request)
    context = {"process": process_view(book.process, language(request), running.now())}
    return running.pages.render(request, "web/shell.html", context)


async def get_pack(request: Request) -> Response:
    """Everything a phone needs without a network; what it has already is told by a tag, and not sent again."""
    pack = await program(request).packs.get((request.path_params["p"], language(request)))
    voter = voter_of(request)
    body, tag = pack.drawn(voter.number if voter else "")
    return cacheable_response(request, body, "application/json", tag)


async def get_manifest(request: Request) -> Response:
    """The web app manifest of one process: its own name on the home screen, its own scope."""
    running, book = program(request), await book_of(request)
    lang = language(request)
    document = manifest(process_view(book.process, lang, running.now()), lang)
    return cacheable_response(request, msgspec.json.encode(document), "application/manifest+json")


async def get_service_worker(request: Request) -> Response:
    """The service worker: at the root, so that it may take the scope of any process."""
    path = program(request).settings.dist / "sw.js"
    headers = {"Cache-Control": "no-cache", "Service-Worker-Allowed": "/"}
    return FileResponse(path, media_type="text/javascript", headers=headers)
