"""Draws tiny extracts: nodes, ways and relations written as .osm.pbf by osmium itself."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import osmium
from osmium.osm import Box, Location
from osmium.osm.mutable import Node, Relation, Way

Point = tuple[float, float]
WEST, SOUTH, EAST, NORTH = 6.10, 46.20, 6.12, 46.21


class Sketch:
    """An extract in the making; numbers count up from 1 for each kind of object."""

    def __init__(self) -> None:
        self.nodes: list[Node] = []
        self.ways: list[Way] = []
        self.relations: list[Relation] = []

    def node(self, lon: float, lat: float, /, **tags: str) -> int:
        """A node; `disused_shop="x"` stands for `disused:shop=x`."""
        number = len(self.nodes) + 1
        self.nodes.append(Node(id=number, location=(lon, lat), tags=colons(tags)))
        return number

    def way(self, corners: Sequence[Point | int], /, **tags: str) -> int:
        """A way along points, or along numbers of nodes: one that is not drawn is missing."""
        numbers = [corner if isinstance(corner, int) else self.node(*corner) for corner in corners]
        self.ways.append(Way(id=len(self.ways) + 1, nodes=numbers, tags=colons(tags)))
        return len(self.ways)

    def square(self, lon: float, lat: float, side: float = 0.001, /, **tags: str) -> int:
        """A closed way whose south-west corner is given."""
        corners = [(lon, lat), (lon + side, lat), (lon + side, lat + side), (lon, lat + side)]
        first = self.node(*corners[0])
        return self.way([first, *corners[1:], first], **tags)

    def relation(self, ways: Mapping[int, str], **tags: str) -> int:
        """A relation of ways with their roles."""
        members = [("w", number, role) for number, role in ways.items()]
        self.relations.append(Relation(id=len(self.relations) + 1, members=members, tags=colons(tags)))
        return len(self.relations)

    def write(self, path: Path, *, boxed: bool = True) -> Path:
        """Write the extract with its rectangle in the header, unless `boxed` is false."""
        header = osmium.io.Header()
        if boxed:
            header.add_box(Box(Location(WEST, SOUTH), Location(EAST, NORTH)))
            header.set("osmosis_replication_timestamp", "2026-03-01T00:00:00Z")
        with osmium.SimpleWriter(str(path), header=header, overwrite=True) as writer:
            for thing in (*self.nodes, *self.ways, *self.relations):
                writer.add(thing)
        return path


def colons(tags: Mapping[str, str]) -> dict[str, str]:
    """Keyword names to OSM keys."""
    doubled = ("disused_", "addr_", "name_", "was_")
    return {k.replace("_", ":", 1) if k.startswith(doubled) else k: v for k, v in tags.items()}


def street(sketch: Sketch) -> None:
    """Rue Haute runs east in the middle of the box, from edge to edge; sheds stand in two corners."""
    sketch.square(WEST, SOUTH, 0.0002, building="shed")
    sketch.square(EAST - 0.0002, NORTH - 0.0002, 0.0002, building="shed")
    sketch.way([(WEST, 46.205), (6.11, 46.205), (EAST, 46.205)], highway="residential", name="Rue Haute")
