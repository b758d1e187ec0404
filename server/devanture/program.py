"""What a request needs of the running program: made once by `create_app`, reached by `program(request)`."""

from dataclasses import dataclass
from datetime import UTC, datetime

from starlette.requests import Request
from starlette.responses import Response

from devanture.basemap.service import Maps
from devanture.db.pool import Database
from devanture.follows.service import Followers
from devanture.opinions.crowds import Crowd, Crowds
from devanture.opinions.rulebook import Rulebook, Rulebooks, knowing
from devanture.opinions.service import Reception
from devanture.photos.service import Darkroom
from devanture.previews.service import Previews
from devanture.processes.pack import Packs
from devanture.processes.schemas import Process
from devanture.proofs.service import Provers
from devanture.settings import Settings
from devanture.web.pages import Pages
from devanture.web.voters import keep_voter, voter_of


@dataclass(frozen=True)
class Program:
    settings: Settings
    database: Database
    reception: Reception
    rulebooks: Rulebooks
    crowds: Crowds
    packs: Packs
    pages: Pages
    maps: Maps
    darkroom: Darkroom
    previews: Previews
    followers: Followers
    provers: Provers

    def now(self) -> datetime:
        return self.reception.clock()

    async def crowd(self, process: Process) -> Crowd:
        """How many people have answered, live."""
        return await self.crowds.get((process.organisation_id, process.id))


def program(request: Request) -> Program:
    running: Program = request.app.state.program
    return running


async def book_of(request: Request, *refs: str) -> Rulebook:
    """The rulebook of the process that the address names; raises `unknown-process`.

    It knows the place that the address names, and those of `refs`, if they were made only a moment ago.
    """
    running, here = program(request), request.path_params.get("ref")
    book = await running.rulebooks.get(request.path_params["p"])
    return await knowing(running.database, book, refs if here is None else (*refs, here))


def utc_now() -> datetime:
    return datetime.now(UTC)


def with_voter(request: Request, response: Response, voter: str) -> Response:
    """Hand over the voter's cookie when the phone did not bring it."""
    if voter_of(request) != voter:
        keep_voter(response, voter, secure=program(request).settings.web.public_url.startswith("https:"))
    return response
