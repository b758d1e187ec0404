"""Places over HTTP: the page of one, and GeoJSON for others."""

import math
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from devanture.errors import Problem
from devanture.places import service, views
from devanture.program import book_of, program
from devanture.web.answers import geojson_response, json_response
from devanture.web.language import language
from devanture.web.parameters import whole_number

MOST_NEAR = 100


async def get_places(request: Request) -> Response:
    """Every place of the process with its public fields."""
    running, book = program(request), await book_of(request)
    found = await views.place_views(running, book, {}, language(request))
    return geojson_response([_feature(view) for view in found])


async def get_place(request: Request) -> Response:
    """One place: the view model of its page, without what belongs to a voter."""
    running, book = program(request), await book_of(request)
    place = book.place(request.path_params["ref"])
    context = await views.place_context(running, book, place, "", language(request))
    return json_response({name: context[name] for name in ("place", "supply", "figures")})


async def get_near(request: Request) -> Response:
    """Nearest first, for third parties; the phone sorts its own pack and never asks."""
    running, book = program(request), await book_of(request)
    lon, lat = (_coordinate(request, name) for name in ("lon", "lat"))
    limit = whole_number("limit", request.query_params.get("limit", "10"), 1, MOST_NEAR)
    found = await service.near(running.database, book.process, lon, lat, limit)
    counts = (await running.crowd(book.process)).at
    by_id = {place.id: place for place in book.places.values()}
    features = [
        _feature(views.one_view(book, by_id[place_id], counts, {}, language(request)) | {"distance_m": round(metres)})
        for place_id, metres in found
        if place_id in by_id
    ]
    return geojson_response(features)


def _feature(view: dict[str, Any]) -> dict[str, Any]:
    properties = {name: value for name, value in view.items() if name not in ("lon", "lat", "answered", "short")}
    point = {"type": "Point", "coordinates": [view["lon"], view["lat"]]}
    return {"type": "Feature", "id": view["ref"], "geometry": point, "properties": properties}


def _coordinate(request: Request, name: str) -> float:
    try:
        value = float(request.query_params.get(name, ""))
    except ValueError:
        raise Problem("bad-coordinates") from None
    if not math.isfinite(value):
        raise Problem("bad-coordinates")
    return value
