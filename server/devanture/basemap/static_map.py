"""A small map as one SVG: no script, no style of its own, only classes that the page's style sheet colours.

The ground is the same for every reader and is kept; pins differ by what this reader has answered.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Literal

import shapely
from markupsafe import Markup, escape
from shapely.geometry.base import BaseGeometry as Geometry

from devanture.basemap.frame import Around, Bounds, Frame, frame
from devanture.basemap.labels import place_labels
from devanture.basemap.tiles import Feature, read_features

PER_PX = 4
"""Ground shapes are written in whole quarters of a pixel: shorter than decimals, and still smooth on a phone."""
TOLERANCE_PX = 0.6
LEAST_BUILDING_PX2 = 14.0
LEAST_GROUND_PX2 = 30.0
MOST_LABELS = 26
STREET_M = {"path": 3.0, "minor": 8.0, "major": 13.0}
"""How wide streets are drawn, in metres of the ground, and in pixels at least."""
STREET_PX = {"path": 1.2, "minor": 2.6, "major": 4.0}
PIN = "M0 0c-2-6-12-10-12-20a12 12 0 0 1 24 0c0 10-10 14-12 20z"
PIN_BOX = (-13.0, -33.0, 13.0, 1.0)
LONGEST_ON_PIN = 3


MarkerKind = Literal["vacant", "done", "site"]


Kind = Literal["vacant", "done", "site"]


@dataclass(frozen=True, slots=True)
class Marker:
    """A place on the map: `label` is what a pin carries (a door's number), `url` where a tap leads."""

    lon: float
    lat: float
    label: str = ""
    kind: MarkerKind = "vacant"
    url: str | None = None


def draw_map(
    pmtiles: Path, view: Bounds | Around, width: int, height: int, markers: Sequence[Marker] = (), key: str = "m"
) -> Markup:
    """An `<svg class="map">` of `width` × `height` pixels showing `view`.

    Where pins would lie on one another only the first is a pin, the others are dots. `key` begins the
    identifiers inside, for pages with two maps. Raises OSError when `pmtiles` cannot be read.
    """
    looking = frame(view, width, height)
    seen = [(marker, at) for marker in markers if _within(at := looking.point(marker.lon, marker.lat), looking)]
    pins, dots = _sorted_out(seen)
    points = tuple((round(x), round(y)) for _, (x, y) in pins)
    ground = _ground(pmtiles, pmtiles.stat().st_mtime_ns, looking, points, key)
    marks = "".join(_dot(*seen) for seen in dots) + "".join(_pin(*seen) for seen in pins)
    size = f'viewBox="0 0 {width} {height}" preserveAspectRatio="xMidYMid slice"'
    return Markup(f'<svg class="map" {size} aria-hidden="true">{ground}{marks}</svg>')  # noqa: S704 (words are escaped below)


Seen = tuple[Marker, tuple[float, float]]
Coordinates = Iterable[tuple[float, ...]]


def _within(at: tuple[float, float], looking: Frame) -> bool:
    return 14 <= at[0] <= looking.width - 14 and 34 <= at[1] <= looking.height - 2


def _sorted_out(seen: list[Seen]) -> tuple[list[Seen], list[Seen]]:
    """Pins that leave each other room, and dots for the rest; southern pins last, so that they stand in front."""
    pins, dots, taken = list[Seen](), list[Seen](), list[Geometry]()
    for marker, at in seen:
        ground = _pin_box(at)
        if any(ground.intersects(other) for other in taken):
            dots.append((marker, at))
        else:
            pins.append((marker, at))
            taken.append(ground)
    return sorted(pins, key=lambda pin: pin[1][1]), dots


def _pin_box(at: tuple[float, float]) -> Geometry:
    x, y = at
    return shapely.box(x + PIN_BOX[0], y + PIN_BOX[1], x + PIN_BOX[2], y + PIN_BOX[3])


@lru_cache(maxsize=256)
def _ground(pmtiles: Path, _written: int, looking: Frame, pins: tuple[tuple[int, int], ...], key: str) -> str:
    """All but the pins; `_written` is the file's time, so that a new basemap is drawn anew."""
    layers = read_features(pmtiles, looking)
    streets = layers.get("streets", [])
    shops = [one for one in layers.get("buildings", []) if one.properties.get("commerce")]
    plain = [one for one in layers.get("buildings", []) if not one.properties.get("commerce")]
    parts = [
        f'<g transform="scale({1 / PER_PX})">',
        _area("green", layers.get("green", []), LEAST_GROUND_PX2),
        _area("water", layers.get("water", []), LEAST_GROUND_PX2),
        _area("buildings", plain, LEAST_BUILDING_PX2),
        _area("shops", shops, LEAST_BUILDING_PX2),
        *(_lines(wide, streets, looking) for wide in STREET_M),
        "</g>",
        _names(streets, looking, pins, key),
    ]
    return "".join(parts)


def _area(name: str, features: list[Feature], least: float) -> str:
    kept = (one.shape.simplify(TOLERANCE_PX) for one in features if one.shape.area >= least)
    d = "".join(_ring(ring.coords) for shape in kept for ring in _rings(shape))
    return f'<path class="{name}" d="{d}"/>' if d else ""


def _rings(shape: Geometry) -> list[shapely.LinearRing]:
    polygons = [part for part in shapely.get_parts(shape) if isinstance(part, shapely.Polygon)]
    return [ring for polygon in polygons for ring in (polygon.exterior, *polygon.interiors)]


def _lines(wide: str, streets: list[Feature], looking: Frame) -> str:
    """Streets of one class, merged so that joints are round and the text short."""
    shapes = [street.shape for street in streets if street.properties.get("class", "minor") == wide]
    merged = shapely.line_merge(shapely.union_all(shapes)).simplify(TOLERANCE_PX) if shapes else shapely.Point()
    lines = [part for part in shapely.get_parts(merged) if isinstance(part, shapely.LineString)]
    d = "".join(_drawn(line.coords) for line in lines)
    width = max(STREET_PX[wide], STREET_M[wide] * looking.px_per_metre) * PER_PX
    return f'<path class="streets {wide}" stroke-width="{width:.0f}" d="{d}"/>' if d else ""


def _ring(coordinates: Coordinates) -> str:
    return _drawn(list(coordinates)[:-1]) + "z"


def _drawn(coordinates: Coordinates, per_px: int = PER_PX) -> str:
    """Whole numbers, each step relative to the last: `M40 12l8-3 5 0`; steps of nothing are left out."""
    (x, y), *others = ((round(at[0] * per_px), round(at[1] * per_px)) for at in coordinates)
    written, steps = f"M{x} {y}", list[str]()
    for nx, ny in others:
        if (nx, ny) != (x, y):
            steps.append(f"{nx - x} {ny - y}")
            x, y = nx, ny
    return written + ("l" + " ".join(steps).replace(" -", "-") if steps else "")


def _names(streets: list[Feature], looking: Frame, pins: tuple[tuple[int, int], ...], key: str) -> str:
    taken = [_pin_box(pin) for pin in pins]
    labels = place_labels(streets, looking, taken, MOST_LABELS)
    paths = "".join(f'<path id="{key}{i}" d="{_drawn(one.line.coords, 1)}"/>' for i, one in enumerate(labels))
    names = "".join(
        f'<text class="name" dy=".35em"><textPath href="#{key}{i}" startOffset="50%" text-anchor="middle">'
        f"{escape(one.name)}</textPath></text>"
        for i, one in enumerate(labels)
    )
    return f"<defs>{paths}</defs>{names}" if labels else ""


def _pin(marker: Marker, at: tuple[float, float]) -> str:
    label = marker.label if len(marker.label) <= LONGEST_ON_PIN else ""
    mark = f'<path d="{PIN}"/>' + (f'<text y="-15.5">{escape(label)}</text>' if label else '<circle cy="-20" r="4"/>')
    return _linked(marker, f'<g class="pin pin--{marker.kind}" transform="translate({_at(at)})">{mark}</g>')


def _dot(marker: Marker, at: tuple[float, float]) -> str:
    return _linked(marker, f'<circle class="dot dot--{marker.kind}" r="5" transform="translate({_at(at)})"/>')


def _linked(marker: Marker, mark: str) -> str:
    """A tap on a mark opens the place; keys and screen readers have the list, which says the same."""
    return f'<a href="{escape(marker.url)}" tabindex="-1">{mark}</a>' if marker.url else mark


def _at(at: tuple[float, float]) -> str:
    return f"{round(at[0], 1):g} {round(at[1], 1):g}"
