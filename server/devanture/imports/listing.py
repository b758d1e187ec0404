"""An agency's list as it comes: CSV of any delimiter and encoding, or GeoJSON; each row keeps where it stood."""

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from typing import Any

import msgspec

from devanture.imports.errors import BadFile
from devanture.imports.reading import bad_json

MOST_MEGABYTES = 20
MOST_ROWS = 20_000
MOST_COLUMNS = 200
MOST_LETTERS = 1000
_DELIMITERS = ";\t,|"
_CRS = re.compile(r"(?:EPSG:+(\d{4,6})|(CRS84))$")


@dataclass(frozen=True)
class Row:
    """`where` is « line 3 » or « feature 3 »; `point` is a GeoJSON geometry's; `trouble` says why it cannot be read."""

    where: str
    cells: dict[str, str] = field(default_factory=dict)
    point: tuple[float, float] | None = None
    trouble: str | None = None


@dataclass(frozen=True)
class Listing:
    """`crs` is the EPSG number that the file itself names."""

    file: str
    headers: list[str]
    rows: list[Row]
    crs: int | None = None


def read_listing(path: Path) -> Listing:
    """Read `path`; raises `BadFile` when it is no list at all."""
    try:
        with path.open("rb") as file:
            content = file.read(MOST_MEGABYTES * 2**20 + 1)
    except OSError as error:
        raise BadFile(str(path), f"cannot be read ({error.strerror})") from None
    if len(content) > MOST_MEGABYTES * 2**20:
        raise BadFile(path.name, f"is larger than {MOST_MEGABYTES} MB")
    listing = (_geojson if path.suffix.lower() in (".geojson", ".json") else _csv)(path.name, content)
    if not listing.rows:
        raise BadFile(path.name, "holds no row")
    if len(listing.rows) > MOST_ROWS:
        raise BadFile(path.name, f"holds more than {MOST_ROWS} rows")
    return listing


def _csv(file: str, content: bytes) -> Listing:
    text = _text(file, content)
    # Excel writes and reads a first line that names the delimiter.
    hint = re.match(r"sep=(.)\r?\n", text)
    start = text.index("\n") + 1 if hint else 0
    sheet = io.StringIO(text[start:], newline="")
    reader = csv.reader(sheet, delimiter=hint[1] if hint else _delimiter(text), strict=True)
    lines = _numbered(file, reader, 1 if hint else 0)
    headers = [header.strip() for header in next(lines, (0, list[str]()))[1]]
    if not headers or len(headers) > MOST_COLUMNS:
        raise BadFile(file, f"the first line must name between 1 and {MOST_COLUMNS} columns")
    return Listing(file, headers, [_csv_row(headers, number, cells) for number, cells in lines if any(cells)])


def _text(file: str, content: bytes) -> str:
    if content.startswith(b"PK\x03\x04"):
        raise BadFile(file, "is a workbook: save it as « CSV UTF-8 » first")
    for encoding in ("utf-16",) if content[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-8-sig", "cp1252"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise BadFile(file, "is neither UTF-8 nor Windows-1252 text")


def _delimiter(text: str) -> str:
    """The delimiter that stands most often in the header, outside quotes."""
    header = re.sub(r'"[^"]*"', "", text.partition("\n")[0])
    return max(_DELIMITERS, key=header.count)


def _numbered(file: str, reader: Any, before: int) -> Iterator[tuple[int, list[str]]]:
    """Rows with the number of their first line; a quoted cell may hold line feeds."""
    last = 0
    try:
        for cells in reader:
            yield before + last + 1, cells
            last = reader.line_num
    except csv.Error as error:
        raise BadFile(f"{file}, line {before + last + 1}", f"is not CSV: {error}") from None


def _csv_row(headers: list[str], number: int, cells: list[str]) -> Row:
    where = f"line {number}"
    if any(cell.strip() for cell in cells[len(headers) :]):
        return Row(where, trouble=f"has {len(cells)} cells where the header has {len(headers)}")
    return _row(where, {name: cell.strip() for name, cell in zip(headers, cells, strict=False)})


def _row(where: str, cells: dict[str, str], point: tuple[float, float] | None = None) -> Row:
    long = next((name for name, cell in cells.items() if len(cell) > MOST_LETTERS), None)
    if long is not None:
        return Row(where, trouble=f"« {long} » holds more than {MOST_LETTERS} letters (a quote left open?)")
    return Row(where, cells, point)


class _Geometry(msgspec.Struct):
    type: str
    coordinates: Any = None


class _Feature(msgspec.Struct):
    geometry: _Geometry | None = None
    properties: dict[str, Any] | None = None


class _Collection(msgspec.Struct):
    features: list[_Feature]
    crs: dict[str, Any] | None = None


def _geojson(file: str, content: bytes) -> Listing:
    try:
        found = msgspec.json.decode(content, type=_Collection)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise bad_json(file, error) from None
    rows = [_feature_row(number, feature) for number, feature in enumerate(found.features, 1)]
    headers = dict.fromkeys(chain.from_iterable(feature.properties or {} for feature in found.features))
    return Listing(file, list(headers), rows, _named_crs(file, found.crs))


def _named_crs(file: str, crs: dict[str, Any] | None) -> int | None:
    """RFC 7946 knows EPSG:4326 only; older files name theirs, as QGIS still does."""
    if crs is None:
        return None
    properties = crs.get("properties")
    name = str(properties.get("name")) if isinstance(properties, dict) else ""
    match = _CRS.search(name)
    if match is None:
        raise BadFile(file, f"names a coordinate system that is not an EPSG number: « {name} »")
    return int(match[1] or 4326)


def _feature_row(number: int, feature: _Feature) -> Row:
    where, values = f"feature {number}", feature.properties or {}
    nested = next((name for name, value in values.items() if isinstance(value, dict | list)), None)
    if nested is not None:
        return Row(where, trouble=f"« {nested} » holds a list or an object")
    shape = feature.geometry
    if shape is not None and shape.type != "Point":
        return Row(where, trouble=f"its geometry is a {shape.type[:30]}, not a point")
    cells = {name: _cell(value) for name, value in values.items()}
    match shape and shape.coordinates:
        case None:
            return _row(where, cells)
        case [int() | float() as x, int() | float() as y, *_]:
            return _row(where, cells, (x, y))
    return Row(where, trouble="its point has no two coordinates")


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()
