"""Areas from the member ways of a relation, also when the edge of the extract cuts through them."""

from collections import Counter
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import shapely
from shapely import LineString, MultiPolygon, Point, Polygon
from shapely.geometry.base import BaseGeometry as Geometry

Shapes = npt.NDArray[np.object_]
Outline = Polygon | MultiPolygon

STUB = 0.006
"""Degrees (450 to 670 m in Europe) from the edge within which a line's end counts as cut by it."""


def whole(outer: Sequence[LineString], inner: Sequence[LineString]) -> Outline | None:
    """The area that closed rings make: outer ones less inner ones. None when an outer ring is open."""
    faces = _faces(_noded(outer))
    holes = _faces(_noded(inner)) or []
    return area(shapely.difference(shapely.union_all(faces), shapely.union_all(holes))) if faces else None


def sides(lines: Sequence[LineString], box: Polygon) -> tuple[Outline, Outline] | None:
    """The two areas that `lines` may bound within `box`; None when they do not cross it from edge to edge.

    A line that was cut between two nodes ends short of the edge: it is led straight on to it.
    Every line of an area's outline has inside on one hand and outside on the other, so the faces that the
    lines cut out of the box alternate. Which of the two sets is the area, the lines alone cannot tell.
    """
    stubs = [_to_edge(end, box) for end in _loose_ends(lines, box)]
    net = _noded([*shapely.intersection([*lines, *stubs], box), box.exterior])
    faces = _faces(net)
    signs = _alternating(faces) if faces else None
    if not faces or not signs:
        return None
    first, second = (
        area(shapely.union_all([f for f, s in zip(faces, signs, strict=True) if s is side])) for side in (True, False)
    )
    return (first, second) if first and second else None


def _faces(net: Shapes) -> list[Geometry] | None:
    """The faces that lines close; None when a line is left over."""
    faces, *left_over = shapely.polygonize_full(net)
    return None if any(len(shapely.get_parts(part)) for part in left_over) else [*shapely.get_parts(faces)]


def _noded(lines: Sequence[LineString]) -> Shapes:
    """The lines cut wherever they meet, which is how polygonize needs them."""
    return shapely.get_parts(shapely.union_all(list(lines)))


def _loose_ends(lines: Sequence[LineString], box: Polygon) -> list[Point]:
    """Ends inside the box at which no other line goes on."""
    ends = Counter(line.coords[place] for line in lines for place in (0, -1))
    loose = [Point(*end) for end, times in ends.items() if times % 2]
    return [end for end in loose if box.contains_properly(end) and box.exterior.distance(end) <= STUB]


def _to_edge(end: Point, box: Polygon) -> LineString:
    """From a loose end to the nearest point of the box's edge, and a hair beyond so that they surely meet."""
    edge = shapely.line_interpolate_point(box.exterior, shapely.line_locate_point(box.exterior, end))
    return LineString([(end.x, end.y), (edge.x + (edge.x - end.x) * 1e-6, edge.y + (edge.y - end.y) * 1e-6)])


def _alternating(faces: Sequence[Geometry]) -> list[bool] | None:
    """True or False for each face so that those which share a line differ; None when that cannot be."""
    signs: dict[int, bool] = {}
    for start in range(len(faces)):
        if start in signs:
            continue
        signs[start] = True
        waiting = [start]
        while waiting:
            here = waiting.pop()
            for other in _touching(faces, here):
                if other not in signs:
                    signs[other] = not signs[here]
                    waiting.append(other)
                elif signs[other] is signs[here]:
                    return None
    return [signs[number] for number in range(len(faces))]


def _touching(faces: Sequence[Geometry], here: int) -> list[int]:
    """The faces that share more than a point with one."""
    return [
        number
        for number, face in enumerate(faces)
        if number != here and shapely.intersection(face, faces[here]).length > 0
    ]


def area(shape: Geometry) -> Outline | None:
    """The polygons of a shape, valid; None when there are none."""
    parts = [p for p in shapely.get_parts(shapely.make_valid(shape)) if isinstance(p, Polygon) and p.area]
    if not parts:
        return None
    return parts[0] if len(parts) == 1 else MultiPolygon(parts)
