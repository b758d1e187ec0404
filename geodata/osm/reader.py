"""The pass over nodes and ways: what is wanted becomes elements, member ways of relations become lines."""

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

import osmium
import shapely
from rich.progress import Progress, SpinnerColumn, TextColumn
from shapely import LineString, MultiLineString, Point, Polygon
from shapely.geometry.base import BaseGeometry as Geometry

from geodata.console import console
from geodata.osm import rings, tags
from geodata.osm.model import Bounds, Element

BEFORE_OSM = datetime(2004, 8, 1, tzinfo=UTC)
"""Extracts without timestamps give 1970."""
MARGIN = 0.0005
"""Degrees (about 50 m) around the outermost things, so that they do not lie on the map's edge."""
EVERY = 5_000
"""Objects between two movements of the progress line."""


class Reader:
    """Collects from one extract. `members`: the ways that relations need."""

    def __init__(self, members: set[int]) -> None:
        self.members = members
        self.elements: list[Element] = []
        self.lines: dict[int, list[LineString]] = {}
        self.coast: list[LineString] = []
        self.left_out: Counter[str] = Counter()
        self.lost_streets: set[str] = set()
        self.newest = ""

    def run(self, source: Any) -> None:
        """Read every node and way of an osmium file, showing how many went by."""
        objects = osmium.FileProcessor(source, osmium.osm.NODE | osmium.osm.WAY).with_locations()
        # Nodes without tags only lend their position to ways, which pyosmium keeps for us.
        tagged = osmium.filter.EmptyTagFilter()
        tagged.enable_for(osmium.osm.NODE)
        columns = SpinnerColumn(), TextColumn("reading {task.completed:,} tagged nodes and ways")
        with Progress(*columns, console=console) as progress:
            task = progress.add_task("reading", total=None)
            for number, item in enumerate(objects.with_filter(tagged), start=1):
                self.take(item)
                if number % EVERY == 0:
                    progress.update(task, completed=number)

    def take(self, item: Any) -> None:
        """One node or way."""
        own = dict(item.tags)
        self.left_out["services that are not counted as shops"] += own.get("amenity") in tags.SERVICES
        if tags.is_wanted(own):
            self.note_day(item.timestamp)
            shape = Point(item.lon, item.lat) if item.is_node() else self.shape_of_way(item, own)
            if shape is not None:
                self.elements.append(Element(f"{item.type_str()}{item.id}", own, shape))
        if item.is_way() and tags.is_coastline(own):
            self.coast += as_lines(runs(item))
        if item.is_way() and item.id in self.members:
            self.lines[item.id] = as_lines(runs(item))

    def note_day(self, stamp: datetime) -> None:
        """Remember the newest day in the file."""
        if stamp > BEFORE_OSM:
            self.newest = max(self.newest, stamp.date().isoformat())

    def shape_of_way(self, way: Any, own: Mapping[str, str]) -> Geometry | None:
        """Polygon of a closed way, line or lines of a street; None for an area that is cut open."""
        parts = runs(way)
        broken = sum(map(len, parts)) < len(way.nodes)
        self.left_out["ways with missing nodes"] += broken
        closed = way.is_closed() and len(way.nodes) > 3 and not broken
        if closed and tags.is_area(own):
            return rings.area(Polygon(parts[0]))
        if "highway" not in own:
            self.left_out["areas cut open"] += 1
            return None
        lines = as_lines(parts)
        if not lines and "name" in own:
            self.lost_streets.add(own["name"])
        return MultiLineString(lines) if len(lines) > 1 else next(iter(lines), None)

    def extent(self) -> Bounds | None:
        """The rectangle around everything that was kept, with a margin."""
        if not self.elements:
            return None
        west, south, east, north = shapely.total_bounds([e.shape for e in self.elements])
        return float(west) - MARGIN, float(south) - MARGIN, float(east) + MARGIN, float(north) + MARGIN


def as_lines(parts: list[list[tuple[float, float]]]) -> list[LineString]:
    """The stretches long enough to be lines."""
    return [LineString(part) for part in parts if len(part) > 1]


def runs(way: Any) -> list[list[tuple[float, float]]]:
    """The stretches of a way whose nodes the extract holds: a missing node must not become a straight line."""
    return [run for run in _stretches(way) if run]


def _stretches(way: Any) -> Iterator[list[tuple[float, float]]]:
    run: list[tuple[float, float]] = []
    for node in way.nodes:
        if node.location.valid():
            run.append((node.lon, node.lat))
        else:
            yield run
            run = []
    yield run
