"""What lies on top of a drawn map: pins and dots for places, discs for how many answered. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, sqrt
from typing import Literal

import shapely
from markupsafe import escape
from shapely.geometry.base import BaseGeometry as Geometry

from devanture.basemap.frame import Frame

PIN = "M0 0c-2-6-12-10-12-20a12 12 0 0 1 24 0c0 10-10 14-12 20z"
PIN_BOX = (-13.0, -33.0, 13.0, 1.0)
TICK = "M4-29a7 7 0 1 1 14 0a7 7 0 1 1-14 0zm3.5 0l2.7 2.7l4.6-5.2"
DOT_TICK = "M-2.6 .2l1.9 1.9l3.4-4"
"""An answered place is told by its shape too, for those who see no difference of colour. Every mark carries its tick
and the style sheet shows it by the mark's class: the phone, which may know better who has answered, changes that.
"""
LONGEST_ON_PIN = 3
HEM_PX = 17
"""What the awning above covers of the drawing."""
SMALLEST_DISC, WIDEST_DISC = 5.0, 17.0
HEAT_CLASSES = 5
WIDENING = 1.4

MarkerKind = Literal["vacant", "done", "site"]


@dataclass(frozen=True, slots=True)
class Marker:
    """A place on the map: `label` is what a pin carries (a door's number), `url` where a tap leads."""

    lon: float
    lat: float
    label: str = ""
    kind: MarkerKind = "vacant"
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Disc:
    """How many `persons` (at least 1) answered somewhere."""

    lon: float
    lat: float
    persons: int


Seen = tuple[Marker, tuple[float, float]]


def pins_and_dots(markers: Sequence[Marker], looking: Frame) -> tuple[list[Seen], list[Seen]]:
    """Pins that leave each other room, and dots for the rest; southern pins last, so that they stand in front."""
    pins, dots, taken = list[Seen](), list[Seen](), list[Geometry]()
    seen = [(marker, at) for marker in markers if _within(at := looking.point(marker.lon, marker.lat), looking)]
    for marker, at in seen:
        ground = pin_ground(at)
        if any(ground.intersects(other) for other in taken):
            dots.append((marker, at))
        else:
            pins.append((marker, at))
            taken.append(ground)
    return sorted(pins, key=lambda pin: pin[1][1]), dots


def _within(at: tuple[float, float], looking: Frame) -> bool:
    return 14 <= at[0] <= looking.width - 14 and HEM_PX + 34 <= at[1] <= looking.height - 2


def pin_ground(at: tuple[float, float]) -> Geometry:
    """What a pin covers."""
    x, y = at
    return shapely.box(x + PIN_BOX[0], y + PIN_BOX[1], x + PIN_BOX[2], y + PIN_BOX[3])


def draw_pin(marker: Marker, at: tuple[float, float]) -> str:
    label = marker.label if len(marker.label) <= LONGEST_ON_PIN else ""
    mark = f'<path d="{PIN}"/>' + (f'<text y="-15.5">{escape(label)}</text>' if label else '<circle cy="-20" r="4"/>')
    mark += f'<path class="tick" d="{TICK}"/>'
    return _linked(marker, f'<g class="pin pin--{marker.kind}" transform="translate({_at(at)})">{mark}</g>')


def draw_dot(marker: Marker, at: tuple[float, float]) -> str:
    tick = f'<path class="tick" transform="translate({_at(at)})" d="{DOT_TICK}"/>'
    return _linked(marker, f'<circle class="dot dot--{marker.kind}" r="5" {_centre(at)}/>{tick}')


def _linked(marker: Marker, mark: str) -> str:
    """A tap on a mark opens the place; keys and screen readers have the list, which says the same."""
    return f'<a href="{escape(marker.url)}" tabindex="-1">{mark}</a>' if marker.url else mark


def _centre(at: tuple[float, float]) -> str:
    return f'cx="{round(at[0], 1):g}" cy="{round(at[1], 1):g}"'


def _at(at: tuple[float, float]) -> str:
    return f"{round(at[0], 1):g} {round(at[1], 1):g}"


def draw_discs(discs: Sequence[Disc], looking: Frame) -> str:
    """Discs whose area tells how many, in five classes of colour that say the same; the small ones in front."""
    most = max((disc.persons for disc in discs), default=1)
    return "".join(_disc(disc, most, looking) for disc in sorted(discs, key=lambda disc: -disc.persons))


def _disc(disc: Disc, most: int, looking: Frame) -> str:
    at = _centre(looking.point(disc.lon, disc.lat))
    return f'<circle class="disc disc--{_heat(disc.persons, most)}" r="{_radius(disc.persons, most):.1f}" {at}/>'


def _heat(persons: int, most: int) -> int:
    """Classes widen upwards, as on the live map: most places have few answers and a few have many."""
    return min(HEAT_CLASSES, 1 + int(HEAT_CLASSES * (persons / most) ** (1 / WIDENING)))


def _radius(persons: int, most: int) -> float:
    return max(SMALLEST_DISC, WIDEST_DISC * sqrt(persons / most))


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the discs' key: from `persons` on a disc has this class of colour; `radius` (px) is that disc's."""

    heat: int
    radius: float
    persons: int


def disc_key(counts: Sequence[int]) -> list[Step]:
    """What the colours and sizes of discs for `counts` (each at least 1) mean, least first."""
    if not counts:
        return []
    least, most = min(counts), max(counts)
    starts = (ceil(most * (heat / HEAT_CLASSES) ** WIDENING) for heat in range(HEAT_CLASSES))
    shown = {_heat(n, most): n for n in sorted({max(least, start) for start in starts}, reverse=True)}
    return [Step(heat, round(_radius(n, most), 1), n) for heat, n in sorted(shown.items())]
