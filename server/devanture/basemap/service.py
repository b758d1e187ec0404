"""Maps drawn by the server: they need no script, and they are the first thing a resident sees."""

from collections.abc import Mapping
from pathlib import Path

from markupsafe import Markup

from devanture.basemap.frame import Bounds, busiest
from devanture.basemap.marks import Disc, Marker, MarkerKind, Step, disc_key
from devanture.basemap.static_map import draw_map
from devanture.opinions.rulebook import Rulebook
from devanture.places.schemas import Place

OVERVIEW_PX = 390, 240
OVERVIEW_M = 440.0
"""A phone's width shows the streets around the greatest number of doors, near enough to read their names."""
PLAN_PX = 354, 210
PLAN_M = 190.0
HEAT_PX = 390, 320
HEAT_MARGIN = 0.08
"""Room around the outermost doors, as a share of what they span."""
LEAST_SPAN = 0.002
"""Degrees: a single door is shown with its quarter, not magnified without end."""


class Maps:
    """Draws from the basemaps in `folder`, one `<slug>.pmtiles` a process; without a file there is no map."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def overview(self, book: Rulebook, answered: set[str]) -> Markup | None:
        """The streets with most places, and their pins; `answered` are the references this voter has done."""
        places, basemap = list(book.places.values()), self._basemap(book)
        if not places or not basemap:
            return None
        width, height = OVERVIEW_PX
        view = busiest([(place.lon, place.lat) for place in places], OVERVIEW_M, height / width)
        markers = [_marker(place, book, place.ref in answered) for place in places]
        return draw_map(basemap, view, width, height, markers)

    def plan(self, book: Rulebook, place: Place) -> Markup | None:
        """The streets just around one place."""
        basemap = self._basemap(book)
        marker = _marker(place, book, answered=False)
        return draw_map(basemap, (place.lon, place.lat, PLAN_M), *PLAN_PX, [marker]) if basemap else None

    def heat(self, book: Rulebook, persons: Mapping[str, int]) -> Markup | None:
        """Every door by how many answered there; `persons` are released counts by place reference, none is zero."""
        basemap = self._basemap(book)
        discs = [Disc(book.places[ref].lon, book.places[ref].lat, n) for ref, n in persons.items() if n > 0]
        return draw_map(basemap, _around(discs), *HEAT_PX, discs=discs) if basemap and discs else None

    def heat_key(self, persons: Mapping[str, int]) -> list[Step]:
        """What the discs of `heat` mean, for the same `persons`."""
        return disc_key([n for n in persons.values() if n > 0])

    def _basemap(self, book: Rulebook) -> Path | None:
        path = self._folder / f"{book.process.slug}.pmtiles"
        return path if path.is_file() else None


def _marker(place: Place, book: Rulebook, answered: bool) -> Marker:
    kind: MarkerKind = "done" if answered else "site" if place.kind == "site" else "vacant"
    return Marker(place.lon, place.lat, place.number or "", kind, f"/{book.process.slug}/lieux/{place.ref}")


def _around(discs: list[Disc]) -> Bounds:
    lons, lats = [disc.lon for disc in discs], [disc.lat for disc in discs]
    wide = max(max(lons) - min(lons), max(lats) - min(lats)) * HEAT_MARGIN + LEAST_SPAN / 2
    return min(lons) - wide, min(lats) - wide, max(lons) + wide, max(lats) + wide
