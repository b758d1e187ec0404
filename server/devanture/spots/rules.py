"""Where a mark belongs: rounded along its street, so that near ones meet and no exact position is kept. Pure."""

import hashlib
import hmac
import math
from collections.abc import Iterable, Sequence
from typing import NamedTuple
from uuid import UUID

import msgspec
from shapely import LineString
from shapely import Point as Flat

from devanture.errors import Problem
from devanture.places.schemas import NewSpot, Place
from devanture.processes.rules import inside
from devanture.spots.schemas import DECODERS, MarkV1
from devanture.streets.rules import METRES_PER_DEGREE, metres
from devanture.streets.schemas import Position, Street
from devanture.web.sendings import decode_sending

CELL_M = 25.0
"""How finely a mark is kept, along its street, or on a grid where there is none."""
JOINED_M = 25.0
"""A spot with wishes this near, on the same street, takes a mark in."""
STREET_M = 80.0
"""A mark further than this from every street is in no street."""
LOOK_M = 200.0
"""How far streets are looked for: what gives a spot its name may be further than what it lies in."""
WALL_M = 40.0
"""How far from the middle of a street its numbers hang at the most."""
MOST_MARKS = 20
UUID_LETTERS = 36
DECIMALS = 6


class Foot(NamedTuple):
    """Where a mark falls: `here` on its street (on the ground itself where there is none), `at` after rounding."""

    street: str | None
    here: Position
    at: Position
    number: str | None


def decode_mark(body: bytes) -> MarkV1:
    """The mark in a body, by the decoder of its own version; raises `bad-json`, `bad-sending`."""
    return decode_sending(body, DECODERS)


def mark_id(name: str) -> UUID | None:
    """The identifier of a mark that stands where a place's reference may stand."""
    try:
        return UUID(name) if len(name) == UUID_LETTERS else None
    except ValueError:
        return None


def check_inside(mark: MarkV1, bounds: tuple[float, float, float, float]) -> None:
    """Raises `bad-coordinates` for a point that is not in the process."""
    if not inside(bounds, mark.lon, mark.lat):
        raise Problem("bad-coordinates")


def digest(key: bytes, mark: MarkV1) -> bytes:
    """Tells a resend from a reused identifier; keyed, for a bare hash of a point is soon guessed."""
    return hmac.digest(key, b"mark:" + msgspec.json.encode(mark, order="sorted"), "sha256")


def spot_of(mark: MarkV1, streets: Sequence[Street], spots: Iterable[Place]) -> NewSpot:
    """The spot that a mark belongs to: one of `spots` that have wishes, else the one made of its own cell.

    `streets` are those within `LOOK_M`.
    """
    foot = _foot((mark.lon, mark.lat), streets)
    far = [(metres((spot.lon, spot.lat), foot.here), spot.ref, spot) for spot in spots if spot.street == foot.street]
    near = [found for found in far if found[0] <= JOINED_M]
    if near:
        *_, spot = min(near, key=lambda found: found[:2])
        return NewSpot(spot.ref, spot.lon, spot.lat, spot.street, spot.number, spot.near_street)
    lon, lat = (round(degrees, DECIMALS) for degrees in foot.at)
    return NewSpot(_ref(foot.street, (lon, lat)), lon, lat, foot.street, foot.number, _beside(foot, streets))


def cell_of(at: Position, streets: Sequence[Street]) -> Position:
    """The point that stands for another: 25 m along its street, or on the grid; `streets` as in `spot_of`."""
    lon, lat = _foot(at, streets).at
    return round(lon, DECIMALS), round(lat, DECIMALS)


def _foot(mark: Position, streets: Sequence[Street]) -> Foot:
    lines = [(street, line) for street in streets for line in street.lines]
    far, street, line = min(
        ((_line(line).distance(_point(mark, line)), street, line) for street, line in lines),
        key=lambda found: (found[0], found[1].name, found[2]),
        default=(math.inf, None, []),
    )
    if street is None or far > STREET_M:
        return Foot(None, mark, _on_grid(mark), None)
    return _on_street(mark, street, line)


def _on_street(mark: Position, street: Street, line: Sequence[Position]) -> Foot:
    """Cells of one length divide a line from end to end, about 25 m each; a spot is where two of them meet."""
    flat = _line(line)
    cell = flat.length / max(1, round(flat.length / CELL_M))
    along = flat.project(_point(mark, line))
    turn = round(along / cell) if cell else 0
    here, at = (_degrees(flat.interpolate(far), line) for far in (along, turn * cell))
    return Foot(street.name, here, at, _number(street, line, turn * cell, cell / 2))


def _number(street: Street, line: Sequence[Position], along: float, within: float) -> str | None:
    """The house number nearest along the street, of those that belong to this cell."""
    flat, found = _line(line), []
    for number, wall in street.numbers.items():
        point = _point(wall, line)
        beside = abs(flat.project(point) - along)
        if beside <= within and flat.distance(point) <= WALL_M:
            found.append((beside, number))
    return min(found)[1] if found else None


def _beside(foot: Foot, streets: Sequence[Street]) -> str | None:
    """The nearest other street: with its name people know which end is meant."""
    others = [
        (_line(line).distance(_point(foot.at, line)), street.name)
        for street in streets
        if street.name != foot.street
        for line in street.lines
    ]
    return min(others)[1] if others else None


def _on_grid(mark: Position) -> Position:
    """The corner of a 25 m grid that covers the Earth: a row at a time, for degrees of longitude shrink northwards."""
    lat = round(mark[1] * METRES_PER_DEGREE / CELL_M) * CELL_M / METRES_PER_DEGREE
    wide = METRES_PER_DEGREE * math.cos(math.radians(lat))
    return round(mark[0] * wide / CELL_M) * CELL_M / wide, lat


def _ref(street: str | None, at: Position) -> str:
    """Always the same for the same cell: five decimals are a metre."""
    where = f"{street or ''}|{at[0]:.5f}|{at[1]:.5f}"
    return f"ici-{hashlib.sha256(where.encode()).hexdigest()[:12]}"


def _line(line: Sequence[Position]) -> LineString:
    """A line in metres. Its own first point sets the scale, so that its cells lie where they always lay."""
    return LineString([_flat(point, line[0][1]) for point in line])


def _point(point: Position, line: Sequence[Position]) -> Flat:
    return Flat(_flat(point, line[0][1]))


def _flat(point: Position, lat: float) -> Position:
    return point[0] * METRES_PER_DEGREE * math.cos(math.radians(lat)), point[1] * METRES_PER_DEGREE


def _degrees(flat: Flat, line: Sequence[Position]) -> Position:
    return flat.x / (METRES_PER_DEGREE * math.cos(math.radians(line[0][1]))), flat.y / METRES_PER_DEGREE
