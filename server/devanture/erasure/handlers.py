"""« Effacer tout » over HTTP: the phone's JSON, and the form that works without JavaScript."""

from collections.abc import Iterable

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from devanture.erasure import service
from devanture.erasure.schemas import DECODERS, Erased, Stays
from devanture.opinions.service import Origin
from devanture.program import book_of, client, program
from devanture.residence.handlers import COOKIE as ASKED
from devanture.voters.rules import MOST_PERSONS
from devanture.web.answers import json_response
from devanture.web.body import read_json_body, refuse_other_sites
from devanture.web.sendings import decode_sending
from devanture.web.voters import COOKIE, new_number, voter_of

BYTES = 16_384


async def post_erasure(request: Request) -> Response:
    """The server's word, on which alone the phone lets go of what it keeps itself."""
    refuse_other_sites(request)
    said = decode_sending(await read_json_body(request, BYTES), DECODERS)
    return _unknown_from_now_on(request, json_response(Erased(await _erase(request, said.follows))))


async def post_erasure_form(request: Request) -> Response:
    refuse_other_sites(request)
    stays = await _erase(request, ())
    return _unknown_from_now_on(request, RedirectResponse(f"/{request.path_params['p']}/mes-avis?efface={stays}", 303))


async def _erase(request: Request, follows: Iterable[str]) -> Stays:
    running, book = program(request), await book_of(request)
    voter = voter_of(request)
    host, network = client(request)
    origin = Origin(voter.number if voter else new_number(), network, host=host)
    folder = running.settings.data
    return await service.erase(running.reception, running.followers, book, origin, follows, folder)


def _unknown_from_now_on(request: Request, response: Response) -> Response:
    """Without the cookie nobody can tell any more which answers were this phone's, those that stay included."""
    response.delete_cookie(COOKIE)
    for asked in (ASKED, *(f"{ASKED}_{person}" for person in range(1, MOST_PERSONS + 1))):
        response.delete_cookie(asked, path=f"/{request.path_params['p']}/")
    return response
