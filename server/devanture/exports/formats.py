"""The files, written piece by piece: a head, one piece a row, a tail."""

import csv
from collections.abc import Mapping
from datetime import UTC, date, datetime
from io import StringIO
from typing import Any, Protocol
from zoneinfo import ZoneInfo

import msgspec

from devanture.exports.cells import Writers, for_excel, open_data
from devanture.exports.columns import Column, Layer

Row = Mapping[str, Any]
BOM = "\ufeff"
"""Without it Excel reads UTF-8 as Windows-1252."""
MEDIA_TYPES = {"csv": "text/csv", "excel.csv": "text/csv", "geojson": "application/geo+json"}


class Format(Protocol):
    def head(self) -> bytes: ...

    def row(self, row: Row) -> bytes: ...

    def tail(self) -> bytes: ...


def new_format(name: str, layer: Layer, about: Row, zone: ZoneInfo) -> Format:
    """A writer of one file; `name` is a key of `MEDIA_TYPES`, `about` what GeoJSON says of the whole file."""
    if name == "geojson":
        return GeoJson(layer, about)
    if name == "excel.csv":
        return Csv(layer, for_excel(zone), ";", BOM)
    return Csv(layer, open_data(), ",")


class Csv:
    """RFC 4180: one line of names, lines that end in CR LF; what is not known is an empty cell."""

    def __init__(self, layer: Layer, writers: Writers, delimiter: str, mark: str = "") -> None:
        self._columns = [(column.name, writers[column.kind]) for column in layer.columns]
        self._delimiter, self._mark = delimiter, mark

    def head(self) -> bytes:
        return self._mark.encode() + self._line([name for name, _ in self._columns])

    def row(self, row: Row) -> bytes:
        return self._line(["" if row[name] is None else write(row[name]) for name, write in self._columns])

    def tail(self) -> bytes:
        return b""

    def _line(self, cells: list[str]) -> bytes:
        line = StringIO()
        csv.writer(line, delimiter=self._delimiter).writerow(cells)
        return line.getvalue().encode()


class GeoJson:
    """RFC 7946, one feature a line; what is said of the whole file stands before the features, as foreign members."""

    def __init__(self, layer: Layer, about: Row) -> None:
        self._layer, self._about, self._between = layer, about, b"\n"

    def head(self) -> bytes:
        members = {"type": "FeatureCollection", "name": self._layer.name, **self._about}
        return msgspec.json.encode(members).removesuffix(b"}") + b',"features":['

    def row(self, row: Row) -> bytes:
        properties = {column.name: _value(column, row[column.name]) for column in self._layer.columns}
        feature = {"type": "Feature", "geometry": self._geometry(row), "properties": properties}
        between, self._between = self._between, b",\n"
        return between + msgspec.json.encode(feature)

    def tail(self) -> bytes:
        return b"\n]}\n"

    def _geometry(self, row: Row) -> Any:
        if self._layer.geometry == "hexagon":
            return msgspec.Raw(row["outline"].encode())
        return {"type": "Point", "coordinates": [round(row["lon"], 6), round(row["lat"], 6)]}


def _value(column: Column, value: Any) -> Any:
    if isinstance(value, float):
        return round(value, 6)
    if isinstance(value, datetime):
        return f"{value.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
    return value.isoformat() if isinstance(value, date) else value
