"""Where a small map looks: a rectangle of the world in Web Mercator, and its size in pixels. Pure."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

Bounds = tuple[float, float, float, float]
"""West, south, east, north in degrees."""
Around = tuple[float, float, float]
"""Longitude, latitude of the centre in degrees, and the metres that the picture is wide."""

EQUATOR_M = 40_075_016.686
DEGREE_M = EQUATOR_M / 360


@dataclass(frozen=True, slots=True)
class Frame:
    """`left`, `top` in shares of the world's width (0 to 1, down from the north); `scale` in pixels per world."""

    left: float
    top: float
    scale: float
    width: int
    height: int

    def point(self, lon: float, lat: float) -> tuple[float, float]:
        """Degrees to pixels from the picture's top left corner."""
        x, y = mercator(lon, lat)
        return (x - self.left) * self.scale, (y - self.top) * self.scale

    @property
    def px_per_metre(self) -> float:
        """On the ground, in the middle of the picture."""
        middle = self.top + self.height / self.scale / 2
        shrunk = 1 / math.cosh(math.tau * (0.5 - middle))
        return self.scale / (EQUATOR_M * shrunk)


def mercator(lon: float, lat: float) -> tuple[float, float]:
    """Degrees to shares of the world's width, as tiles count them."""
    return (lon + 180) / 360, 0.5 - math.asinh(math.tan(math.radians(lat))) / math.tau


def frame(view: Bounds | Around, width: int, height: int) -> Frame:
    """The frame that shows all of `view`, centred; a picture of another shape shows more on two sides."""
    if len(view) == 3:
        lon, lat, metres = view
        x, y = mercator(lon, lat)
        scale = width * EQUATOR_M * math.cos(math.radians(lat)) / metres
    else:
        west, south, east, north = view
        (x0, y1), (x1, y0) = mercator(west, south), mercator(east, north)
        x, y = (x0 + x1) / 2, (y0 + y1) / 2
        scale = min(width / (x1 - x0), height / (y1 - y0))
    return Frame(x - width / scale / 2, y - height / scale / 2, scale, width, height)


def busiest(points: Sequence[tuple[float, float]], metres: float, height_by_width: float) -> Around:
    """The view `metres` wide, centred on one of `points` (degrees), that holds most of them; ties go to the first.

    `points` must not be empty. Every pair is compared: a few thousand points take some milliseconds.
    """
    lon, lat = np.array(points).T
    across = np.abs(lon[:, None] - lon) * np.cos(np.radians(lat)) * DEGREE_M
    along = np.abs(lat[:, None] - lat) * DEGREE_M
    held = ((across < metres / 2) & (along < metres * height_by_width / 2)).sum(axis=1)
    best = int(held.argmax())
    return float(lon[best]), float(lat[best]), metres
