"""The basemap's layers out of the elements of an extract."""

from collections.abc import Iterator, Sequence

import numpy as np
import shapely
from shapely import Point, STRtree

from geodata.basemap import Feature
from geodata.folder import Address, Area, Place, Shop
from geodata.osm import tags
from geodata.osm.model import Element
from geodata.osm.surroundings import lines, with_doors


def layers(
    elements: Sequence[Element],
    premises: Sequence[Place | Shop],
    areas: Sequence[Area],
    addresses: Sequence[Address],
) -> dict[str, list[Feature]]:
    """Geometries in degrees with their properties, by layer of docs/interchange.md."""
    flat = [e for e in elements if shapely.get_dimensions(e.shape) == 2]
    return {
        "water": [(e.shape, name(e)) for e in flat if tags.is_water(e.tags)],
        "green": [(e.shape, {}) for e in flat if tags.is_green(e.tags)],
        "buildings": buildings(flat, premises),
        "streets": [*streets(with_doors(elements))],
        "areas": [(shapely.point_on_surface(area.outline), {"name": area.name}) for area in areas],
        "numbers": [(Point(a.lon, a.lat), {"number": a.number}) for a in addresses],
    }


def name(element: Element) -> dict[str, str]:
    """The name as a property, when it has one."""
    return {"name": element.tags["name"]} if "name" in element.tags else {}


def buildings(flat: Sequence[Element], premises: Sequence[Place | Shop]) -> list[Feature]:
    """Buildings, with `commerce` true where a shop, open or closed, stands in them."""
    standing = [e.shape for e in flat if tags.is_building(e.tags)]
    doors = np.array([Point(p.lon, p.lat) for p in premises], dtype=object)
    holding = set(STRtree(standing).query(doors, predicate="intersects")[1].tolist())
    return [(shape, {"commerce": number in holding}) for number, shape in enumerate(standing)]


def streets(elements: Sequence[Element]) -> Iterator[Feature]:
    """Every named way, and the unnamed ones that carry traffic; unnamed paths and drives would be noise."""
    for element in elements:
        rank = tags.street_class(element.tags)
        named = "name" in element.tags
        if rank and (named or (rank != "path" and element.tags["highway"] != "service")):
            for line in lines(element.shape):
                yield line, {"class": rank, **name(element)}
