"""Doors gathered into rounds: what the list and « Ma tournée » show of them. Pure; its twin is pwa/src/places/tour.ts.

A round is one street, or a part of a long one, walked up one side and back down the other (streets/rules.py).
"""

import math
from collections.abc import Callable, Iterable, Sequence
from itertools import groupby, pairwise
from typing import Any
from urllib.parse import quote

from devanture.streets.rules import METRES_A_MINUTE, MINUTES_A_DOOR, metres

View = dict[str, Any]
"""A place as `places.rules.place_view` shows it, with this voter's `answered`."""

STRIP_PX = 354
STRIP_EDGE_PX = 26
STRIP_GAP_PX = 40
"""Between two doors of one side on the drawing: a little more than a tile is wide."""


def rounds_of(views: Iterable[View], slug: str, name_of: Callable[[View], str]) -> list[View]:
    """Rounds with their doors in the order of `views`, which is that of walking."""
    return [_round(name, list(doors), slug) for name, doors in groupby(views, key=name_of)]


def _round(name: str, doors: list[View], slug: str) -> View:
    return {
        "name": name,
        "places": doors,
        "done": sum(bool(door["answered"]) for door in doors),
        "total": sum(bool(door["vacant"] or door["answered"]) for door in doors),
        "left": sum(is_open(door) for door in doors),
        "minutes": minutes(doors),
        "lon": sum(door["lon"] for door in doors) / len(doors),
        "lat": sum(door["lat"] for door in doors) / len(doors),
        "url": f"/{slug}/tournee?rue={quote(name)}",
    }


def is_open(door: View) -> bool:
    """Vacant, and this person has not answered there yet."""
    return bool(door["vacant"]) and not door["answered"]


def minutes(doors: Sequence[View]) -> int:
    """How long what is left of a round takes: on foot from door to door, and two taps at each."""
    left = [door for door in doors if is_open(door)]
    walked = sum(straight(one, other) for one, other in pairwise(left))
    return math.ceil(walked / METRES_A_MINUTE + MINUTES_A_DOOR * len(left))


def straight(one: View, other: View) -> float:
    return metres((one["lon"], one["lat"]), (other["lon"], other["lat"]))


def next_of(doors: Sequence[View], last: str | None) -> View | None:
    """The next open door in walking order after the one answered last, round over the start."""
    refs = [door["ref"] for door in doors]
    turn = refs.index(last) + 1 if last in refs else 0
    return next((door for door in [*doors[turn:], *doors[:turn]] if is_open(door)), None)


def next_round(rounds: Sequence[View], done: View) -> View | None:
    """The nearest other round in which something is left."""
    last = done["places"][-1]
    others = [one for one in rounds if one["name"] != done["name"] and one["left"]]
    return min(others, key=lambda one: min(straight(last, door) for door in one["places"]), default=None)


def strip(doors: Sequence[View], following: View | None) -> list[View]:
    """The doors on a street drawn from left to right: `x` in pixels, `top` for the left side as one walks up."""
    marks = []
    for top in (True, False):
        side = [door for door in doors if (door["side"] != "right") is top]
        along = spread(_along(side, doors))
        marks += [
            {"x": x, "top": top, "door": door, "kind": _kind(door, following)}
            for door, x in zip(side, along, strict=True)
        ]
    return marks


def _kind(door: View, following: View | None) -> str:
    if door["answered"]:
        return "done"
    return "next" if door is following else "open" if door["vacant"] else "shut"


def _along(side: Sequence[View], doors: Sequence[View]) -> list[float]:
    """Where the doors of one side stand, on the drawing's width; without a measure in equal steps."""
    wide = STRIP_PX - 2 * STRIP_EDGE_PX
    known = [door["along_m"] for door in doors if door["along_m"] is not None]
    low, high = (min(known), max(known)) if known else (0.0, 0.0)
    if high - low < 1:
        return [STRIP_EDGE_PX + wide * (turn + 0.5) / max(1, len(side)) for turn in range(len(side))]
    return [STRIP_EDGE_PX + wide * ((door["along_m"] or low) - low) / (high - low) for door in side]


def spread(wanted: Sequence[float]) -> list[float]:
    """Moved apart so that no two tiles touch, each as near to where it stands as that allows; the order stays."""
    if not wanted:
        return []
    gap = min(STRIP_GAP_PX, (STRIP_PX - 2 * STRIP_EDGE_PX) / max(1, len(wanted) - 1))
    turns = sorted(range(len(wanted)), key=lambda turn: wanted[turn])
    placed = [wanted[turn] for turn in turns]
    for i in range(1, len(placed)):
        placed[i] = max(placed[i], placed[i - 1] + gap)
    limit = float(STRIP_PX - STRIP_EDGE_PX)
    for i in reversed(range(len(placed))):
        placed[i] = limit = min(placed[i], limit)
        limit -= gap
    return [round(placed[turns.index(turn)], 1) for turn in range(len(wanted))]
