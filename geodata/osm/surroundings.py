"""Streets, addresses and quarters out of the elements of an extract."""

from collections.abc import Sequence

import shapely
from shapely import LineString, MultiLineString, MultiPolygon, Polygon
from shapely.geometry.base import BaseGeometry as Geometry

from geodata.folder import Address, Area, Street
from geodata.osm import tags
from geodata.osm.model import Element, Extract

NO_STREET = frozenset({"platform", "construction", "proposed", "bus_stop", "corridor", "elevator", "rest_area"})
"""Named values of `highway` on which no door gives."""


def streets(elements: Sequence[Element]) -> list[Street]:
    """Named streets as centre lines, joined; a square mapped as an area gives its outline."""
    groups: dict[tuple[str, str], list[LineString]] = {}
    for element in elements:
        rank, name = tags.street_class(element.tags), element.tags.get("name")
        if rank and name:
            groups.setdefault((name, rank), []).extend(lines(element.shape))
    return [
        Street(name, rank, line)
        for (name, rank), parts in groups.items()
        for line in shapely.get_parts(shapely.line_merge(MultiLineString(parts)))
    ]


def with_doors(elements: Sequence[Element]) -> list[Element]:
    """The elements on which a door may give: no platform, no building site."""
    return [e for e in elements if e.tags.get("highway") not in NO_STREET]


def lines(shape: Geometry) -> list[LineString]:
    """The lines of a street's geometry; a point (a bus stop) has none."""
    parts = shapely.get_parts(shapely.boundary(shape) if shape.area else shape)
    return [LineString(part) for part in parts if part.length]


def addresses(extract: Extract) -> list[Address]:
    """House numbers within the box that name their street; the others are counted as left out."""
    numbered = [e for e in extract.elements if "addr:housenumber" in e.tags]
    found = []
    for element in numbered:
        spot, street = element.spot(), element.tags.get("addr:street") or element.tags.get("addr:place")
        if not street:
            extract.left_out["addresses without a street"] += 1
        elif extract.box.covers(spot):
            found.append(Address(element.tags["addr:housenumber"], street, spot.x, spot.y))
    return found


def quarters(extract: Extract) -> list[Area]:
    """Administrative areas of level 10, or of level 9 where there is none; within the box."""
    whole = [e for e in extract.elements if tags.is_quarter(e.tags) and "name" in e.tags]
    finest = max((int(e.tags["admin_level"]) for e in whole), default=0)
    return [
        Area(e.ref, e.tags["name"], e.shape)
        for e in whole
        if int(e.tags["admin_level"]) == finest and isinstance(e.shape, Polygon | MultiPolygon)
    ]
