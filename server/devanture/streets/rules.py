"""The next door, and how far one's round is. Its twin is pwa/src/places/next.ts; tests/walking.json holds both.

A round is one street, or a part of a long one, walked up one side and back down the other: `Place.round` names it and
`Place.step` is the door's turn in it. How they are found is in `walking.py`.
"""

import math
from collections.abc import Container, Iterable
from typing import Literal, NamedTuple

from devanture.places.schemas import Place
from devanture.streets.schemas import Position

Where = Literal["same-side", "other-side", "elsewhere"]
VACANT = ("vacant", "open")
ELSEWHERE = 1.3
"""Streets make a way this much longer than the straight line, on average in a European town."""
BEND = 2.0
"""Along a square's edge no way is longer than this many straight lines; what is more goes round it the other way."""
METRES_A_MINUTE = 75.0
"""4.5 km/h: a person who looks at shopfronts."""
MINUTES_A_DOOR = 0.5
"""To look, and two taps. Rounds are cut by these two and show their length by them, on the phone too."""
METRES_PER_DEGREE = 111_195.0
"""Of latitude, on the mean sphere (radius 6,371,008.8 m) as PostGIS measures: to the metre, as in geodata/metres.py."""


class NextDoor(NamedTuple):
    """The door to go to, where it is from here, and how many metres on foot."""

    place: Place
    where: Where
    metres: int


class Progress(NamedTuple):
    """« 4 sur 11 dans votre rue »: `done` doors of the round are answered, of `total`."""

    round: str
    done: int
    total: int

    @property
    def finished(self) -> bool:
        """Whether a round has come to its end; a lone door is no round, and its answer ends nothing."""
        return self.total > 1 and self.done == self.total


def next_door(places: Iterable[Place], here: Place, answered: Container[str]) -> NextDoor | None:
    """The next unanswered vacant door: on along the round and over its start, else the nearest one elsewhere.

    `places` are those of the process, `answered` references of places with an answer. A site or a spot is never a
    next door, but one may go on from it. In a street without a line no side is known: all is `elsewhere`. None when
    every door is answered.
    """
    open_ones = [place for place in places if _is_open(place, here, answered)]
    along = [place for place in open_ones if here.round is not None and place.round == here.round]
    if along:
        place = min(along, key=lambda door: (_step(door) <= _step(here), _step(door), door.ref))
        if here.side and place.side:
            return NextDoor(place, "same-side" if place.side == here.side else "other-side", on_foot(here, place))
        return NextDoor(place, "elsewhere", on_foot(here, place))
    nearest = min(open_ones, key=lambda door: (straight(here, door), door.ref), default=None)
    return NextDoor(nearest, "elsewhere", on_foot(here, nearest)) if nearest else None


def progress(places: Iterable[Place], here: Place, answered: Container[str]) -> Progress | None:
    """How far the round of `here` is; None where `here` is in no round (a site, a spot).

    Doors that are vacant count, and those that the person answered before they were let.
    """
    if here.round is None:
        return None
    doors = [door for door in places if door.round == here.round and (door.state in VACANT or door.ref in answered)]
    return Progress(here.round, sum(door.ref in answered for door in doors), len(doors))


def on_foot(here: Place, there: Place) -> int:
    """Whole metres: in one round along the street, and across it between its two sides; else a longer straight line."""
    direct = straight(here, there)
    if here.round != there.round or here.along_m is None or there.along_m is None:
        return round(direct * ELSEWHERE)
    along = min(abs(here.along_m - there.along_m), BEND * direct)
    if here.side == there.side:
        return round(max(direct, along))
    return round(along + math.sqrt(max(direct**2 - along**2, 0.0)))


def straight(here: Place, there: Place) -> float:
    """Metres in a straight line."""
    return metres((here.lon, here.lat), (there.lon, there.lat))


def metres(one: Position, other: Position) -> float:
    """From one (longitude, latitude) of a town to another, straight: on a plane that touches the Earth between them."""
    east = (other[0] - one[0]) * math.cos(math.radians((one[1] + other[1]) / 2))
    return math.hypot(east, other[1] - one[1]) * METRES_PER_DEGREE


def _is_open(place: Place, here: Place, answered: Container[str]) -> bool:
    vacant = place.kind == "premises" and place.state in VACANT
    return vacant and place.ref not in answered and place.ref != here.ref


def _step(place: Place) -> int:
    return -1 if place.step is None else place.step
