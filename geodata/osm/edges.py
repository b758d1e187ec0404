"""Areas cut by the edge of the extract: which of their two sides they are.

Lakes and parks hardly hold buildings, so the side with fewer buildings for its size is theirs. A quarter is
the side that holds the place node of its name, else the smaller one, and may not overlap another quarter.
"""

import shapely
from shapely import Point, STRtree
from shapely.geometry.base import BaseGeometry as Geometry

from geodata.osm import tags
from geodata.osm.model import Cut, Element, Extract
from geodata.osm.rings import Outline

OVERLAP = 0.05
"""Share of a quarter that may lie in others before its side counts as wrong: OSM's limits differ by a wall."""


def settle(extract: Extract) -> None:
    """Turn the cut relations of `extract` into elements, or count them as left out."""
    buildings = STRtree([e.spot() for e in extract.elements if tags.is_building(e.tags)])
    named = {e.tags["name"]: e.spot() for e in extract.elements if {"place", "name"} <= e.tags.keys()}
    taken: list[Geometry] = [e.shape for e in extract.elements if tags.is_quarter(e.tags)]
    for cut in sorted(extract.cut, key=lambda cut: min(side.area for side in cut.sides)):
        side = _quarter(cut, named, taken) if tags.is_quarter(cut.tags) else _scenery(cut, buildings)
        if side is None:
            extract.left_out["relations cut open"] += 1
            continue
        extract.elements.append(Element(cut.ref, cut.tags, side))
        extract.clipped += 1
    extract.cut.clear()


def _scenery(cut: Cut, buildings: STRtree) -> Outline | None:
    """Water or green; anything else, such as half a building, is not worth a guess."""
    if not (tags.is_water(cut.tags) or tags.is_green(cut.tags)):
        return None
    return min(cut.sides, key=lambda side: len(buildings.query(side, predicate="contains")) / side.area)


def _quarter(cut: Cut, named: dict[str, Point], taken: list[Geometry]) -> Outline | None:
    """The side of a quarter; it is then taken."""
    spot = named.get(cut.tags.get("name", ""))
    holding = [side for side in cut.sides if spot is not None and side.contains(spot)]
    side = min(holding or cut.sides, key=lambda side: side.area)
    level = shapely.union_all(taken)
    if shapely.intersection(side, level).area > OVERLAP * side.area:
        return None
    taken.append(side)
    return side
