"""Following a place over HTTP: the phone's JSON, the form without JavaScript, and the follower's secret page."""

import msgspec
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from devanture.errors import Problem
from devanture.follows import rules, service, views
from devanture.follows.schemas import DECODERS, FollowV1, PushKey
from devanture.follows.service import Asker
from devanture.program import book_of, client, program, voter_within, with_voter
from devanture.web.answers import json_response
from devanture.web.body import Form, read_form, read_json_body
from devanture.web.language import language
from devanture.web.problems import problem_document
from devanture.web.sendings import decode_sending, parse_id

BYTES = 4096


async def put_follow(request: Request) -> Response:
    running, book = program(request), await book_of(request)
    follow_id = parse_id(request.path_params["id"])
    said = decode_sending(await read_json_body(request, BYTES), DECODERS)
    asker = _asker(request)
    stored, new = await service.follow(running.followers, book, follow_id, said, asker)
    return with_voter(request, json_response(stored, 201 if new else 200), voter_within(request))


async def get_push_key(request: Request) -> Response:
    """What a browser needs before it can subscribe."""
    return json_response(PushKey(rules.push_public_key(program(request).followers.master)))


async def get_follow_form(request: Request) -> Response:
    running, book = program(request), await book_of(request)
    place = book.place(request.path_params["ref"])
    context = views.form_context(running, book, place, language(request))
    said = request.query_params.get("dit")
    context["said"] = said if said in ("courriel", "fini") else None
    return running.pages.render(request, "follows/follow.html", context)


async def post_follow_form(request: Request) -> Response:
    """To the secret page at once, or, by mail, to a word about the mail that was ordered."""
    running, book = program(request), await book_of(request)
    form, place = await read_form(request, BYTES), book.place(request.path_params["ref"])
    asker = _asker(request)
    try:
        follow_id, said = parse_id(_one(form, "uuid")), _said(form, place.ref)
        stored, _ = await service.follow(running.followers, book, follow_id, said, asker)
    except Problem as problem:
        if problem.status == 503:
            raise
        context = views.form_context(running, book, place, language(request))
        context |= {"error": problem_document(problem, language(request)), "address": _one(form, "address")}
        return running.pages.render(request, "follows/follow.html", context, 422)
    address = stored.link or f"/{book.process.slug}/lieux/{place.ref}/suivre?dit=courriel"
    return with_voter(request, RedirectResponse(address, 303), voter_within(request))


async def get_story(request: Request) -> Response:
    """The place's story so far. Opening it changes nothing: mail scanners open links."""
    running, book = program(request), await book_of(request)
    follow, place = await service.find(running.followers, book, request.path_params["token"])
    context = await views.story_context(running, book, follow, place, language(request))
    response = running.pages.render(request, "follows/story.html", context)
    response.headers["X-Robots-Tag"] = "noindex"
    return response


async def post_story(request: Request) -> Response:
    """« Confirmer » or « Ne plus suivre »."""
    running, book, token = program(request), await book_of(request), request.path_params["token"]
    act = _one(await read_form(request, BYTES), "act")
    if act == "stop":
        _, place = await service.find(running.followers, book, token)
        await service.stop(running.followers, book.process, token)
        return RedirectResponse(f"/{book.process.slug}/lieux/{place.ref}/suivre?dit=fini", 303)
    if act != "confirm":
        raise Problem("bad-request")
    await service.confirm(running.followers, book.process, token)
    return RedirectResponse(f"/{book.process.slug}/suivi/{token}", 303)


def _asker(request: Request) -> Asker:
    running = program(request)
    voter = voter_within(request)
    return Asker(client(request).network, voter.number, language(request), running.now())


def _said(form: Form, ref: str) -> FollowV1:
    """The same strict decoder as for JSON, fed from the form's fields."""
    fields = {"v": 1, "place": ref, "means": _one(form, "means"), "address": _one(form, "address")}
    return decode_sending(msgspec.json.encode(fields), DECODERS)


def _one(form: Form, name: str) -> str:
    return form.get(name, [""])[0]
