"""Opinions over HTTP: the phone's JSON, and the form that works without JavaScript."""

from typing import Any

import msgspec
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from devanture.aside.service import puzzle_solved
from devanture.errors import Problem
from devanture.opinions import rules, service, views
from devanture.opinions.intake import Outcome
from devanture.opinions.rulebook import Rulebook
from devanture.opinions.schemas import OpinionV1
from devanture.opinions.service import Origin
from devanture.places.schemas import Place
from devanture.places.views import place_context
from devanture.program import book_of, client, program, voter_for, with_voter
from devanture.proofs.rules import door_code
from devanture.voters.rules import MOST_PERSONS, hashes_of
from devanture.web.answers import json_response
from devanture.web.body import Form, read_form, read_json_body, refuse_other_sites
from devanture.web.language import language
from devanture.web.problems import problem_document
from devanture.web.sendings import parse_id
from devanture.web.voters import Standing, voter_of

OPINION_BYTES = 16_384
WAITED = "Devanture-Waited"
"""A header and no field: the same sending may wait at one try and not at the next, and stays the same."""


async def put_opinion(request: Request) -> Response:
    """One sending of an opinion, named by the phone's own UUID."""
    running, book = program(request), await book_of(request)
    sending_id = parse_id(request.path_params["id"])
    opinion = rules.decode_opinion(await read_json_body(request, OPINION_BYTES))
    stored, outcome = await service.send_opinion(running.reception, book, sending_id, opinion, _origin(request))
    response = json_response(stored, 201 if outcome is Outcome.STORED else 200)
    return with_voter(request, response, voter_for(request))


async def post_voter(request: Request) -> Response:
    """Give the phone its cookie before its first flush, and what it needs to go on after losing its storage."""
    # A form of another site brings no cookie, and would have us put a new voter in the place of the one who is there.
    refuse_other_sites(request)
    running, book = program(request), await book_of(request)
    known, voter = voter_of(request), voter_for(request)
    if known and (known.standing is not Standing.FREE and voter.standing is not Standing.OVER):
        # What it said while it was over the limit need not wait aside any longer, in any consultation it comes to.
        await puzzle_solved(running.database, book.process, hashes_of(book.voter_key, voter.number), running.now())
    return with_voter(request, json_response(await views.voter_answer(running, book, voter)), voter)


async def post_form(request: Request) -> Response:
    """The answer of a browser without JavaScript: stored, then a thank-you page that a reload cannot send again."""
    running, book = program(request), await book_of(request)
    form = await read_form(request)
    try:
        sending_id = parse_id(_one(form, "uuid"))
        opinion = _form_opinion(form, request.path_params["ref"])
        await service.send_opinion(running.reception, book, sending_id, opinion, _origin(request))
    except Problem as problem:
        if problem.status == 503:
            raise
        place = book.place(request.path_params["ref"])
        return await _place_page(request, book, place, form, problem)
    address = f"/{book.process.slug}/lieux/{opinion.place}/merci"
    return with_voter(request, RedirectResponse(address, 303), voter_for(request))


async def post_withdrawal(request: Request) -> Response:
    """Undo, or a change of mind: a new sending that takes the answer back."""
    running, book = program(request), await book_of(request)
    form = await read_form(request)
    opinion = rules.decode_opinion(
        msgspec.json.encode({"v": 1, "place": request.path_params["ref"], "seq": _seq(form), "withdraw": True})
    )
    await service.send_opinion(running.reception, book, parse_id(_one(form, "uuid")), opinion, _origin(request))
    # The page of the place that took a merged one in tells of another answer: what was taken back stands in the list.
    merged = book.place(opinion.place).ref != opinion.place
    return RedirectResponse(f"/{book.process.slug}/{'mes-avis' if merged else f'lieux/{opinion.place}?annule=1'}", 303)


async def get_place_page(request: Request) -> Response:
    """One place: the page behind a poster's code. A merged place leads on to the one that took it in."""
    book, ref = await book_of(request), request.path_params["ref"]
    place = book.place(ref)
    if place.ref != ref:
        return RedirectResponse(f"/{book.process.slug}/lieux/{place.ref}", 308)
    return with_voter(request, await _place_page(request, book, place), voter_for(request))


async def _place_page(
    request: Request, book: Rulebook, place: Place, sent: Form | None = None, refusal: Problem | None = None
) -> Response:
    lang, running = language(request), program(request)
    context = await place_context(running, book, place, voter_for(request).number, lang)
    slug, seq, mine = book.process.slug, context.pop("next_seq"), context.pop("mine")
    if refusal is None or sent is None:
        form = views.form_context(place, slug, seq, mine)
        form["values"]["door"] = door_code(request.query_params.get("c", ""))
    else:
        form = views.refused_form(place, slug, seq, sent, problem_document(refusal, lang)["detail"])
    # The address outlives what it says: somebody who answered anew since has nothing taken back.
    undone = "annule" in request.query_params and mine is None
    reported = "constat" in request.query_params
    context |= {"form": form, "plan_svg": running.maps.plan(book, place), "undone": undone, "reported": reported}
    context["report"] = views.report_context(slug, place.ref)
    page = running.pages.render(request, "places/place.html", context, 200 if refusal is None else 422)
    return _said_once(request, page)


def _said_once(request: Request, page: Response) -> Response:
    """A page that tells what has just been done is true once: nobody keeps it to show it again."""
    if not request.query_params.keys().isdisjoint(("annule", "constat", "efface")):
        page.headers["Cache-Control"] = "no-store"
    return page


def person_asked(request: Request) -> int:
    """For which person of the phone the figures are asked (`?personne=2`); its own where nothing sensible is said."""
    said = request.query_params.get("personne", "")
    return int(said) if said in {str(number) for number in range(1, MOST_PERSONS + 1)} else 0


async def get_thanks(request: Request) -> Response:
    running, book = program(request), await book_of(request)
    place = book.place(request.path_params["ref"])
    try:
        context = await views.thanks_context(
            running, book, place, _number(request), language(request), person_asked(request)
        )
    except Problem as problem:
        # The phone may hold an answer that has not reached us: its own code then says thank you on this page.
        context = views.unanswered_context(running, book, place, language(request))
        return running.pages.render(request, "opinions/unanswered.html", context, problem.status)
    return running.pages.render(request, "opinions/thanks.html", context)


async def get_mine(request: Request) -> Response:
    """« Mes avis », as the server knows them."""
    running, book = program(request), await book_of(request)
    context = await views.mine_context(running, book, _number(request), language(request))
    context["erased"] = None if context["opinions"] else request.query_params.get("efface")
    return _said_once(request, running.pages.render(request, "opinions/mine.html", context))


async def get_receipt(request: Request) -> Response:
    """What became of the sending that a receipt names, for whoever holds the word."""
    running, book = program(request), await book_of(request)
    context = await views.receipt_context(running, book, request.query_params.get("mot", ""), language(request))
    return running.pages.render(request, "opinions/receipt.html", context)


def _origin(request: Request) -> Origin:
    voter = voter_for(request)
    host, network = client(request)
    waited = request.headers.get(WAITED) == "1"
    return Origin(
        voter.number, network, host=host, issued_at=voter.issued_at, standing=voter.standing, waited=waited
    )


def _number(request: Request) -> str | None:
    """Whose answers to show; a page that only shows makes nobody a voter."""
    voter = voter_of(request)
    return voter.number if voter else None


def _form_opinion(form: Form, ref: str) -> OpinionV1:
    """The same strict decoder as for JSON, fed from the form's fields; empty ones are absent."""
    fields: dict[str, Any] = {"v": 1, "place": ref, "seq": _seq(form), "wishes": form.get("wishes", [])}
    fields["families_shown"] = _one(form, "families_shown").replace(",", " ").split()
    fields["nuisances"] = form.get("nuisances", [])
    fields |= {name: _one(form, name).strip() for name in ("other", "comment", "door")}
    if frequency := _one(form, "frequency"):
        fields["frequency"] = frequency
    return rules.decode_opinion(msgspec.json.encode(fields))


def _one(form: Form, name: str) -> str:
    return form.get(name, [""])[0]


def _seq(form: Form) -> int:
    text = _one(form, "seq")
    if not (text.isascii() and text.isdigit() and len(text) <= 10):
        raise Problem("bad-opinion", field="seq")
    return int(text)
