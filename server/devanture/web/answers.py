"""The bodies that programs read."""

import hashlib
from typing import Any

import msgspec
from starlette.requests import Request
from starlette.responses import Response


def json_response(value: Any, status: int = 200) -> Response:
    return Response(msgspec.json.encode(value), status, {"Cache-Control": "no-store"}, media_type="application/json")


def geojson_response(features: list[dict[str, Any]]) -> Response:
    """A FeatureCollection (RFC 7946)."""
    body = msgspec.json.encode({"type": "FeatureCollection", "features": features})
    return Response(body, headers={"Cache-Control": "no-store"}, media_type="application/geo+json")


def cacheable_response(request: Request, body: bytes, media_type: str, tag: str | None = None) -> Response:
    """A body with its ETag, which is its digest unless a `tag` is known; 304 when the asker has it already."""
    etag = f'"{tag or hashlib.sha256(body).hexdigest()[:32]}"'
    headers = {"ETag": etag, "Cache-Control": "private, no-cache", "Vary": "Accept-Language, Cookie"}
    if asker_has(request, etag):
        return Response(status_code=304, headers=headers)
    return Response(body, headers=headers, media_type=media_type)


def public_response(request: Request, body: bytes, media_type: str) -> Response:
    """A body that is the same for everybody, with its ETag; kept for a year where the address carries a digest."""
    etag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    age = 31_536_000 if "v" in request.query_params else 300
    headers = {"ETag": etag, "Cache-Control": f"public, max-age={age}"}
    if asker_has(request, etag):
        return Response(status_code=304, headers=headers)
    return Response(body, headers=headers, media_type=media_type)


def asker_has(request: Request, etag: str) -> bool:
    """Whether the asker has this very answer already; the tag comes with its quotes."""
    # A proxy that compresses the body weakens its tag: RFC 9110 compares the two without their `W/`.
    return etag in [tag.strip().removeprefix("W/") for tag in request.headers.get("if-none-match", "").split(",")]
