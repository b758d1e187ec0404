"""addresses.csv of a town folder: house numbers on their walls, read as strictly as the rest."""

import csv
import io
from pathlib import Path

import msgspec

from devanture.imports.errors import BadFile
from devanture.imports.schemas import Address

COLUMNS = ["number", "street", "lon", "lat"]
MOST_ROWS = 500_000


def read_addresses(path: Path) -> list[Address]:
    """Every row of the file; raises `BadFile` naming the line and the reason."""
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError:
        raise BadFile(path.name, "is not UTF-8") from None
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        if next(reader, None) != COLUMNS:
            raise BadFile(path.name, f"its first line must be « {','.join(COLUMNS)} »")
        found = [_address(path.name, reader.line_num, cells) for cells in reader]
    except csv.Error as error:
        raise BadFile(f"{path.name}, line {reader.line_num}", f"is not CSV: {error}") from None
    if len(found) > MOST_ROWS:
        raise BadFile(path.name, f"holds more than {MOST_ROWS} rows")
    return found


def _address(file: str, line: int, cells: list[str]) -> Address:
    try:
        if len(cells) != len(COLUMNS):
            raise ValueError(f"has {len(cells)} cells where the header has {len(COLUMNS)}")
        number, street, lon, lat = cells
        values = {"number": number, "street": street, "lon": float(lon), "lat": float(lat)}
        return msgspec.convert(values, Address)
    except ValueError as error:
        why, _, field = str(error).partition(" - at `$.")
        raise BadFile(", ".join(filter(None, (f"{file}, line {line}", field.rstrip("`")))), why) from None
