"""The fonts of the pages, out of the phone's build, to draw with on the server."""

import unicodedata
from functools import lru_cache
from pathlib import Path
from typing import Literal

from PIL import ImageFont

Face = Literal["title", "text", "bold"]
_FILES: dict[Face, str] = {
    "title": "bricolage-grotesque-latin-700-normal-*.woff2",
    "text": "atkinson-hyperlegible-latin-400-normal-*.woff2",
    "bold": "atkinson-hyperlegible-latin-700-normal-*.woff2",
}
Font = ImageFont.FreeTypeFont | ImageFont.ImageFont


class Fonts:
    """`dist` is the built phone app; where it was not built, Pillow's own font stands in."""

    def __init__(self, dist: Path) -> None:
        self._dist = dist
        self._sized = lru_cache(maxsize=64)(self._load)
        self._known = lru_cache(maxsize=1000)(self._look_up)

    def at(self, face: Face, size: int) -> Font:
        """A face at a size in pixels."""
        return self._sized(face, size)

    def width(self, text: str, face: Face, size: int) -> float:
        return self.at(face, size).getlength(self.drawable(text, face))

    def drawable(self, text: str, face: Face) -> str:
        """The text in letters that the face has: others lose their accent, or go; a box would say nothing."""
        return "".join(char if self._known(face, char) else self._plain(face, char) for char in text)

    def _plain(self, face: Face, char: str) -> str:
        return "".join(part for part in unicodedata.normalize("NFKD", char) if self._known(face, part))

    def _look_up(self, face: Face, char: str) -> bool:
        font = self.at(face, 20)
        return char.isspace() or bytes(font.getmask(char)) != bytes(font.getmask("\uffff"))

    def _load(self, face: Face, size: int) -> Font:
        found = sorted(self._dist.glob(_FILES[face]))
        return ImageFont.truetype(found[0], size) if found else ImageFont.load_default(size)
