"""The town folder of docs/interchange.md: its records, and the one writer that every source uses.

Output is deterministic: records are sorted, coordinates have six decimals (about 10 cm), keys keep one order.
"""

import csv
import io
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import Any

import shapely
from shapely import LineString, MultiPolygon, Polygon

from geodata.files import write_features, write_json, write_text

FORMAT = 1
DECIMALS = 6


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A shop beside a door, as one faces it; `activity` is a code of the catalogue."""

    name: str | None = None
    activity: str | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """What people are asked about: a point in degrees and the properties of places.geojson."""

    lon: float
    lat: float
    ref: str
    kind: str
    state: str
    number: str | None = None
    street: str | None = None
    name: str | None = None
    left: Neighbour | None = None
    right: Neighbour | None = None
    near_street: str | None = None
    stance: str | None = None
    plan: dict[str, str] | None = None
    vacant_since: str | None = None
    surface_m2: int | None = None
    rent_month_eur: int | None = None
    landlord: str | None = None
    source: str | None = None
    source_id: str | None = None
    seen: str | None = None


@dataclass(frozen=True, slots=True)
class Shop:
    """An existing shop: a point in degrees and the properties of supply.geojson."""

    lon: float
    lat: float
    ref: str
    activity: str | None = None
    name: str | None = None
    number: str | None = None
    street: str | None = None
    source: str | None = None
    source_id: str | None = None
    seen: str | None = None
    confirmed: bool = False


@dataclass(frozen=True, slots=True)
class Street:
    """A named centre line in degrees; `rank` is `major`, `minor` or `path`."""

    name: str
    rank: str
    line: LineString


@dataclass(frozen=True, slots=True)
class Area:
    """A quarter, its outline in degrees."""

    ref: str
    name: str
    outline: Polygon | MultiPolygon


@dataclass(frozen=True, slots=True)
class Address:
    """A house number on its wall."""

    number: str
    street: str
    lon: float
    lat: float


@dataclass(frozen=True, slots=True)
class Source:
    """Where the data come from; `date` is ISO 8601."""

    name: str
    date: str
    licence: str
    attribution: str


@dataclass(frozen=True, slots=True)
class Town:
    """A whole town folder but for catalogue.json and basemap.pmtiles. `bounds`: west, south, east, north."""

    slug: str
    name: dict[str, str]
    organisation: dict[str, str]
    timezone: str
    bounds: tuple[float, float, float, float]
    sources: Sequence[Source]
    places: Sequence[Place]
    supply: Sequence[Shop]
    streets: Sequence[Street]
    areas: Sequence[Area] = ()
    addresses: Sequence[Address] = ()
    demonstration: bool = False
    left_out: dict[str, int] = field(default_factory=dict)


def properties(record: Any, *left_aside: str) -> dict[str, Any]:
    """The fields of a record that are known, in the order of its class; unknown ones are absent."""
    named = {f.name: getattr(record, f.name) for f in fields(record) if f.name not in left_aside}
    return {
        key: properties(value) if isinstance(value, Neighbour) else value
        for key, value in named.items()
        if value is not None
    }


def feature(geometry: dict[str, Any], values: dict[str, Any]) -> dict[str, Any]:
    """One GeoJSON feature."""
    return {"type": "Feature", "geometry": geometry, "properties": values}


def point(lon: float, lat: float) -> dict[str, Any]:
    """A GeoJSON point of six decimals."""
    return {"type": "Point", "coordinates": [round(lon, DECIMALS), round(lat, DECIMALS)]}


def outline(shape: LineString | Polygon | MultiPolygon) -> dict[str, Any]:
    """A GeoJSON line or polygon of six decimals, wound as RFC 7946 asks."""
    turned = shapely.orient_polygons(shape, exterior_cw=False)
    return {"type": turned.geom_type, "coordinates": rounded(turned.__geo_interface__["coordinates"])}


def rounded(coordinates: Any) -> Any:
    """Nested coordinates with six decimals."""
    if isinstance(coordinates, float | int):
        return round(float(coordinates), DECIMALS)
    return [rounded(part) for part in coordinates]


def manifest(town: Town) -> dict[str, Any]:
    """The content of town.json."""
    return {
        "format": FORMAT,
        "slug": town.slug,
        "name": town.name,
        "organisation": town.organisation,
        "timezone": town.timezone,
        "bounds": [round(edge, DECIMALS) for edge in town.bounds],
        "demonstration": town.demonstration,
        "sources": [asdict(source) for source in town.sources],
        "left_out": dict(sorted(town.left_out.items())),
    }


def point_features(records: Sequence[Place] | Sequence[Shop]) -> list[dict[str, Any]]:
    """Places or shops as point features, sorted by reference."""
    ordered: list[Place | Shop] = sorted(records, key=lambda record: record.ref)
    return [feature(point(r.lon, r.lat), properties(r, "lon", "lat")) for r in ordered]


def street_features(streets: Sequence[Street]) -> list[dict[str, Any]]:
    """Streets as line features, sorted by name and position."""
    ordered = sorted(streets, key=lambda s: (s.name, s.line.bounds))
    return [feature(outline(s.line), {"name": s.name, "class": s.rank}) for s in ordered]


def area_features(areas: Sequence[Area]) -> list[dict[str, Any]]:
    """Areas as polygon features, sorted by reference."""
    ordered = sorted(areas, key=lambda area: area.ref)
    return [feature(outline(a.outline), {"ref": a.ref, "name": a.name}) for a in ordered]


def address_table(addresses: Sequence[Address]) -> str:
    """The text of addresses.csv, sorted by street, then by number as people count."""
    sheet = io.StringIO()
    table = csv.writer(sheet, lineterminator="\n")
    table.writerow(["number", "street", "lon", "lat"])
    for a in sorted(addresses, key=lambda a: (a.street, number_order(a.number), a.lon, a.lat)):
        table.writerow([a.number, a.street, f"{a.lon:.{DECIMALS}f}", f"{a.lat:.{DECIMALS}f}"])
    return sheet.getvalue()


def number_order(number: str) -> tuple[int, str]:
    """A key that puts « 2 » before « 12 » before « 12 bis »."""
    digits = number[: len(number) - len(number.lstrip("0123456789"))]
    return (int(digits) if digits else 0, number)


def write_town(directory: Path, town: Town) -> None:
    """Write every file of `town`; the manifest comes last, so that it stands for a whole folder."""
    write_features(directory / "places.geojson", point_features(town.places))
    write_features(directory / "supply.geojson", point_features(town.supply))
    write_features(directory / "streets.geojson", street_features(town.streets))
    if town.areas:
        write_features(directory / "areas.geojson", area_features(town.areas))
    if town.addresses:
        write_text(directory / "addresses.csv", address_table(town.addresses))
    write_json(directory / "town.json", manifest(town))
