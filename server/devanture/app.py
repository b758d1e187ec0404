"""The only composition root: everything is built by `create_app`, nothing at import."""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import replace
from datetime import datetime

import structlog
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.routing import Mount, Route

from devanture.audit.service import trees
from devanture.basemap.service import Maps
from devanture.db.pool import Database
from devanture.errors import OperatorError
from devanture.follows.limits import MailLimits
from devanture.follows.service import Followers
from devanture.opinions.crowds import crowds
from devanture.opinions.intake import Intake
from devanture.opinions.rulebook import rulebooks
from devanture.opinions.service import Reception
from devanture.opinions.storing import store_in
from devanture.photos.cleaner import Cleaner
from devanture.photos.files import PHOTOS
from devanture.photos.service import Darkroom
from devanture.previews.service import Previews
from devanture.processes.pack import Packs
from devanture.processes.views import gather_pack
from devanture.program import Program, utc_now
from devanture.proofs.service import provers
from devanture.recent import Recent
from devanture.routes import ROUTES, Line
from devanture.settings import Settings
from devanture.staff.access import guarded
from devanture.voters.issuing import Issuer
from devanture.voters.service import Puzzles
from devanture.web.assets import BuiltFiles
from devanture.web.headers import SecurityHeaders
from devanture.web.pages import Pages
from devanture.web.permissions import Permission
from devanture.web.problems import REFUSALS, answer_problem
from devanture.web.voters import Seal
from devanture.worker.service import run_worker

log = structlog.get_logger()
Clock = Callable[[], datetime]
FOR_OPINIONS = 3
"""Connections that only the taking in of opinions uses: however many read, whoever answers need not queue behind."""


def create_app(settings: Settings, clock: Clock = utc_now, *, worker: bool = False) -> Starlette:
    """The program as an ASGI app; its pools, and a worker if asked, live as long as it. Raises `OperatorError`."""
    database, kept_free = Database(settings.database), Database(replace(settings.database, pool_size=FOR_OPINIONS))
    app = Starlette(
        routes=[*map(_route, ROUTES), Mount("/assets", BuiltFiles(settings.dist))],
        middleware=[Middleware(SecurityHeaders), Middleware(GZipMiddleware, minimum_size=1000, compresslevel=6)],
        exception_handlers=dict.fromkeys((*REFUSALS, Exception), answer_problem),
        lifespan=_lifespan((database, kept_free), settings if worker else None),
    )
    reception = Reception(Intake(store_in(kept_free), settings.web.intake_queue), kept_free, clock)
    books = rulebooks(kept_free, settings.key, clock)
    pages, maps = Pages(settings.dist), Maps(settings.data / "basemaps")
    darkroom = Darkroom(settings.data / PHOTOS, Cleaner(), database, clock)
    followers = Followers(database, settings.key, MailLimits(), settings.mail is not None, settings.push_hosts)
    drawn = (pages, maps, darkroom, Previews(settings.dist))
    proving = provers(database, settings.key, followers.limits, settings.mail is not None)
    issuer = Issuer(settings.voters.per_host, settings.voters.per_network)
    voters = (Seal(settings.key), issuer, Puzzles(settings.key, settings.voters.puzzle_megabytes))
    # Kept like crowds: a small town's pack is as of now, one of 5,000 places a few seconds old.
    packs: Packs = Recent(lambda key: gather_pack(app.state.program, *key), 0, most=100, times=20)
    others = (crowds(database), packs, *drawn, followers, proving, *voters, trees(database))
    app.state.program = Program(settings, database, reception, books, *others)
    return app


def _route(line: Line) -> Route:
    if not isinstance(line.permission, Permission):
        raise OperatorError(f"{line.method} {line.path} declares no permission.")
    return Route(line.path, guarded(line.handler, line.permission), methods=[line.method])


def _lifespan(
    databases: Sequence[Database], worker: Settings | None
) -> Callable[[Starlette], AbstractAsyncContextManager[None]]:
    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        for database in databases:
            await database.open()
        beside = _start_worker(worker) if worker else None
        try:
            yield
        finally:
            if beside is not None:
                beside.cancel()
                await asyncio.wait([beside])
            running: Program = app.state.program
            await running.reception.intake.close()
            for database in databases:
                await database.close()

    return lifespan


def _start_worker(settings: Settings) -> asyncio.Task[None]:
    working = asyncio.create_task(run_worker(settings))
    working.add_done_callback(_tell_its_end)
    return working


def _tell_its_end(working: asyncio.Task[None]) -> None:
    """A worker that died beside a server that lives would leave the figures to grow old in silence."""
    if not working.cancelled():
        log.error("worker_ended", exc_info=working.exception())
