"""Rounds: which doors are walked together, and in which order. Pure.

A round is one street, walked up one side and back down the other, in about ten minutes; a long street is several
rounds, cut across so that both sides stay together. A lone door is a round of its own, and the next door leads on to
the nearest: two streets are never one round, so that « dans votre rue » is always true.
"""

import re
from collections.abc import Iterable, Sequence

import numpy as np
import shapely
from msgspec import Struct
from shapely import LineString, Point, STRtree

from devanture.streets.axis import Axis, Stand, axis, flat
from devanture.streets.bulk import AddressRow, StreetRow
from devanture.streets.names import key
from devanture.streets.rules import METRES_A_MINUTE, MINUTES_A_DOOR

NEAR_M = 80.0
"""Metres beyond which a street is not a door's street."""
OWN_M = 250.0
"""The same for the street that a door itself names: it knows better, unless it is far off."""
MOST_DOORS = 12
MOST_MINUTES = 10.0


class Door(Struct, frozen=True):
    """A premises in degrees, EPSG:4326, with what it says of its street."""

    ref: str
    lon: float
    lat: float
    number: str | None = None
    street: str | None = None
    near_street: str | None = None


class Turn(Struct, frozen=True):
    """A door's place in a walk; `side` and `along_m` are unknown where no street's line is."""

    ref: str
    round: str
    step: int
    side: str | None = None
    along_m: float | None = None


def turns(doors: Sequence[Door], streets: Sequence[StreetRow], numbers: Iterable[AddressRow]) -> list[Turn]:
    """The walking order of a process's doors; a door without any street is in none."""
    town = _Town(streets, doors)
    walked: dict[str, list[Door]] = {}
    for door in doors:
        street = town.street_of(door)
        name = street or door.street or door.near_street
        if name:
            walked.setdefault(name, []).append(door)
    hung: dict[str, list[AddressRow]] = {}
    for number in numbers:
        hung.setdefault(number.street, []).append(number)
    return [
        turn
        for name, group in sorted(walked.items())
        for turn in _street_turns(name, group, town.lines_of(name), town, hung.get(name, []))
    ]


Placed = tuple[Stand, Door]


class _Town:
    """Streets in metres, found by name or by nearness."""

    def __init__(self, streets: Sequence[StreetRow], doors: Sequence[Door]) -> None:
        self.scale = flat(float(np.mean([door.lat for door in doors])) if doors else 0.0)
        self._lines: dict[str, list[LineString]] = {}
        self._named: dict[str, list[str]] = {}
        for street in streets:
            lines = [LineString(np.array(line) * self.scale) for line in street.lines]
            self._lines[street.name] = [line for line in lines if line.length > 0]
            self._named.setdefault(key(re.sub(r" \(\d+\)$", "", street.name)), []).append(street.name)
        self._all = [(name, line) for name, lines in self._lines.items() for line in lines]
        self._tree = STRtree([line for _, line in self._all])

    def point(self, lon: float, lat: float) -> Point:
        return Point(self.scale * (lon, lat))

    def lines_of(self, name: str) -> list[LineString]:
        return self._lines.get(name, [])

    def street_of(self, door: Door) -> str | None:
        """The street that the door names, else the one it is said to be near, else the nearest."""
        point = self.point(door.lon, door.lat)
        for said, most in ((door.street, OWN_M), (door.near_street, NEAR_M)):
            named = [name for name in self._named.get(key(said or ""), []) if self._lines[name]]
            away = [(float(shapely.distance(self._lines[name], point).min()), name) for name in named]
            if away and min(away)[0] <= most:
                return min(away)[1]
        nearest = self._tree.query_nearest(point, max_distance=NEAR_M)
        return min((self._all[number][0] for number in nearest), default=None)


def _street_turns(
    name: str, doors: Sequence[Door], lines: Sequence[LineString], town: _Town, hung: Sequence[AddressRow]
) -> list[Turn]:
    if not lines:
        ordered = sorted(doors, key=lambda door: (_digits(door.number) or 0, door.number or "", door.ref))
        return [Turn(door.ref, name, step) for step, door in enumerate(ordered)]
    numbers = [(_digits(one.number), town.point(one.lon, one.lat)) for one in hung] + [
        (_digits(door.number), town.point(door.lon, door.lat)) for door in doors
    ]
    walk = axis(lines, [(number, point) for number, point in numbers if number is not None])
    placed = [(walk.stand(town.point(door.lon, door.lat)), door) for door in doors]
    rounds = parts(walk, sorted(placed, key=lambda pair: (walk.where(pair[0]), pair[1].ref)))
    return [
        Turn(door.ref, _part_name(name, part, len(rounds)), step, stand.side, round(stand.along, 1))
        for part, group in enumerate(rounds, 1)
        for step, (stand, door) in enumerate(_walked(group, walk))
    ]


def _walked(group: Sequence[Placed], walk: Axis) -> list[Placed]:
    """In the order of the walk; where all stand on the way back, they are walked from the low numbers all the same."""
    back = all(stand.side != walk.first for stand, _ in group)
    return sorted(group, key=lambda pair: (-pair[0].turn if back else pair[0].turn, pair[1].ref))


def _part_name(name: str, part: int, of: int) -> str:
    return name if of == 1 else f"{name} ({part}/{of})"


def parts(walk: Axis, doors: list[Placed]) -> list[list[Placed]]:
    """Doors in the order of `walk.where`, cut at wide gaps near the middle until each part is a round of its own."""
    if len(doors) < 2 or (len(doors) <= MOST_DOORS and minutes(walk, doors) <= MOST_MINUTES):
        return [doors]
    spots = [walk.where(stand) for stand, _ in doors]
    gaps = [(spots[n] - spots[n - 1]) * min(n, len(doors) - n) for n in range(1, len(doors))]
    cut = int(np.argmax(gaps)) + 1
    return parts(walk, doors[:cut]) + parts(walk, doors[cut:])


def minutes(walk: Axis, doors: Sequence[Placed]) -> float:
    """How long a round takes: half a minute a door, and the way to the last one, on each side that has doors."""
    length = walk.where(doors[-1][0]) - walk.where(doors[0][0])
    sides = 1 if walk.round else len({stand.side for stand, _ in doors})
    return len(doors) * MINUTES_A_DOOR + sides * length / METRES_A_MINUTE


def _digits(number: str | None) -> int | None:
    found = re.match(r"\d+", number or "")
    return int(found.group()) if found else None
