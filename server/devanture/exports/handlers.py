"""Files over HTTP: public ones for everyone, the desk's for its own staff."""

from collections.abc import Iterator

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from devanture.exports import rules, service
from devanture.exports.schemas import File
from devanture.program import book_of, program
from devanture.staff.access import member, own_book
from devanture.staff.service import record_reading
from devanture.web.answers import asker_has

PIECE = 1 << 16


async def get_export(request: Request) -> Response:
    """A file of the latest public release; 304 when the asker has it already."""
    running, book = program(request), await book_of(request)
    order = rules.read_order(request.path_params["file"], "public")
    file = await service.export(running.database, book.process, book.catalogue, order, running.now())
    etag = f'"{file.digest}"'
    headers = {"ETag": etag, "Cache-Control": "public, no-cache"}
    if asker_has(request, etag):
        file.content.close()
        return Response(status_code=304, headers=headers)
    return _download(file, headers)


async def get_desk_export(request: Request) -> Response:
    """The same with exact figures, for the organisation's own members; that it was read is written down."""
    running, who, book = program(request), member(request), await own_book(request)
    order = rules.read_order(request.path_params["file"], "desk")
    file = await service.export(running.database, book.process, book.catalogue, order, running.now())
    read = {"process": book.process.slug, "file": file.name, "release": file.release and file.release.number}
    await record_reading(running.database, who, running.now(), "export", **read)
    return _download(file, {"Cache-Control": "private, no-store"})


def _download(file: File, headers: dict[str, str]) -> Response:
    headers |= {"Content-Disposition": f'attachment; filename="{file.name}"', "Content-Length": str(file.size)}
    return StreamingResponse(_pieces(file), headers=headers, media_type=file.media_type)


def _pieces(file: File) -> Iterator[bytes]:
    with file.content as content:
        while piece := content.read(PIECE):
            yield piece
