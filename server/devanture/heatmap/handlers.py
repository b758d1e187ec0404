"""Tiles over HTTP, with what clients need to find and to keep them."""

import hashlib
from typing import Any

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from devanture.errors import Problem
from devanture.heatmap import rules, service
from devanture.heatmap.schemas import Tile
from devanture.processes.service import process_view
from devanture.program import book_of, program
from devanture.releases.service import find_release
from devanture.web.answers import asker_has
from devanture.web.language import language
from devanture.web.parameters import whole_number

MVT = "application/vnd.mapbox-vector-tile"
FOR_EVER = "public, max-age=31536000, immutable"
SHORTLY = "public, max-age=60"
COUNTS = {"persons": "Number", "answered": "Number", "share": "Number"}
LAYERS: dict[str, dict[str, dict[str, str]]] = {
    "heat": {"hexagons": {"cell": "String", **COUNTS}, "doors": {"ref": "String", "title": "String", **COUNTS}},
    "places": {"places": {"ref": "String", "kind": "String", "state": "String", "title": "String", "number": "String"}},
    "supply": {"supply": {"ref": "String", "activity": "String", "name": "String", "confirmed": "Boolean"}},
}


async def get_heat_tile(request: Request) -> Response:
    """One tile of a release: kept for ever when the address names the release, a minute when it asks for the latest."""
    running, book = program(request), await book_of(request)
    tile = _tile(request)
    ask = rules.asked(book.catalogue, _code(request))
    asked_for = request.query_params.get("release")
    release = await find_release(running.database, book.process, "public", asked_for)
    if release is None or not rules.published(book.catalogue, ask, "public"):
        return _answer(request, b"", "empty", SHORTLY)
    lang = language(request)
    etag = "-".join(map(str, (release.id.hex, *tile, *ask, lang)))
    if asker_has(request, f'"{etag}"'):
        return _answer(request, None, etag, SHORTLY)
    body = await service.heat_tile(running.database, book, release, ask, tile, lang)
    return _answer(request, body, etag, FOR_EVER if asked_for == str(release.id) else SHORTLY)


async def get_places_tile(request: Request) -> Response:
    running, book = program(request), await book_of(request)
    body = await service.places_tile(running.database, book, _tile(request), language(request))
    return _answer(request, body, hashlib.sha256(body).hexdigest()[:32], SHORTLY)


async def get_supply_tile(request: Request) -> Response:
    running, book = program(request), await book_of(request)
    code = request.query_params.get("activity") or None
    if code is not None and book.catalogue.activity(code) is None:
        raise Problem("unknown-activity", activity=code[:40])
    body = await service.supply_tile(running.database, book.process, _tile(request), code)
    return _answer(request, body, hashlib.sha256(body).hexdigest()[:32], SHORTLY)


async def get_tilejson(request: Request) -> Response:
    """Where the tiles of a layer are and what they hold; those of heat name the release, so that they may be kept."""
    running, book = program(request), await book_of(request)
    layer, lang = request.path_params["layer"], language(request)
    if layer not in LAYERS:
        raise Problem("not-found")
    view = process_view(book.process, lang, running.now())
    about: dict[str, Any] = {"name": view["name"], "attribution": view["attribution"], "bounds": view["bounds"]}
    query = {"lang": lang}
    if code := _code(request):
        rules.asked(book.catalogue, code)
        query["activity"] = code
    if layer == "heat" and (release := await find_release(running.database, book.process, "public", None)):
        query["release"] = str(release.id)
        about["release"] = {"number": release.number, "instant": release.made_at}
    # The scheme is the operator's word, for a proxy speaks TLS before us; the host is the one that the asker reached.
    scheme = running.settings.web.public_url.partition(":")[0]
    address = f"{scheme}://{request.url.netloc}/tiles/{book.process.slug}/{layer}/{{z}}/{{x}}/{{y}}.mvt"
    tiles = address + "?" + "&".join(f"{name}={value}" for name, value in query.items())
    body = msgspec.json.encode(rules.tilejson(LAYERS[layer], tiles, about))
    return Response(body, headers={"Cache-Control": "private, no-cache"}, media_type="application/json")


def _tile(request: Request) -> Tile:
    return rules.checked_tile(*(whole_number(name, request.path_params[name], 0, 10**8) for name in ("z", "x", "y")))


def _code(request: Request) -> str:
    return request.query_params.get("activity") or request.query_params.get("family") or ""


def _answer(request: Request, body: bytes | None, etag: str, cache: str) -> Response:
    # Titles are in the reader's language, which stands in the address only if a client put it there.
    headers = {"ETag": f'"{etag}"', "Cache-Control": cache, "Vary": "Accept-Language, Cookie"}
    if body is None or asker_has(request, f'"{etag}"'):
        return Response(status_code=304, headers=headers)
    return Response(body, headers=headers, media_type=MVT)
