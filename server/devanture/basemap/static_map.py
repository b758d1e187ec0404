"""A small map as one SVG: no script, no style of its own, only classes that the page's style sheet colours.

The ground is the same for every reader and is kept; pins differ by what this reader has answered.
"""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from pathlib import Path

import shapely
from markupsafe import Markup, escape
from shapely.geometry.base import BaseGeometry as Geometry

from devanture.basemap.frame import Around, Bounds, Frame, frame
from devanture.basemap.labels import place_labels
from devanture.basemap.marks import Disc, Marker, draw_discs, draw_dot, draw_pin, pin_ground, pins_and_dots
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
Coordinates = Iterable[tuple[float, ...]]


def draw_map(
    pmtiles: Path,
    view: Bounds | Around,
    width: int,
    height: int,
    markers: Sequence[Marker] = (),
    discs: Sequence[Disc] = (),
    key: str = "m",
) -> Markup:
    """An `<svg class="map">` of `width` × `height` pixels showing `view`.

    Where pins would lie on one another only the first is a pin, the others are dots. `key` begins the
    identifiers inside, for pages with two maps; `data-centre` says where a view around a point looks,
    `data-across` how many metres it is wide.
    Raises OSError when `pmtiles` cannot be read.
    """
    looking = frame(view, width, height)
    pins, dots = pins_and_dots(markers, looking)
    points = tuple((round(x), round(y)) for _, (x, y) in pins)
    ground, names = _ground(pmtiles, pmtiles.stat().st_mtime_ns, looking, points, key)
    on_top = "".join(draw_dot(*dot) for dot in dots) + "".join(draw_pin(*pin) for pin in pins)
    size = f'viewBox="0 0 {width} {height}" preserveAspectRatio="xMidYMid slice"'
    centre = f' data-centre="{view[0]:.6f},{view[1]:.6f}" data-across="{view[2]:g}"' if len(view) == 3 else ""
    shapes = f"{ground}{draw_discs(discs, looking)}{names}{on_top}"
    return Markup(f'<svg class="map" {size}{centre} aria-hidden="true">{shapes}</svg>')  # noqa: S704 (words are escaped)


@lru_cache(maxsize=256)
def _ground(
    pmtiles: Path, _written: int, looking: Frame, pins: tuple[tuple[int, int], ...], key: str
) -> tuple[str, str]:
    """The shapes of the ground, and the street names that lie above all but the pins.

    `_written` is the file's time, so that a new basemap is drawn anew.
    """
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
    ]
    return "".join(parts), _names(streets, looking, pins, key)


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
    taken = [pin_ground(pin) for pin in pins]
    labels = place_labels(streets, looking, taken, MOST_LABELS)
    paths = "".join(f'<path id="{key}{i}" d="{_drawn(one.line.coords, 1)}"/>' for i, one in enumerate(labels))
    names = "".join(
        f'<text class="name" dy=".35em"><textPath href="#{key}{i}" startOffset="50%" text-anchor="middle">'
        f"{escape(one.name)}</textPath></text>"
        for i, one in enumerate(labels)
    )
    return f"<defs>{paths}</defs>{names}" if labels else ""
