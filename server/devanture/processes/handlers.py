"""The pages of a process, and what a phone keeps of it."""

import msgspec
from starlette.requests import Request
from starlette.responses import FileResponse, Response

from devanture.processes import views
from devanture.processes.service import process_view
from devanture.program import book_of, program, with_voter
from devanture.web.answers import cacheable_response
from devanture.web.language import language
from devanture.web.voters import new_voter, voter_of


async def get_home(request: Request) -> Response:
    running = program(request)
    return running.pages.render(request, "web/home.html", await views.home_context(running, language(request)))


async def get_walk(request: Request) -> Response:
    """The list and the map; the voter's cookie is issued here, so that no answer ever waits for it."""
    running, book = program(request), await book_of(request)
    voter = voter_of(request) or new_voter()
    context = await views.walk_context(running, book, voter, language(request))
    return with_voter(request, running.pages.render(request, "processes/walk.html", context), voter)


async def get_shell(request: Request) -> Response:
    """The page that the phone keeps for every address it has not opened before."""
    running, book = program(request), await book_of(request)
    context = {"process": process_view(book.process, language(request), running.now())}
    return running.pages.render(request, "web/shell.html", context)


async def get_pack(request: Request) -> Response:
    running, book = program(request), await book_of(request)
    pack = await views.pack(running, book, voter_of(request) or "", language(request))
    return cacheable_response(request, msgspec.json.encode(pack), "application/json")


async def get_manifest(request: Request) -> Response:
    """The web app manifest of one process: its own name on the home screen, its own scope."""
    running, book = program(request), await book_of(request)
    lang = language(request)
    view = process_view(book.process, lang, running.now())
    name, screen = view["name"], view["look"]["screen"]["light"]
    scope = f"/{book.process.slug}/"
    manifest = {
        "id": scope, "start_url": scope, "scope": scope, "lang": lang, "dir": "ltr", "display": "standalone",
        "name": f"Devanture · {name}", "short_name": name[:24], "theme_color": screen, "background_color": "#fbf7ef",
        "icons": [
            {"src": "/assets/icon-192.png", "sizes": "192x192", "type": "image/png"},
            {"src": "/assets/icon-512.png", "sizes": "512x512", "type": "image/png"},
            {"src": "/assets/icon-maskable-512.png", "sizes": "512x512", "type": "image/png", "purpose": "maskable"},
        ],
    }  # fmt: skip
    return cacheable_response(request, msgspec.json.encode(manifest), "application/manifest+json")


async def get_service_worker(request: Request) -> Response:
    """The service worker: at the root, so that it may take the scope of any process."""
    path = program(request).settings.dist / "sw.js"
    headers = {"Cache-Control": "no-cache", "Service-Worker-Allowed": "/"}
    return FileResponse(path, media_type="text/javascript", headers=headers)
