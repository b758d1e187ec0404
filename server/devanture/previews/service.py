"""Previews drawn beside the event loop, one at a time, and kept while what they say stays the same."""

import asyncio
import hashlib
from pathlib import Path

import msgspec

from devanture.previews.drawing import drawn
from devanture.previews.fonts import Fonts
from devanture.previews.schemas import Preview
from devanture.recent import Recent

KEPT, SECONDS = 200, 24 * 3600
DRAWING = b"1"
"""Changes with the drawing, so that a picture of before is not taken for one of today."""


class Previews:
    """About 25 kB each: `KEPT` of them take 5 MB."""

    def __init__(self, dist: Path) -> None:
        self._fonts, self._turn = Fonts(dist), asyncio.Lock()
        self._drawn: Recent[Preview, bytes] = Recent(self._draw, SECONDS, KEPT)

    async def picture(self, preview: Preview) -> bytes:
        """A PNG of 1200 × 630 pixels."""
        return await self._drawn.get(preview)

    async def _draw(self, preview: Preview) -> bytes:
        # A crawler that asks for every place must not take the cores from those who answer.
        async with self._turn:
            return await asyncio.to_thread(drawn, preview, self._fonts)


def tag(preview: Preview) -> str:
    """The ETag of a preview, known before it is drawn."""
    return f'"{hashlib.sha256(DRAWING + msgspec.json.encode(preview)).hexdigest()[:32]}"'
