"""The walk along one street: up one side and back down the other, on whatever lines the street is made of.

The lines of a street are drawn a few metres wide, gaps between its pieces bridged and the strip between two
carriageways filled. The edge of that band is the walk: it runs up one side, round the end, and back down the other;
into a side arm and out again; once round a square. A door stands where it is nearest to the edge.
Everything is in metres on a plane (`flat`). Pure.
"""

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt
import shapely
from shapely import LineString, Point, Polygon
from shapely.geometry.base import BaseGeometry
from shapely.ops import substring

from devanture.streets.rules import METRES_PER_DEGREE

HALF_WIDTH = 3.0
"""Metres from the centre line to the edge: inside every pavement, so that the two sides stay apart."""
STRIP = 15.0
"""Metres of half the widest strip that is filled: two carriageways and the trees between them are one street."""
GRID = 0.5
"""Metres under which two ends meet."""
ROUNDNESS = 0.4
"""A square's outline without dead ends is rounder than this (1 is a circle), a street with two carriageways is not."""
STEP, MOST_POINTS = 10.0, 800
"""Metres between the points of a line that ways are looked for on; more where a street is very long."""

Side = Literal["left", "right"]
Floats = npt.NDArray[np.float64]


def flat(lat: float) -> Floats:
    """Metres per degree of longitude and of latitude around `lat`."""
    return np.array([METRES_PER_DEGREE * math.cos(math.radians(lat)), METRES_PER_DEGREE])


@dataclass(frozen=True)
class Stand:
    """Where a door stands: `turn` metres into the walk, on `side`, `along` metres from where the street begins."""

    turn: float
    side: Side
    along: float


@dataclass(frozen=True)
class Axis:
    """A street's walk. `edge` begins where the walk begins; its first `far` metres lead to the street's other end."""

    edge: LineString
    far: float
    middle: LineString
    first: Side
    round: bool

    def stand(self, door: Point) -> Stand:
        """Where on the walk a door stands."""
        turn = float(shapely.line_locate_point(self.edge, door))
        up = turn <= self.far
        side: Side = self.first if up else "left" if self.first == "right" else "right"
        if self.round:
            return Stand(turn, side, turn if up else self.edge.length - turn)
        foot = shapely.line_interpolate_point(self.edge, turn)
        return Stand(turn, side, float(shapely.line_locate_point(self.middle, foot)))

    def where(self, stand: Stand) -> float:
        """By what a long walk is cut: along a street, both sides together; round a square, by the way round."""
        return stand.turn if self.round else stand.along


def axis(lines: Sequence[LineString], numbers: Sequence[tuple[int, Point]] = ()) -> Axis:
    """The walk of a street, from the end where the house numbers are low and on the side of the lowest one.

    `lines` are the street's pieces, each with a length; `numbers` are house numbers where they hang.
    Without numbers the walk begins at the western end, on the left.
    """
    skeleton = shapely.union_all([*lines, *_bridges(lines)], grid_size=GRID)
    if skeleton.is_empty:
        skeleton = max(lines, key=lambda line: line.length)
    band = shapely.buffer(skeleton, HALF_WIDTH + STRIP, quad_segs=4).buffer(-STRIP, quad_segs=4)
    band = max(shapely.get_parts(band), key=lambda part: part.area)
    middle = _longest_way(skeleton)
    if _roundness(band) > ROUNDNESS and not _dead_ends(skeleton):
        return _round_walk(band, middle, numbers)
    up = _walk(band, middle, "left")
    if _falling(up, numbers):
        middle = shapely.reverse(middle)
        up = _walk(band, middle, "left")
    lowest = min(numbers, key=lambda number: number[0], default=None)
    return _walk(band, middle, "right") if lowest and up.stand(lowest[1]).side == "right" else up


def _bridges(lines: Sequence[LineString]) -> list[LineString]:
    """The shortest lines that make one of the pieces (Prim)."""
    pieces = list(shapely.get_parts(shapely.union_all([line.buffer(GRID) for line in lines])))
    joined, bridges = pieces.pop(0), list[LineString]()
    while pieces:
        nearest = int(np.argmin(shapely.distance(joined, pieces)))
        piece = pieces.pop(nearest)
        bridges.append(shapely.shortest_line(joined, piece))
        joined = shapely.union(joined, piece)
    # Their ends lie on the pieces' rims: a little longer, they meet the lines themselves.
    return [_longer(bridge, 2 * GRID) for bridge in bridges if bridge.length]


def _longer(line: LineString, metres: float) -> LineString:
    start, end = np.array(line.coords[0]), np.array(line.coords[-1])
    step = (end - start) / np.hypot(*(end - start)) * metres
    return LineString([start - step, end + step])


def _longest_way(skeleton: BaseGeometry) -> LineString:
    """The longest of the shortest ways from one end of a street to another, begun at its western end.

    It goes along the lines, and may step over to the other carriageway: a street with two of them is gone along once,
    not up one and down the other. A step counts twice, so that no corner is cut.
    """
    step = max(STEP, skeleton.length / MOST_POINTS)
    pieces = shapely.get_parts(shapely.segmentize(shapely.simplify(skeleton, step / 10), step))
    corners, piece = shapely.get_coordinates(pieces, return_index=True)
    points, place = np.unique(corners, axis=0, return_inverse=True)
    apart = 2 * np.hypot(*(points[:, None] - points[None]).transpose(2, 0, 1))
    linked = np.flatnonzero(piece[1:] == piece[:-1])
    one, other = place[linked], place[linked + 1]
    lengths = apart[one, other] / 2
    apart[apart > 2 * max(2 * STRIP, 2 * step)] = np.inf
    apart[one, other] = apart[other, one] = lengths
    start = _ways(apart, 0)[0]
    end, before = _ways(apart, start)
    way = [end]
    while way[-1] != start:
        way.append(int(before[way[-1]]))
    return LineString(points[way] if end < start else points[way[::-1]])


def _ways(apart: Floats, start: int) -> tuple[int, npt.NDArray[np.int64]]:
    """The point that is farthest from `start` on foot, and the one before each on its way from there (Dijkstra)."""
    length = np.full(len(apart), np.inf)
    length[start] = 0.0
    before, open_ones = np.full(len(apart), start), np.full(len(apart), True)
    here = start
    for _ in range(len(apart)):
        here = int(np.argmin(np.where(open_ones, length, np.inf)))
        open_ones[here] = False
        shorter = length[here] + apart[here] < length
        length[shorter], before[shorter] = (length[here] + apart[here])[shorter], here
    return here, before


def _dead_ends(skeleton: BaseGeometry) -> bool:
    """Whether any line ends where no other begins."""
    pieces = shapely.get_parts(shapely.line_merge(skeleton))
    ends = Counter(corner for piece in pieces for corner in (piece.coords[0], piece.coords[-1]))
    return 1 in ends.values()


def _walk(band: Polygon, middle: LineString, first: Side) -> Axis:
    """Round the band from the start of `middle`: clockwise the left side comes first."""
    ring = shapely.orient_polygons(band, exterior_cw=first == "left").exterior
    start, end = (_tip(ring, middle, where) for where in (0, -1))
    edge = _from(ring, start)
    return Axis(edge, (end - start) % ring.length, middle, first, round=False)


def _tip(ring: LineString, middle: LineString, end: int) -> float:
    """Where the ring turns round an end of the street: straight on from its last metres."""
    tip = np.array(middle.coords[end])
    before = np.array(middle.interpolate(min(5.0, middle.length / 2) * (1 if end == 0 else -1)).coords[0])
    onward = tip + (tip - before) / np.hypot(*(tip - before)) * HALF_WIDTH
    return float(shapely.line_locate_point(ring, Point(onward)))


def _from(ring: LineString, start: float) -> LineString:
    """The ring as a line that begins and ends `start` metres on."""
    if start in (0.0, ring.length):
        return LineString(ring.coords)
    before, after = substring(ring, 0, start), substring(ring, start, ring.length)
    return LineString([*after.coords, *before.coords[1:]])


def _round_walk(band: Polygon, middle: LineString, numbers: Sequence[tuple[int, Point]]) -> Axis:
    """Once round a square from its lowest number, the way that numbers rise; without numbers from the west."""
    ring = shapely.orient_polygons(band, exterior_cw=True).exterior
    lowest = min(numbers, key=lambda number: number[0], default=None)
    start = lowest[1] if lowest else Point(middle.coords[0])
    # A few metres before the first door, so that it is not cut off from its own number.
    begins = (float(shapely.line_locate_point(ring, start)) - GRID) % ring.length
    walk = Axis(_from(ring, begins), ring.length / 2, middle, "left", round=True)
    turns = [(number, walk.stand(point).turn) for number, point in numbers if lowest and number > lowest[0]]
    if _trend(turns) >= 0:
        return walk
    back = (float(shapely.line_locate_point(ring.reverse(), start)) - GRID) % ring.length
    return Axis(_from(shapely.reverse(ring), back), ring.length / 2, middle, "right", round=True)


def _roundness(band: Polygon) -> float:
    """Of its outline: 1 for a circle, 0.79 for a square, near 0 for a line."""
    outline = Polygon(band.exterior)
    return float(4 * math.pi * outline.area / outline.length**2)


def _falling(walk: Axis, numbers: Sequence[tuple[int, Point]]) -> bool:
    return _trend([(number, walk.stand(point).along) for number, point in numbers]) < 0


def _trend(pairs: Sequence[tuple[int, float]]) -> float:
    """Covariance of house numbers and metres: above 0 where numbers rise."""
    if len(pairs) < 2:
        return 0.0
    values = np.array(pairs)
    return float(np.mean((values[:, 0] - values[:, 0].mean()) * (values[:, 1] - values[:, 1].mean())))
