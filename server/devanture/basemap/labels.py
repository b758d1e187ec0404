"""Street names that run along their streets and never lie on one another. Pure."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from shapely import LineString
from shapely.geometry.base import BaseGeometry as Geometry
from shapely.ops import substring

from devanture.basemap.frame import Frame
from devanture.basemap.tiles import Feature

FONT_PX = 12.0
EM_PER_SIGN = 0.53
"""How wide a sign of Atkinson Hyperlegible is at most, on average over a name: 98 % of Nantes's 707 names."""
OVERHANG = 0.35
"""The share of a name that may reach past the ends of a short street, into its crossings."""
EDGE_PX = 5.0
SHARPEST_TURN = 0.45
MOST_TURNING = 0.9
"""Radians along one name: beyond these, signs would fall over one another at the bends."""
RANK = {"major": 0, "minor": 1, "path": 2}


@dataclass(frozen=True, slots=True)
class Label:
    """A name and the line it runs along, left to right, in pixels."""

    name: str
    line: LineString


def place_labels(streets: Iterable[Feature], frame: Frame, taken: Sequence[Geometry], most: int) -> list[Label]:
    """At most `most` names, wide streets first, then long ones; `taken` are shapes to stay clear of (pins)."""
    inside = shapely.box(EDGE_PX, EDGE_PX, frame.width - EDGE_PX, frame.height - EDGE_PX)
    crowded, labels = list(taken), list[Label]()
    for name, line in _by_importance(streets, inside):
        if len(labels) == most:
            break
        for spot in _spots(line, len(name) * FONT_PX * EM_PER_SIGN):
            ground = spot.buffer(FONT_PX * 0.62, cap_style="flat")
            if not any(ground.intersects(other) for other in crowded):
                crowded.append(ground)
                labels.append(Label(name, _left_to_right(spot)))
                break
    return labels


def _by_importance(streets: Iterable[Feature], inside: Geometry) -> list[tuple[str, LineString]]:
    """Each name once, with the longest unbroken line that bears it."""
    parts: dict[str, list[Geometry]] = {}
    rank: dict[str, int] = {}
    for street in streets:
        if name := street.properties.get("name"):
            parts.setdefault(name, []).append(street.shape)
            rank[name] = min(rank.get(name, 9), RANK.get(street.properties.get("class", ""), 1))
    lines = [(name, line) for name, some in parts.items() if (line := _longest(some, inside))]
    return sorted(lines, key=lambda found: (rank[found[0]], -found[1].length, found[0]))


def _longest(parts: list[Geometry], inside: Geometry) -> LineString | None:
    # The ends that two tiles give to one street differ by less than this grid, and then meet.
    snapped = shapely.set_precision(shapely.union_all(parts), 2.0)
    merged = shapely.line_merge(shapely.intersection(snapped, inside))
    lines = [part for part in shapely.get_parts(merged) if isinstance(part, LineString)]
    longest = max(lines, key=lambda line: line.length, default=LineString())
    smooth = longest.simplify(1.2)
    return smooth if isinstance(smooth, LineString) and not smooth.is_empty else None


def _spots(line: LineString, length: float) -> Iterator[LineString]:
    """Stretches of the line long enough for the name and straight enough to read, from its middle outwards."""
    line = _reaching(line, length)
    spare = line.length - length
    if spare < 0:
        return
    for share in (0.5, 0.35, 0.65, 0.2, 0.8, 0.05, 0.95):
        part = substring(line, spare * share, spare * share + length)
        if isinstance(part, LineString) and _readable(part):
            yield part


def _reaching(line: LineString, length: float) -> LineString:
    """The line, drawn out straight at both ends when it is only a little too short for its name."""
    lacking = (length - line.length) / 2 + 0.5
    if not 0.5 < lacking <= length * OVERHANG / 2:
        return line
    points = np.asarray(line.coords)
    first, last = points[0] - points[1], points[-1] - points[-2]
    first, last = (step / np.hypot(*step) * lacking for step in (first, last))
    return LineString([points[0] + first, *points[1:-1], points[-1] + last])


def _readable(part: LineString) -> bool:
    steps = np.diff(np.asarray(part.coords), axis=0)
    angles = np.unwrap(np.arctan2(steps[:, 1], steps[:, 0]))
    turns = np.abs(np.diff(angles))
    return bool(turns.max(initial=0) < SHARPEST_TURN and turns.sum() < MOST_TURNING)


def _left_to_right(part: LineString) -> LineString:
    (x0, y0), (x1, y1) = part.coords[0], part.coords[-1]
    falls = abs(x1 - x0) < 0.15 * abs(y1 - y0)
    # A nearly upright name reads upwards, as on a drawn plan; all others from left to right.
    return part.reverse() if (y1 > y0 if falls else x1 < x0) else part
