"""What a request needs of the running program: made once by `create_app`, reached by `program(request)`."""

from dataclasses import dataclass
from datetime import UTC, datetime

from starlette.requests import Request
from starlette.responses import Response

from devanture.audit.service import Trees
from devanture.basemap.service import Maps
from devanture.db.pool import Database
from devanture.errors import Problem
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
from devanture.voters.issuing import Issuer
from devanture.voters.service import Puzzles
from devanture.web.client import Client, client_of
from devanture.web.pages import Pages
from devanture.web.voters import Seal, Standing, Voter, keep_voter, voter_of

WORKER = "Devanture-Worker"
"""Said of a page by the service worker that brings it."""


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
    seal: Seal
    issuer: Issuer
    puzzles: Puzzles
    trees: Trees

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


def client(request: Request) -> Client:
    """The line and the network that a request comes from, as far as configured proxies vouch for it."""
    return client_of(request, program(request).settings.web.trusted_proxies)


def voter_for(request: Request) -> Voter:
    """The voter of the cookie, else a new one; one that was over the limit is looked at again, for hours pass."""
    known: Voter | None = getattr(request.state, "voter", None)
    if known is None:
        known, running = voter_of(request), program(request)
        if known is None or known.standing is Standing.OVER:
            known = running.issuer.issue(client(request), running.now(), known)
        request.state.voter = known
    return known


def voter_within(request: Request) -> Voter:
    """The same, for what is no opinion: raises `over-limit`, so that a fresh cookie each time gains nothing."""
    voter = voter_for(request)
    if voter.standing is Standing.OVER:
        raise Problem("over-limit")
    return voter


def with_voter(request: Request, response: Response, voter: Voter) -> Response:
    """Hand over the voter's cookie when the phone did not bring it, or brought one of another standing.

    A page that a worker brings makes nobody a voter: it could arrive after the cookie that the phone has asked for
    meanwhile, and make two of it.
    """
    known = voter_of(request)
    if known is None and WORKER in request.headers:
        return response
    if known != voter:
        running = program(request)
        keep_voter(response, running.seal.write(voter), secure=running.settings.web.public_url.startswith("https:"))
    return response
