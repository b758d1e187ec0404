"""Which street a door gives on, on which side, and who stands to its left and right as one faces it.

Everything is reckoned in the frame of the door itself, so the direction in which a street was drawn never
matters: `depth` points from the centre line into the door, `right` lies at its right hand. A neighbour is the
nearest shop along `right` or against it, on the same street and side, at most `REACH` metres away.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import shapely
from shapely import LineString, Point, STRtree

from geodata.folder import Neighbour, Place, Shop, Street
from geodata.metres import to_metres

REACH = 40.0
"""Metres along the street within which a shop is a neighbour."""
SAME_FRONT = 15.0
"""Metres in depth between two doors of one side; more is a courtyard or another street."""
OWN_DOOR = 1.0
"""Metres under which two points are one door."""
NEAR = 80.0
"""Metres beyond which a street is not a point's street."""

Vector = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Frontage:
    """How a point stands on its street. `side` is that of the line as drawn; lengths are in metres."""

    street: str
    line: int
    measure: float
    side: str
    distance: float
    door: Vector
    depth: Vector

    @property
    def right(self) -> Vector:
        """The unit vector to the right of someone who faces the door."""
        return np.array([self.depth[1], -self.depth[0]])


class StreetIndex:
    """Streets in metres, found by name or by nearness. Takes the lines of one town in degrees."""

    def __init__(self, streets: Sequence[Street]) -> None:
        self.lat = float(np.mean([s.line.centroid.y for s in streets])) if streets else 0.0
        self.lines = to_metres([s.line for s in streets], self.lat)
        self.names = [s.name for s in streets]
        self.tree = STRtree(self.lines)
        self.by_name: dict[str, list[int]] = {}
        for number, name in enumerate(self.names):
            self.by_name.setdefault(name.casefold(), []).append(number)

    def frontage(self, lon: float, lat: float, street: str | None = None) -> Frontage | None:
        """Where the point stands: on the street named if near, else on the nearest; None beyond `NEAR`."""
        point = to_metres([Point(lon, lat)], self.lat)[0]
        line = self._own_line(point, street)
        return None if line is None else self._stand(point, line)

    def _own_line(self, point: Point, street: str | None) -> int | None:
        for candidates in (self.by_name.get((street or "").casefold(), []), self._around(point)):
            if candidates:
                distances = shapely.distance(self.lines[candidates], point)
                if distances.min() <= NEAR:
                    return candidates[int(distances.argmin())]
        return None

    def _around(self, point: Point) -> list[int]:
        found = self.tree.query_nearest(point, max_distance=NEAR)
        return sorted(int(number) for number in found)

    def _stand(self, point: Point, number: int) -> Frontage:
        line: LineString = self.lines[number]
        measure = float(shapely.line_locate_point(line, point))
        foot = np.array(shapely.line_interpolate_point(line, measure).coords[0])
        door = np.array(point.coords[0])
        ahead = _direction(line, measure)
        across = door - foot
        distance = float(np.hypot(*across))
        left = float(ahead[0] * across[1] - ahead[1] * across[0]) >= 0
        normal = np.array([-ahead[1], ahead[0]]) * (1 if left else -1)
        side = "left" if left else "right"
        return Frontage(self.names[number], number, measure, side, distance, door, normal)


def _direction(line: LineString, measure: float) -> Vector:
    """The unit vector of the line around `measure`, taken over two metres so that no tiny segment rules."""
    before = shapely.line_interpolate_point(line, max(measure - 1.0, 0.0))
    after = shapely.line_interpolate_point(line, min(measure + 1.0, line.length))
    step = np.array([after.x - before.x, after.y - before.y])
    length = float(np.hypot(*step))
    return step / length if length else np.array([1.0, 0.0])


def beside(
    door: Frontage, others: Sequence[tuple[Shop, Frontage]]
) -> tuple[Neighbour | None, Neighbour | None]:
    """The nearest shop to the left and to the right of `door`, among those of its street and side."""
    nearest: dict[bool, tuple[float, str, Shop]] = {}
    for shop, other in others:
        along = _offset(door, other)
        if along is None:
            continue
        found = (abs(along), shop.ref, shop)
        nearest[along > 0] = min(nearest.get(along > 0, found), found, key=lambda f: f[:2])
    return _neighbour(nearest.get(False)), _neighbour(nearest.get(True))


def _offset(door: Frontage, other: Frontage) -> float | None:
    """Metres from `door` to `other` towards the right hand; None when it is no neighbour."""
    step = other.door - door.door
    along, deep = float(step @ door.right), float(step @ door.depth)
    facing = float(door.depth @ other.depth) > 0
    near = OWN_DOOR <= abs(along) <= REACH and abs(deep) <= SAME_FRONT
    return along if facing and near else None


def _neighbour(found: tuple[float, str, Shop] | None) -> Neighbour | None:
    if found is None or not (found[2].name or found[2].activity):
        return None
    return Neighbour(found[2].name, found[2].activity)


def with_neighbours(
    places: Sequence[Place], supply: Sequence[Shop], streets: Sequence[Street]
) -> list[Place]:
    """The places with `left` and `right`, and `near_street` where their own street is unknown."""
    index = StreetIndex(streets)
    shops: dict[str, list[tuple[Shop, Frontage]]] = {}
    for shop in supply:
        front = index.frontage(shop.lon, shop.lat, shop.street)
        if front:
            shops.setdefault(front.street, []).append((shop, front))
    return [_completed(place, index, shops) for place in places]


def _completed(place: Place, index: StreetIndex, shops: dict[str, list[tuple[Shop, Frontage]]]) -> Place:
    front = index.frontage(place.lon, place.lat, place.street)
    if front is None:
        return place
    left, right = beside(front, shops.get(front.street, [])) if place.kind == "premises" else (None, None)
    return replace(place, left=left, right=right, near_street=None if place.street else front.street)
