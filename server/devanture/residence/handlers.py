"""The one question about a person over HTTP: the phone's JSON, and a page that works without JavaScript."""

import msgspec
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from devanture.processes.service import process_view
from devanture.program import Program, book_of, program, voter_for, voter_within, with_voter
from devanture.residence import rules, service
from devanture.residence.schemas import DECODERS, ResidenceStored, ResidenceV1
from devanture.web.answers import json_response
from devanture.web.body import Form, read_form, read_json_body
from devanture.web.language import language
from devanture.web.sendings import decode_sending, parse_id
from devanture.web.voters import voter_of

BYTES = 2048
COOKIE = "devanture_vous"
"""Set once the question was answered or skipped: it is not asked again. The phone's script sets it too."""
YEAR = 365 * 24 * 3600


async def put_residence(request: Request) -> Response:
    """The first answer of a voter is frozen; a later one is answered the same and changes nothing."""
    running, book = program(request), await book_of(request)
    sending_id = parse_id(request.path_params["id"])
    said = decode_sending(await read_json_body(request, BYTES), DECODERS)
    voter = voter_within(request)
    new = await service.answer(running.database, book, voter.number, said, running.now())
    return with_voter(request, json_response(ResidenceStored(str(sending_id)), 201 if new else 200), voter)


async def get_residence(request: Request) -> Response:
    running, book = program(request), await book_of(request)
    voter = voter_of(request)
    answered = await service.has_answered(running.database, book, voter.number if voter else None)
    return await _page(request, running, answered=answered)


async def post_residence(request: Request) -> Response:
    """« Envoyer » or « Passer », then the walk goes on; a form with nothing ticked is a skip."""
    running, book = program(request), await book_of(request)
    form = await read_form(request, BYTES)
    said, voter = _said(form), voter_for(request)
    if "skip" in form or said == ResidenceV1(v=1):
        response: Response = RedirectResponse(f"/{book.process.slug}/", 303)
    else:
        await service.answer(running.database, book, voter_within(request).number, said, running.now())
        response = RedirectResponse(f"/{book.process.slug}/vous", 303)
    secure = running.settings.web.public_url.startswith("https:")
    response.set_cookie(COOKIE, "1", max_age=YEAR, path=f"/{book.process.slug}/", samesite="lax", secure=secure)
    return with_voter(request, response, voter)


def _said(form: Form) -> ResidenceV1:
    """The same strict decoder as for JSON, fed from the form's fields; empty ones are absent."""
    fields: dict[str, object] = {"v": 1, "ties": form.get("ties", [])}
    fields |= {name: form[name][0] for name in ("sector", "age") if form.get(name, [""])[0]}
    return decode_sending(msgspec.json.encode(fields), DECODERS)


async def _page(request: Request, running: Program, *, answered: bool) -> Response:
    book, lang = await book_of(request), language(request)
    context = {
        "process": process_view(book.process, lang, running.now()),
        "answered": answered,
        "choices": rules.choices(book.process.sectors, lang),
    }
    return running.pages.render(request, "residence/residence.html", context)
