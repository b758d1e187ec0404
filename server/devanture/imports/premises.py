"""From the rows of an agency's list to places; a row that cannot be one says why."""

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import msgspec
from pyproj import Transformer
from pyproj.exceptions import CRSError

from devanture.errors import OperatorError
from devanture.imports import cells
from devanture.imports.columns import point_fields, recognise
from devanture.imports.listing import Listing, Row
from devanture.imports.rules import Bounds, inside
from devanture.imports.schemas import Feature, ListedPlace, Point

LAMBERT_93, DEGREES = 2154, 4326
PlaceFeature = Feature[Point, ListedPlace]

# Where the list's field goes, and how its cell is read.
_READ: dict[str, tuple[str, Callable[[str], Any]]] = {
    "state": ("state", lambda text: cells.choice(text, cells.STATES)),
    "stance": ("stance", lambda text: cells.choice(text, cells.STANCES)),
    "vacant_since": ("vacant_since", cells.since),
    "surface": ("surface_m2", cells.number),
    "rent_year": ("rent_month_eur", lambda text: round(cells.number(text) / 12, 2)),
    "rent": ("rent_month_eur", cells.number),
    "landlord": ("landlord", str),
    # The trade that was here is a hint by which people know the door, until the sign says more.
    "activity": ("name", str),
    "name": ("name", str),
    "left": ("left", lambda text: {"name": text}),
    "right": ("right", lambda text: {"name": text}),
}


@dataclass(frozen=True)
class Sorted:
    """What a list gave: places, rows that cannot be taken (where: why), headers that nothing was read from."""

    places: list[PlaceFeature]
    bad: list[str]
    ignored: list[str]


def sort_rows(listing: Listing, bounds: Bounds, crs: int | None) -> Sorted:
    """Read every row; `crs` is the EPSG number of its coordinates when the operator named one.

    Raises `OperatorError` when the columns or the coordinate system cannot be understood.
    """
    reader = _Reader(listing, bounds, crs)
    places, bad, taken = list[PlaceFeature](), list[str](), dict[str, str]()
    for row in listing.rows:
        try:
            place = reader.place(row)
            ref = place.properties.ref
            if ref in taken:
                raise ValueError(f"the reference « {ref} » stands at {taken[ref]} already")
        except ValueError as error:
            bad.append(f"{row.where}: {error}")
            continue
        taken[ref] = row.where
        places.append(place)
    used = set(reader.columns.values())
    return Sorted(places, bad, [header for header in listing.headers if header and header not in used])


class _Reader:
    """The columns and the coordinate system of one list."""

    def __init__(self, listing: Listing, bounds: Bounds, crs: int | None) -> None:
        self.columns = recognise(listing.file, listing.headers)
        self._bounds = bounds
        pair = None
        if any(row.point is None and row.trouble is None for row in listing.rows):
            pair = point_fields(listing.file, self.columns)
        self._pair = pair
        by_name = LAMBERT_93 if pair and pair[0] == "x_2154" else DEGREES
        self._crs = crs or listing.crs or by_name
        self._to_degrees = _transformer(self._crs)

    def place(self, row: Row) -> PlaceFeature:
        """The place of a row; raises `ValueError` with the reason."""
        if row.trouble:
            raise ValueError(row.trouble)
        said = {field: row.cells.get(header, "") for field, header in self.columns.items()}
        values = _address(said) | _fields(said)
        values["ref"] = _reference(said, values)
        try:
            place = msgspec.convert({"kind": "premises", **values}, ListedPlace)
        except msgspec.ValidationError as error:
            raise ValueError(_plainly(str(error))) from None
        return Feature("Feature", Point(self._point(row, said)), place)

    def _point(self, row: Row, said: dict[str, str]) -> tuple[float, float]:
        x, y = row.point or self._named_point(said)
        if self._crs == DEGREES and (abs(x) > 180 or abs(y) > 90):
            raise ValueError(f"{x}, {y} are not degrees; if they are metres of Lambert-93, add --crs 2154")
        lon, lat = self._to_degrees.transform(x, y) if self._to_degrees else (x, y)
        if not (math.isfinite(lon) and math.isfinite(lat)):
            raise ValueError(f"{x}, {y} is no point of EPSG:{self._crs}")
        if not inside(lon, lat, self._bounds):
            swapped = inside(lat, lon, self._bounds)
            hint = " (longitude and latitude seem exchanged)" if swapped else ""
            raise ValueError(f"{lon:.6f}, {lat:.6f} lies outside the perimeter of the process{hint}")
        return round(lon, 7), round(lat, 7)

    def _named_point(self, said: dict[str, str]) -> tuple[float, float]:
        if self._pair is None or not all(said[field] for field in self._pair):
            raise ValueError("has no point")
        x, y = (cells.coordinate(said[field]) for field in self._pair)
        return x, y


def _transformer(crs: int) -> Transformer | None:
    if crs == DEGREES:
        return None
    try:
        return Transformer.from_crs(crs, DEGREES, always_xy=True)
    except CRSError:
        raise OperatorError(f"EPSG:{crs} is not a coordinate system that this program knows.") from None


def _address(said: dict[str, str]) -> dict[str, Any]:
    number, street = said.get("number", ""), said.get("street", "")
    if number:
        number = cells.house_number(f"{number} {said.get('suffix', '')}")
    if said.get("address") and not street:
        found, street = cells.address(said["address"])
        number = number or found or ""
    return {name: text for name, text in (("number", number), ("street", street)) if text}


def _fields(said: dict[str, str]) -> dict[str, Any]:
    """The other fields, by the name that places have; a cell that is empty says nothing."""
    return {name: read(said[field]) for field, (name, read) in _READ.items() if said.get(field)}


def _reference(said: dict[str, str], values: dict[str, Any]) -> str:
    """The list's own reference, else one made of street and number, which stay when the list is renewed."""
    if said.get("ref"):
        return cells.reference(said["ref"])
    if values.get("street"):
        return cells.reference(f"{values['street']} {values.get('number', '')}".strip().lower())
    raise ValueError("has no reference, and no street to make one of")


def _plainly(error: str) -> str:
    why, _, path = error.partition(" - at `$.")
    shape = "holds characters that are not allowed" if "matching regex" in why else why
    return f"{path.rstrip('`')}: {shape}"
