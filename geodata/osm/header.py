"""What an extract says of itself, and refusals of what is no extract."""

from datetime import date
from pathlib import Path
from typing import Any

import osmium

from geodata.errors import GeodataError
from geodata.osm.model import Bounds

MAGIC = b"\x0a\x09OSMHeader"
"""A .pbf begins with the length of its first header (4 bytes), then the header's type: field 1, 9 bytes."""


def check(path: Path) -> None:
    """Raise GeodataError, in one sentence, for a file that is missing, unreadable, empty or no .pbf."""
    try:
        with path.open("rb") as file:
            head = file.read(4 + len(MAGIC))
    except OSError as error:
        raise GeodataError(f"{path} cannot be read: {(error.strerror or '').lower()}") from error
    if not head:
        raise GeodataError(f"{path} is empty")
    if head[4:] != MAGIC:
        raise GeodataError(f"{path} is not an OpenStreetMap extract in the .pbf format")


def stated(source: Any) -> tuple[Bounds | None, str]:
    """The rectangle and the day in the file's header; None and an empty string where it is silent."""
    with osmium.io.Reader(source, osmium.osm.NOTHING) as opened:
        header = opened.header()
        box, day = header.box(), header.get("osmosis_replication_timestamp")[:10]
    if not box.valid():
        return None, day
    low, high = box.bottom_left, box.top_right
    return (low.lon, low.lat, high.lon, high.lat), day


def modified(path: Path) -> str:
    """The day on which the file was written: the last resort for the day of its data."""
    return date.fromtimestamp(path.stat().st_mtime).isoformat()
