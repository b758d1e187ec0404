"""A picture of 1200 × 630 points, drawn at twice that size so that its edges are smooth."""

from collections.abc import Sequence
from io import BytesIO

from PIL import Image, ImageDraw

from devanture.previews.fonts import Face, Fonts

WIDTH, HEIGHT = 1200, 630
_FINE = 2
Box = tuple[float, float, float, float]


class Canvas:
    """Everything is given in points, from the top left; boxes are left, top, right, bottom."""

    def __init__(self, ground: str, fonts: Fonts) -> None:
        self.fonts = fonts
        self._image = Image.new("RGB", (WIDTH * _FINE, HEIGHT * _FINE), ground)
        self._draw = ImageDraw.Draw(self._image)

    def box(self, box: Box, fill: str, radius: float = 0, corners: tuple[bool, bool, bool, bool] | None = None) -> None:
        """`corners` says which are round: top left, top right, bottom right, bottom left."""
        fine = _finer(box)
        self._draw.rounded_rectangle(
            (fine[0], fine[1], fine[2] - 1, fine[3] - 1), radius * _FINE, fill, corners=corners
        )

    def disc(self, x: float, y: float, radius: float, fill: str) -> None:
        self._draw.ellipse(_finer((x - radius, y - radius, x + radius, y + radius)), fill)

    def line(self, points: Sequence[float], fill: str, width: float) -> None:
        self._draw.line(_finer(points), fill, round(width * _FINE))

    def outline(self, points: Sequence[float], fill: str) -> None:
        """A filled polygon."""
        self._draw.polygon(_finer(points), fill)

    def text(self, x: float, y: float, text: str, face: Face, size: int, fill: str, anchor: str = "ls") -> None:
        """`y` is the baseline; the anchor begins with `l`, `m` or `r`."""
        font = self.fonts.at(face, size * _FINE)
        self._draw.text((x * _FINE, y * _FINE), self.fonts.drawable(text, face), fill, font, anchor)

    def png(self) -> bytes:
        """8-bit palette: a drawing of few colours loses nothing, and travels in a third of the bytes."""
        image = self._image.resize((WIDTH, HEIGHT), Image.Resampling.BOX)
        file = BytesIO()
        image.quantize(128, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE).save(file, "PNG", optimize=True)
        return file.getvalue()


def _finer(points: Sequence[float]) -> tuple[int, ...]:
    return tuple(round(value * _FINE) for value in points)
