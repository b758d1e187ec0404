"""Reading a basemap back with libraries that did not write it."""

import gzip
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import mapbox_vector_tile
from pmtiles.reader import MmapSource, Reader, all_tiles

Tile = dict[str, Any]


def tiles(path: Path) -> dict[tuple[int, int, int], Tile]:
    """Every tile of the file, decoded; y runs down as on the screen."""
    with path.open("rb") as file:
        found: Iterator[Any] = all_tiles(MmapSource(file))  # type: ignore[no-untyped-call]
        options = {"y_coord_down": True}
        return {zxy: mapbox_vector_tile.decode(gzip.decompress(data), default_options=options) for zxy, data in found}


def features(path: Path, layer: str, zoom: int) -> list[dict[str, Any]]:
    """The features of one layer in every tile of one zoom."""
    shown = [tile[layer]["features"] for (z, _, _), tile in tiles(path).items() if z == zoom and layer in tile]
    return [feature for group in shown for feature in group]


def header_and_metadata(path: Path) -> tuple[dict[str, Any], dict[str, Any]]:
    """What the file says of itself."""
    with path.open("rb") as file:
        reader: Any = Reader(MmapSource(file))  # type: ignore[no-untyped-call]
        return reader.header(), reader.metadata()
