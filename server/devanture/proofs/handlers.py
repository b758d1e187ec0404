"""Showing that it is oneself, over HTTP: a page that works without JavaScript, and the phone's JSON."""

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from devanture.errors import Problem
from devanture.processes.service import process_view
from devanture.program import book_of, client, program, voter_for, with_voter
from devanture.proofs import service
from devanture.proofs.schemas import DECODERS, ProofV1
from devanture.proofs.service import Shower
from devanture.web.answers import json_response
from devanture.web.body import Form, read_form, read_json_body, refuse_other_sites
from devanture.web.language import language
from devanture.web.problems import problem_document
from devanture.web.sendings import decode_sending
from devanture.web.voters import voter_of

BYTES = 2048


async def post_proof(request: Request) -> Response:
    refuse_other_sites(request)
    running, book = program(request), await book_of(request)
    said, shower = decode_sending(await read_json_body(request, BYTES), DECODERS), _shower(request)
    answer = await service.show(running.provers, book, said, shower)
    return with_voter(request, json_response(answer), voter_for(request))


async def get_proof(request: Request) -> Response:
    running, book = program(request), await book_of(request)
    voter = voter_of(request)
    level = await service.level_of(running.database, book, voter.number if voter else None)
    return await _page(request, {"level": level})


async def post_proof_form(request: Request) -> Response:
    """The page again, with what came of it: a reload asks before it sends a code twice, which would do no harm."""
    refuse_other_sites(request)
    running, book = program(request), await book_of(request)
    form, shower = await read_form(request, BYTES), _shower(request)
    try:
        answer = await service.show(running.provers, book, _said(form), shower)
        shown: dict[str, str] = {"level": answer.proof, "status": answer.status}
    except Problem as problem:
        if problem.status == 503:
            raise
        level = await service.level_of(running.database, book, shower.voter)
        refusal = problem_document(problem, shower.lang)["detail"]
        shown = {"level": level, "refusal": refusal}
    return with_voter(request, await _page(request, shown), voter_for(request))


async def _page(request: Request, shown: dict[str, str]) -> Response:
    running, book, lang = program(request), await book_of(request), language(request)
    known = {"process": process_view(book.process, lang, running.now()), "mail": running.provers.mail}
    context = known | {"refusal": None, "status": None} | shown
    page = running.pages.render(request, "proofs/proof.html", context, 422 if "refusal" in shown else 200)
    page.headers["Cache-Control"] = "no-store"
    return page


def _shower(request: Request) -> Shower:
    return Shower(voter_for(request).number, client(request).network, language(request), program(request).now())


def _said(form: Form) -> ProofV1:
    """The same strict decoder as for JSON, fed from the form's fields."""
    fields = {"v": 1, "means": _one(form, "means"), "value": _one(form, "value")}
    return decode_sending(msgspec.json.encode(fields), DECODERS)


def _one(form: Form, name: str) -> str:
    return form.get(name, [""])[0]
