"""Reading what the outside sends: bounded while it streams, never trusted."""

from collections.abc import AsyncIterator
from urllib.parse import parse_qsl

from starlette.requests import Request

from devanture.errors import Problem

Form = dict[str, list[str]]


async def body_chunks(request: Request, limit: int) -> AsyncIterator[bytes]:
    """The body as it comes, at most `limit` bytes; the rest of a larger one is never read."""
    declared = request.headers.get("content-length", "")
    if declared.isdigit() and int(declared) > limit:
        raise Problem("too-large", limit=limit)
    size = 0
    async for chunk in request.stream():
        size += len(chunk)
        if size > limit:
            raise Problem("too-large", limit=limit)
        yield chunk


async def read_body(request: Request, limit: int) -> bytes:
    """The whole body, at most `limit` bytes."""
    body = bytearray()
    async for chunk in body_chunks(request, limit):
        body += chunk
    return bytes(body)


async def read_json_body(request: Request, limit: int) -> bytes:
    """The body of a request that says it is JSON; it is decoded by the noun that knows its shape."""
    media_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if media_type != "application/json":
        raise Problem("not-json")
    return await read_body(request, limit)


async def read_form(request: Request, limit: int = 16_384) -> Form:
    """A URL-encoded form as lists of values; refuses one that another site sent in the person's name."""
    refuse_other_sites(request)
    body = await read_body(request, limit)
    try:
        pairs = parse_qsl(body.decode(), keep_blank_values=True, max_num_fields=200, errors="strict")
    except ValueError:
        raise Problem("bad-request") from None
    form: Form = {}
    for name, value in pairs:
        form.setdefault(name, []).append(value)
    return form


def refuse_other_sites(request: Request) -> None:
    """SameSite cookies already stop most forgeries; the Origin header stops the rest."""
    origin = request.headers.get("origin")
    if origin is not None and origin.partition("//")[2] != request.headers.get("host"):
        raise Problem("cross-site")
