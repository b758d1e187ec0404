"""Streets by their names: pieces of one name are one street, unless they lie far apart. Pure."""

import re
import unicodedata
from collections.abc import Iterable, Sequence

import shapely
from shapely import LineString, MultiLineString, Point

from devanture.streets.axis import flat
from devanture.streets.bulk import AddressRow, StreetRow

APART_M = 500.0
"""Metres between two pieces of one name from which on they are two streets: of two villages that became one town."""
_WIDEST = ("major", "minor", "path")

Line = Sequence[tuple[float, float]]
Piece = tuple[str, str, Line]


def key(name: str) -> str:
    """What two spellings of one name share: « rue Jean Gutenberg », « Rue Jean-Gutenberg »."""
    plain = unicodedata.normalize("NFKD", name.casefold().replace("œ", "oe"))
    return " ".join(re.findall(r"\w+", "".join(c for c in plain if not unicodedata.combining(c))))


def merged(pieces: Iterable[Piece], numbers: Sequence[AddressRow]) -> tuple[list[StreetRow], list[AddressRow]]:
    """The streets of a town from pieces (name, rank, line in degrees), and its house numbers on them.

    The second street of one name becomes « Rue de la Gare (2) », the longest one keeps the name. A street that only
    house numbers know has no line.
    """
    found: dict[str, list[Piece]] = {}
    for piece in pieces:
        found.setdefault(key(piece[0]), []).append(piece)
    streets = {name: _distinct(of_name) for name, of_name in sorted(found.items())}
    near = {street.name: _lines(street) for group in streets.values() if len(group) > 1 for street in group}
    placed: dict[tuple[str, str], AddressRow] = {}
    for address in numbers:
        choice = streets.setdefault(key(address.street), [StreetRow(address.street, "minor", [])])
        away = [_away(near[street.name], address) for street in choice] if len(choice) > 1 else [0.0]
        street = choice[away.index(min(away))]
        placed.setdefault((street.name, address.number), _on(street, address))
    return [street for group in streets.values() for street in group], list(placed.values())


def _distinct(pieces: Sequence[Piece]) -> list[StreetRow]:
    """One street, or several of one name that lie apart: the longest first."""
    lat = pieces[0][2][0][1]
    lines = shapely.transform([LineString(line) for _, _, line in pieces], lambda xy: xy * flat(lat))
    groups = shapely.get_parts(shapely.union_all(shapely.buffer(lines, APART_M / 2, quad_segs=2)))
    members = [[n for n, line in enumerate(lines) if shapely.intersects(line, group)] for group in groups]
    members.sort(key=lambda numbers: -sum(lines[n].length for n in numbers))
    name = pieces[members[0][0]][0]
    return [
        StreetRow(
            name if turn == 1 else f"{name} ({turn})",
            min((pieces[n][1] for n in numbers), key=_WIDEST.index),
            [pieces[n][2] for n in numbers],
        )
        for turn, numbers in enumerate(members, 1)
    ]


def _lines(street: StreetRow) -> MultiLineString:
    return MultiLineString([LineString(line) for line in street.lines])


def _away(lines: MultiLineString, address: AddressRow) -> float:
    """Metres from a house number to a street."""
    scale = flat(address.lat)
    point = Point(scale * (address.lon, address.lat))
    return float(shapely.distance(shapely.transform(lines, lambda xy: xy * scale), point))


def _on(street: StreetRow, address: AddressRow) -> AddressRow:
    return AddressRow(street.name, address.number, address.lon, address.lat)
