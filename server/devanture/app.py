"""The only composition root: everything is built by `create_app`, nothing at import."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from datetime import datetime

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.routing import Mount, Route

from devanture.basemap.service import Maps
from devanture.db.pool import Database
from devanture.errors import OperatorError
from devanture.opinions.intake import Intake
from devanture.opinions.service import Reception, crowds, rulebooks, store_in
from devanture.program import Program, utc_now
from devanture.routes import ROUTES, Line
from devanture.settings import Settings
from devanture.staff.access import guarded
from devanture.web.assets import BuiltFiles
from devanture.web.headers import SecurityHeaders
from devanture.web.pages import Pages
from devanture.web.permissions import Permission
from devanture.web.problems import REFUSALS, answer_problem

Clock = Callable[[], datetime]


def create_app(settings: Settings, clock: Clock = utc_now, *, worker: bool = False) -> Starlette:
    """The program as an ASGI app; the pool, and a worker if asked, live as long as it. Raises `OperatorError`."""
    database = Database(settings.database)
    app = Starlette(
        routes=[*map(_route, ROUTES), Mount("/assets", BuiltFiles(settings.dist))],
        middleware=[Middleware(SecurityHeaders), Middleware(GZipMiddleware, minimum_size=1000)],
        exception_handlers=dict.fromkeys((*REFUSALS, Exception), answer_problem),
        lifespan=_lifespan(database, settings if worker else None),
    )
    reception = Reception(Intake(store_in(database), settings.web.intake_queue), database, clock)
    books = rulebooks(database, settings.key)
    pages, maps = Pages(settings.dist), Maps(settings.data / "basemaps")
    app.state.program = Program(settings, database, reception, books, crowds(database), pages, maps)
    return app


def _route(line: Line) -> Route:
    if not isinstance(line.permission, Permission):
        raise OperatorError(f"{line.method} {line.path} declares no permission.")
    return Route(line.path, guarded(line.handler, line.permission), methods=[line.method])


def _lifespan(
    database: Database, worker: Settings | None
) -> Callable[[Starlette], AbstractAsyncContextManager[None]]:
    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
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
            await database.close()

    return lifespan


def _start_worker(settings: Settings) -> asyncio.Task[None]:
    from devanture.worker.service import run_worker

    return asyncio.create_task(run_worker(settings))
