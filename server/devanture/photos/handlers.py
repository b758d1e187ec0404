"""Photos over HTTP: the body is the picture itself."""

from starlette.requests import Request
from starlette.responses import Response

from devanture.photos import rules, service
from devanture.photos.service import Sent
from devanture.program import book_of, program, voter_within
from devanture.web.answers import json_response
from devanture.web.body import body_chunks
from devanture.web.sendings import parse_id
from devanture.web.voters import voter_of


async def put_photo(request: Request) -> Response:
    """One photo, named by the phone's own UUID, of the place and the answer that the address names."""
    running, book = program(request), await book_of(request)
    # A photo belongs to an answer of the same phone: without a cookie there is none, and no need to give one.
    voter = voter_of(request) and voter_within(request)
    sent = Sent(
        id=parse_id(request.path_params["id"]),
        place=request.query_params.get("place", ""),
        opinion_id=parse_id(request.query_params.get("opinion", "")),
        voter=voter.number if voter else None,
        content=body_chunks(request, rules.MOST_BYTES),
    )
    stored, new = await service.send_photo(running.darkroom, book, sent)
    return json_response(stored, 201 if new else 200)
