"""The features of a basemap that a frame shows, in its pixels."""

import gzip
import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import mapbox_vector_tile
import shapely
from pmtiles.reader import MmapSource, Reader
from shapely.affinity import affine_transform
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry as Geometry

from devanture.basemap.frame import Frame

TILE_PX = 512
MARGIN_PX = 4.0
"""Shapes run on a little beyond the picture, so that no edge of theirs is seen inside it."""


@dataclass(frozen=True, slots=True)
class Feature:
    """`shape` in the frame's pixels."""

    shape: Geometry
    properties: Mapping[str, Any]


def read_features(pmtiles: Path, frame: Frame) -> dict[str, list[Feature]]:
    """Layer name → features that touch the frame, cut at tile edges. An absent tile is empty ground.

    `pmtiles` holds MVT (docs/interchange.md). Raises OSError when it cannot be read.
    """
    layers: dict[str, list[Feature]] = {}
    with pmtiles.open("rb") as source:
        reader: Any = Reader(MmapSource(source))  # type: ignore[no-untyped-call]
        header = reader.header()
        # A little coarser rather than finer: fewer tiles, and a tile's units are an eighth of its pixel.
        zoom = min(max(math.floor(math.log2(frame.scale / TILE_PX) + 0.3), header["min_zoom"]), header["max_zoom"])
        for x, y in _tiles_of(frame, zoom):
            content = reader.get(zoom, x, y)
            for name, feature in _decoded(content, frame, zoom, x, y) if content else ():
                layers.setdefault(name, []).append(feature)
    return layers


def _tiles_of(frame: Frame, zoom: int) -> Iterator[tuple[int, int]]:
    last = 2**zoom - 1
    right, bottom = frame.left + frame.width / frame.scale, frame.top + frame.height / frame.scale
    for x in range(max(0, int(frame.left * 2**zoom)), min(last, int(right * 2**zoom)) + 1):
        for y in range(max(0, int(frame.top * 2**zoom)), min(last, int(bottom * 2**zoom)) + 1):
            yield x, y


def _decoded(content: bytes, frame: Frame, zoom: int, x: int, y: int) -> Iterator[tuple[str, Feature]]:
    raw = gzip.decompress(content) if content[:2] == b"\x1f\x8b" else content
    side = frame.scale / 2**zoom
    corner = (x * side - frame.left * frame.scale, y * side - frame.top * frame.scale)
    box = _shared(frame, corner, side)
    for name, layer in mapbox_vector_tile.decode(raw, default_options={"y_coord_down": True}).items():
        unit = side / layer["extent"]
        for feature in layer["features"]:
            placed = affine_transform(shape(feature["geometry"]), (unit, 0, 0, unit, *corner))
            cut = shapely.clip_by_rect(placed, *box)
            if not cut.is_empty:
                yield name, Feature(cut, feature["properties"])


def _shared(frame: Frame, corner: tuple[float, float], side: float) -> tuple[float, float, float, float]:
    """The tile without its buffer, cut at the frame's margin: neighbouring tiles then meet and never overlap."""
    left, top = corner
    return (
        max(left, -MARGIN_PX),
        max(top, -MARGIN_PX),
        min(left + side, frame.width + MARGIN_PX),
        min(top + side, frame.height + MARGIN_PX),
    )
