"""The sea, which OpenStreetMap draws only by its shore: a coastline has land on its left and water on its right."""

from collections.abc import Sequence

import numpy as np
import shapely
from shapely import LineString, Point

from geodata.osm import rings
from geodata.osm.model import Element, Extract

ASHORE = 1e-6
"""Degrees (10 cm) from the shore at which one stands surely in the water."""


def add_sea(coast: Sequence[LineString], extract: Extract) -> None:
    """Add the sea within the box as an element, or count that its shore could not be followed."""
    inside = [line for line in coast if extract.box.intersects(line)]
    if not inside:
        return
    halves, afloat = rings.sides(inside, extract.box), _afloat(inside, extract)
    sea = next((side for side in halves or () if afloat and side.contains(afloat)), None)
    if sea is None:
        extract.left_out["seas whose shore is cut open"] += 1
    else:
        extract.elements.append(Element("sea", {"natural": "water"}, sea))


def _afloat(coast: Sequence[LineString], extract: Extract) -> Point | None:
    """A point just right of the middle of the longest straight piece of shore inside the box."""
    corners = [np.array(line.coords) for line in coast]
    starts, ends = np.vstack([c[:-1] for c in corners]), np.vstack([c[1:] for c in corners])
    along, middles = ends - starts, (starts + ends) / 2
    lengths = np.hypot(*along.T) * extract.box.contains(shapely.points(middles))
    longest = int(lengths.argmax())
    if not lengths[longest]:
        return None
    right = np.array([along[longest, 1], -along[longest, 0]]) / lengths[longest]
    return Point(*(middles[longest] + right * ASHORE))
