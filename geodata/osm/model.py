"""What an extract holds once it is read."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

import shapely
from shapely import Point, Polygon
from shapely.geometry.base import BaseGeometry as Geometry

from geodata.osm.rings import Outline

Bounds = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Element:
    """A node (point), way (line or polygon) or relation (polygon) in degrees. `ref`: `n12`, `w12`, `r12`."""

    ref: str
    tags: Mapping[str, str]
    shape: Geometry

    def spot(self) -> Point:
        """The point that stands for the element: itself, or one inside it."""
        return self.shape if isinstance(self.shape, Point) else shapely.point_on_surface(self.shape)


@dataclass(frozen=True, slots=True)
class Cut:
    """A relation that leaves the extract: its area within the box is one of two `sides`."""

    ref: str
    tags: Mapping[str, str]
    sides: tuple[Outline, Outline]


@dataclass(slots=True)
class Extract:
    """Everything read. `bounds`: west, south, east, north; `day`: of the data, ISO 8601."""

    bounds: Bounds
    day: str
    elements: list[Element]
    cut: list[Cut] = field(default_factory=list)
    left_out: Counter[str] = field(default_factory=Counter)
    clipped: int = 0

    @property
    def box(self) -> Polygon:
        """The rectangle of `bounds`."""
        return shapely.box(*self.bounds)
