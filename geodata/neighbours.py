"""Which street a door gives on, on which side, and who stands to its left and right as one faces it.

Everything is reckoned in the frame of the door itself, so the direction in which a street was drawn never
matters: `depth` points from the centre line into the door, `right` lies at its right hand. A neighbour is the
nearest shop along `right` or against it, in the same row of fronts, at most `REACH` metres away, with no street
between. A shop at the corner belongs to the row although it may give on the other street.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import shapely
from shapely import LineString, Point, STRtree

from geodata.folder import Address, Neighbour, Place, Shop, Street
from geodata.metres import to_metres

REACH = 40.0
"""Metres along the street within which a shop is a neighbour."""
SAME_FRONT = 15.0
"""Metres in depth between two doors of one side; more is a courtyard or another street."""
CORNER_FRONT = 5.0
"""The same for a shop that gives on another street: it stands at the corner, not round it."""
CORNER = 10.0
"""Metres within which two streets are as near to a door as one: then the nearest house number says which is meant."""
NUMBER = 30.0
"""Metres beyond which a house number says nothing of a door."""
ALIKE = 0.5
"""Cosine of the angle (60°) up to which two doors face the same way."""
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
    """Streets in metres, found by name or by nearness. Takes the lines and house numbers of one town in degrees."""

    def __init__(self, streets: Sequence[Street], addresses: Sequence[Address] = ()) -> None:
        self.lat = float(np.mean([s.line.centroid.y for s in streets])) if streets else 0.0
        self.lines = to_metres([s.line for s in streets], self.lat)
        self.names = [s.name for s in streets]
        self.tree = STRtree(self.lines)
        self.by_name: dict[str, list[int]] = {}
        for number, name in enumerate(self.names):
            self.by_name.setdefault(name.casefold(), []).append(number)
        self.addresses = [address.street.casefold() for address in addresses]
        self.doors = STRtree(to_metres([Point(a.lon, a.lat) for a in addresses], self.lat))

    def frontage(self, lon: float, lat: float, street: str | None = None) -> Frontage | None:
        """Where the point stands: on the street named if near, else on the nearest; None beyond `NEAR`."""
        point = to_metres([Point(lon, lat)], self.lat)[0]
        for candidates in (self.by_name.get((street or "").casefold(), []), self._around(point)):
            line = self._nearest(point, candidates)
            if line is not None:
                return self._stand(point, line)
        return None

    def _nearest(self, point: Point, candidates: Sequence[int]) -> int | None:
        if not candidates:
            return None
        distances = shapely.distance(self.lines[list(candidates)], point)
        return candidates[int(distances.argmin())] if distances.min() <= NEAR else None

    def _around(self, point: Point) -> list[int]:
        """The nearest lines; at a corner those of the street that the nearest house number names."""
        nearest = self.tree.query_nearest(point, max_distance=NEAR, return_distance=True)[1]
        if len(nearest) == 0:
            return []
        found = sorted(map(int, self.tree.query(point, predicate="dwithin", distance=nearest[0] + CORNER)))
        said = self._said(point, {self.names[number].casefold() for number in found})
        return [number for number in found if said in (None, self.names[number].casefold())]

    def _said(self, point: Point, streets: set[str]) -> str | None:
        """Which of `streets` the nearest house number names, where there are several."""
        if len(streets) < 2:
            return None
        near = np.sort(self.doors.query(point, predicate="dwithin", distance=NUMBER))
        named = [int(number) for number in near if self.addresses[number] in streets]
        if not named:
            return None
        return self.addresses[named[int(shapely.distance(self.doors.geometries[named], point).argmin())]]

    def between(self, one: Vector, other: Vector) -> bool:
        """Whether a street runs between two doors."""
        return bool(len(self.tree.query(LineString([one, other]), predicate="intersects")))

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
    door: Frontage, others: Sequence[tuple[Shop, Frontage]], index: StreetIndex
) -> tuple[Neighbour | None, Neighbour | None]:
    """The nearest shop to the left and to the right of `door` in its row of fronts."""
    nearest: dict[bool, tuple[float, str, Shop]] = {}
    for shop, other in others:
        along = _offset(door, other)
        if along is None or index.between(door.door, other.door):
            continue
        found = (abs(along), shop.ref, shop)
        nearest[along > 0] = min(nearest.get(along > 0, found), found, key=lambda f: f[:2])
    return _neighbour(nearest.get(False)), _neighbour(nearest.get(True))


def _offset(door: Frontage, other: Frontage) -> float | None:
    """Metres from `door` to `other` towards the right hand; None when it is no neighbour."""
    step = other.door - door.door
    along, deep = float(step @ door.right), float(step @ door.depth)
    facing = float(door.depth @ other.depth)
    front = SAME_FRONT if facing > ALIKE else CORNER_FRONT if facing > -ALIKE else 0.0
    return along if OWN_DOOR <= abs(along) <= REACH and abs(deep) <= front else None


def _neighbour(found: tuple[float, str, Shop] | None) -> Neighbour | None:
    if found is None or not (found[2].name or found[2].activity):
        return None
    return Neighbour(found[2].name, found[2].activity)


class Fronts:
    """Existing shops as they stand on their streets, found by nearness."""

    def __init__(self, supply: Sequence[Shop], index: StreetIndex) -> None:
        found = [(shop, index.frontage(shop.lon, shop.lat, shop.street)) for shop in supply]
        self.shops = [(shop, front) for shop, front in found if front]
        self.tree = STRtree([Point(front.door) for _, front in self.shops])

    def around(self, door: Frontage) -> list[tuple[Shop, Frontage]]:
        """The shops within reach of a door."""
        found = self.tree.query(Point(door.door), predicate="dwithin", distance=REACH + SAME_FRONT)
        return [self.shops[number] for number in sorted(found)]


def with_neighbours(
    places: Sequence[Place], supply: Sequence[Shop], streets: Sequence[Street], addresses: Sequence[Address] = ()
) -> list[Place]:
    """The places with `left` and `right`, and `near_street` where their own street is unknown."""
    index = StreetIndex(streets, addresses)
    fronts = Fronts(supply, index)
    return [_completed(place, index, fronts) for place in places]


def _completed(place: Place, index: StreetIndex, fronts: Fronts) -> Place:
    front = index.frontage(place.lon, place.lat, place.street)
    if front is None:
        return place
    left, right = beside(front, fronts.around(front), index) if place.kind == "premises" else (None, None)
    return replace(place, left=left, right=right, near_street=None if place.street else front.street)
