"""Relations that bound an area: which ways they need, and their area once those are read."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import osmium
from shapely import LineString

from geodata.osm import rings, tags
from geodata.osm.model import Cut, Element, Extract


@dataclass(frozen=True, slots=True)
class Bounding:
    """A relation with the numbers of its member ways."""

    ref: str
    tags: Mapping[str, str]
    outer: tuple[int, ...]
    inner: tuple[int, ...]


def bounding(source: Any) -> Iterator[Bounding]:
    """The multipolygons and boundaries of an osmium file that some file of the town folder needs."""
    relation: Any
    for relation in osmium.FileProcessor(source, osmium.osm.RELATION):
        own = dict(relation.tags)
        if own.get("type") in ("multipolygon", "boundary") and tags.is_wanted(own):
            ways = [(member.ref, member.role == "inner") for member in relation.members if member.type == "w"]
            outer = tuple(way for way, hole in ways if not hole)
            yield Bounding(f"r{relation.id}", own, outer, tuple(way for way, hole in ways if hole))


def assemble(relations: Iterable[Bounding], lines: Mapping[int, list[LineString]], extract: Extract) -> None:
    """Add each relation to `extract`: whole, or cut with its two possible sides, or counted as left out."""
    for relation in relations:
        outer = [line for way in relation.outer for line in lines.get(way, ())]
        inner = [line for way in relation.inner for line in lines.get(way, ())]
        if not outer:
            extract.left_out["relations without their ways"] += 1
            continue
        shape = rings.whole(outer, inner) if lines.keys() >= {*relation.outer} else None
        halves = None if shape else rings.sides([*outer, *inner], extract.box)
        if shape:
            extract.elements.append(Element(relation.ref, relation.tags, shape))
        elif halves:
            extract.cut.append(Cut(relation.ref, relation.tags, halves))
        else:
            extract.left_out["relations cut open"] += 1
