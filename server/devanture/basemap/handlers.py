"""The basemap of a process: one PMTiles file, read by ranges."""

import re

from starlette.requests import Request
from starlette.responses import FileResponse, Response

from devanture.errors import Problem
from devanture.program import program

_NAME = re.compile(r"[a-z][a-z0-9-]{1,39}")


async def get_basemap(request: Request) -> Response:
    slug = request.path_params["slug"]
    path = program(request).settings.data / "basemaps" / f"{slug}.pmtiles"
    if not _NAME.fullmatch(slug) or not path.is_file():
        raise Problem("not-found")
    # A range of the file must arrive as it lies on the disk: said to be encoded already, it is not compressed again.
    headers = {"Cache-Control": "public, max-age=3600", "Content-Encoding": "identity"}
    return FileResponse(path, media_type="application/vnd.pmtiles", headers=headers)
