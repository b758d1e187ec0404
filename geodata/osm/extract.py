"""Reads an extract into memory: two passes, relations first, so that their ways are known when they come by."""

from pathlib import Path

import osmium

from geodata.errors import GeodataError
from geodata.osm import edges, header, relations
from geodata.osm.model import Bounds, Extract
from geodata.osm.reader import Reader
from geodata.osm.sea import add_sea


def read(path: Path) -> Extract:
    """Every element that a town folder needs, in degrees, and the count of what was left out.

    Raises GeodataError when the file is missing, unreadable, empty, damaged, no .pbf, or holds nothing.
    """
    header.check(path)
    try:
        return _read(path)
    except RuntimeError as error:
        raise GeodataError(f"{path} is damaged: {error}") from error


def _read(path: Path) -> Extract:
    source = osmium.io.File(str(path), "pbf")
    bounds, day = header.stated(source)
    wanted = [*relations.bounding(source)]
    reader = Reader({way for relation in wanted for way in (*relation.outer, *relation.inner)})
    reader.run(source)
    seen = reader.extent()
    if seen is None:
        raise GeodataError(f"{path} holds no street, building, shop or address")
    bounds = shared(bounds, seen) if bounds else seen
    extract = Extract(bounds, day or reader.newest or header.modified(path), reader.elements)
    extract.left_out = reader.left_out
    drawn = {e.tags.get("name") for e in reader.elements if "highway" in e.tags and e.ref.startswith("w")}
    extract.left_out["streets cut down to a point"] = len(reader.lost_streets - drawn)
    relations.assemble(wanted, reader.lines, extract)
    edges.settle(extract)
    add_sea(reader.coast, extract)
    return extract


def shared(stated: Bounds, seen: Bounds) -> Bounds:
    """What both rectangles hold: data may end before the stated edge, and whole ways reach beyond it."""
    lows, highs = zip(stated[:2], seen[:2], strict=True), zip(stated[2:], seen[2:], strict=True)
    (west, south), (east, north) = map(max, lows), map(min, highs)
    return (west, south, east, north) if west < east and south < north else seen
