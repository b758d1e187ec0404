"""The pictures that stand beside a shared link."""

from starlette.requests import Request
from starlette.responses import Response

from devanture.previews import views
from devanture.previews.schemas import Preview
from devanture.previews.service import tag
from devanture.program import book_of, program
from devanture.web.answers import asker_has
from devanture.web.language import language


async def get_place_preview(request: Request) -> Response:
    running, book = program(request), await book_of(request)
    place = book.place(request.path_params["ref"])
    return await _picture(request, await views.place_preview(running, book, place, language(request)))


async def get_process_preview(request: Request) -> Response:
    running, book = program(request), await book_of(request)
    return await _picture(request, await views.process_preview(running, book, language(request)))


async def _picture(request: Request, preview: Preview) -> Response:
    etag = tag(preview)
    headers = {"ETag": etag, "Cache-Control": "public, max-age=600", "Vary": "Accept-Language, Cookie"}
    if asker_has(request, etag):
        return Response(status_code=304, headers=headers)
    return Response(await program(request).previews.picture(preview), headers=headers, media_type="image/png")
