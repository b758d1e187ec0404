"""Marking a spot over HTTP."""

from starlette.requests import Request
from starlette.responses import Response

from devanture.places.rules import title
from devanture.program import book_of, program, voter_within, with_voter
from devanture.spots import rules, service
from devanture.spots.schemas import StoredMark
from devanture.voters.rules import voter_hash
from devanture.web.answers import json_response
from devanture.web.body import read_json_body
from devanture.web.language import language
from devanture.web.sendings import parse_id

MARK_BYTES = 1_024


async def put_spot(request: Request) -> Response:
    """« Ici, il manque… »: one mark, named by the phone's own UUID, which opinions may name as their place."""
    running, book = program(request), await book_of(request)
    mark_id = parse_id(request.path_params["id"])
    mark = rules.decode_mark(await read_json_body(request, MARK_BYTES))
    voter = voter_within(request)
    hashed = voter_hash(book.voter_key, voter.number)
    marked = await service.mark_spot(
        running.database, book.process, book.voter_key, mark_id, mark, hashed, running.now()
    )
    place = marked.place
    stored = StoredMark(str(mark_id), place.ref, title(place, language(request)), marked.joined)
    return with_voter(request, json_response(stored, 201 if marked.new else 200), voter)
