"""House numbers on their façades, interpolated from the ranges that BD TOPO gives each side of a segment."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from shapely import LineString, Point, STRtree

from geodata.nantes.bdtopo import Bank, Building, Segment
from geodata.nantes.signs import sign

LONGEST = 400
"""More numbers than this on one side of one segment is a slip in the data."""
SIGHT = 30.0
"""Metres from the centre line within which a façade is looked for."""


@dataclass(frozen=True, slots=True)
class Door:
    """A number on a wall, in metres of Lambert-93.

    `label` lies a little behind the wall, where a map writes the number; `building` is an index, or None where no
    façade was met.
    """

    street: str
    number: int
    point: Point
    label: Point
    building: int | None


BEHIND = 3.0
"""Metres from the façade to the number's label."""


def doors(segments: Sequence[Segment], buildings: Sequence[Building]) -> list[Door]:
    """One door for each street and number: of twins, the one whose façade is nearest to its street."""
    walls = STRtree([building.shape for building in buildings])
    best: dict[tuple[str, int], tuple[float, Door]] = {}
    for segment in segments:
        for bank, side in ((segment.left, 1), (segment.right, -1)):
            for number, where in numbers(bank):
                distance, door = _door(segment, bank, side, number, where, walls)
                key = (door.street, number)
                if key not in best or distance < best[key][0]:
                    best[key] = (distance, door)
    return [door for _, (_, door) in sorted(best.items())]


def numbers(bank: Bank) -> Iterator[tuple[int, float]]:
    """Each number of a side with its place along the segment, from 0 to 1.

    Both ends of one parity step by two, as French streets do; of both parities, by one. Letters (« 12BIS ») are
    left aside: the range does not say which numbers have one.
    """
    first, last = (_integer(end) for end in (bank.first, bank.last))
    if not bank.name or first is None or last is None:
        return
    step = 2 if (last - first) % 2 == 0 else 1
    count = abs(last - first) // step + 1
    if count > LONGEST:
        return
    for rank in range(count):
        yield first + rank * step * (1 if last >= first else -1), (rank + 0.5) / count


def _integer(written: str) -> int | None:
    digits = re.match(r"0*([1-9]\d*)", written)
    return int(digits.group(1)) if digits else None


def _door(segment: Segment, bank: Bank, side: int, number: int, where: float, walls: STRtree) -> tuple[float, Door]:
    """The first wall met from the centre line, and its distance; an open plot has its number at the kerb."""
    sight = _sight(segment.line, where, side)
    hits = walls.query(sight, predicate="intersects")
    street = sign(bank.name)
    if len(hits) == 0:
        kerb = sight.interpolate(segment.width / 2 + 4)
        return SIGHT, Door(street, number, kerb, kerb, None)
    start = Point(sight.coords[0])
    meetings = shapely.intersection(walls.geometries[hits], sight)
    distances = shapely.distance(meetings, start)
    nearest = int(np.lexsort((hits, distances))[0])
    distance = float(distances[nearest])
    wall, label = sight.interpolate(distance), sight.interpolate(distance + BEHIND)
    return distance, Door(street, number, wall, label, int(hits[nearest]))


def _sight(line: LineString, where: float, side: int) -> LineString:
    """A straight look of `SIGHT` metres from the centre line to one side: 1 left, -1 right."""
    foot = line.interpolate(where, normalized=True)
    before = line.interpolate(max(where - 0.02, 0.0), normalized=True)
    after = line.interpolate(min(where + 0.02, 1.0), normalized=True)
    along = np.array([after.x - before.x, after.y - before.y])
    across = np.array([-along[1], along[0]]) / np.hypot(*along) * SIGHT * side
    return LineString([(foot.x, foot.y), (foot.x + across[0], foot.y + across[1])])
