"""One PMTiles file of vector tiles: the layers of docs/interchange.md, drawn for a phone.

Coordinates become units of a tile (4,096 a side, 8 a pixel when a tile fills 512 pixels) once per zoom; what
would be smaller than a dot there is dropped, the rest simplified by less than a pixel, clipped and encoded.
"""

import gzip
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import mapbox_vector_tile
import numpy as np
import numpy.typing as npt
import shapely
from pmtiles.tile import Compression, TileType, zxy_to_tileid
from pmtiles.writer import Writer
from rich.progress import Progress
from shapely import STRtree
from shapely.geometry.base import BaseGeometry as Geometry

from geodata.console import console
from geodata.errors import GeodataError
from geodata.files import replacing

EXTENT = 4096
BUFFER = 64
MIN_ZOOM, MAX_ZOOM = 12, 16

Feature = tuple[Geometry, Mapping[str, str | bool]]
Bounds = tuple[float, float, float, float]
Shapes = npt.NDArray[np.object_]


@dataclass(frozen=True, slots=True)
class Layer:
    """From which zoom a layer is drawn, and under how many square pixels a polygon is dropped."""

    name: str
    from_zoom: int
    least_pixels: float = 0.0
    kind: int = 0


LAYERS = (
    Layer("water", 12, 4, kind=2),
    Layer("green", 12, 6, kind=2),
    Layer("buildings", 14, 6, kind=2),
    Layer("streets", 12, kind=1),
    Layer("areas", 12),
    Layer("numbers", 16),
)
"""`kind` is the dimension that clipping must keep: 0 points, 1 lines, 2 polygons."""

STREETS_FROM = {"major": 12, "minor": 13, "path": 14}


def write_basemap(
    path: Path, layers: Mapping[str, Sequence[Feature]], bounds: Bounds, attribution: str
) -> None:
    """Write `layers` (name → geometries in degrees with their properties) as PMTiles v3.

    `bounds` is west, south, east, north in degrees: only tiles that touch it are written.
    Raises GeodataError when no layer has anything there.
    """
    world = {layer.name: _world(layer, layers.get(layer.name, ())) for layer in LAYERS}
    with replacing(path) as draft, draft.open("wb") as sink:
        writer: Any = Writer(sink)  # type: ignore[no-untyped-call]
        with writer.tile_f:
            for tile, content in _tiles(world, bounds):
                writer.write_tile(tile, gzip.compress(content, mtime=0))
            if not writer.tile_entries:
                raise GeodataError(f"{path.name}: nothing to draw inside {', '.join(map(str, bounds))}")
            writer.finalize(_header(bounds), _metadata(layers, attribution))


@dataclass(frozen=True, slots=True)
class _Drawn:
    """Features of one layer; `shapes` in units of the world's width, or of the zoom's tiles."""

    shapes: Shapes
    values: list[Mapping[str, str | bool]]

    def keep(self, kept: npt.NDArray[np.bool_], shapes: Shapes) -> "_Drawn":
        return _Drawn(shapes[kept], [v for v, k in zip(self.values, kept, strict=True) if k])


def _world(layer: Layer, features: Sequence[Feature]) -> _Drawn:
    """Web Mercator with the world as a unit square, x east and y south."""
    whole = [*_streets(features)] if layer.name == "streets" else features
    shapes = _mended(np.array([shape for shape, _ in whole], dtype=object))
    return _Drawn(shapely.transform(shapes, mercator), [values for _, values in whole])


def _streets(features: Sequence[Feature]) -> Iterator[Feature]:
    """Segments that share their properties, joined: a name needs a long line to be written along."""
    groups: dict[tuple[tuple[str, str | bool], ...], list[Geometry]] = {}
    for shape, values in features:
        groups.setdefault(tuple(sorted(values.items())), []).append(shape)
    for shared, shapes in groups.items():
        for line in shapely.get_parts(
            shapely.line_merge(shapely.multilinestrings(shapely.get_parts(shapes)))
        ):
            yield line, dict(shared)


def mercator(lonlat: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Degrees (n, 2) to the unit square of the web's tiles."""
    lat = np.radians(lonlat[:, 1])
    y = (1 - np.arcsinh(np.tan(lat)) / np.pi) / 2
    return np.column_stack([lonlat[:, 0] / 360 + 0.5, y])


def _tiles(world: Mapping[str, _Drawn], bounds: Bounds) -> Iterator[tuple[int, bytes]]:
    """Every tile that has something to show, with its number, in the order of PMTiles."""
    wanted = sorted((zxy_to_tileid(*tile), tile) for tile in _grid(bounds))
    with Progress(console=console) as progress:
        drawn, zoom = [], -1
        for tile, (z, x, y) in progress.track(wanted, description="basemap"):
            if z != zoom:
                drawn, zoom = [(layer, *_at_zoom(layer, world[layer.name], z)) for layer in LAYERS], z
            content = _tile(drawn, x, y)
            if content:
                yield tile, content


def _grid(bounds: Bounds) -> Iterator[tuple[int, int, int]]:
    west, south, east, north = bounds
    (x0, y0), (x1, y1) = mercator(np.array([[west, north], [east, south]]))
    for z in range(MIN_ZOOM, MAX_ZOOM + 1):
        side = 1 << z
        for x in range(int(x0 * side), int(x1 * side) + 1):
            for y in range(int(y0 * side), int(y1 * side) + 1):
                yield z, x, y


def _at_zoom(layer: Layer, features: _Drawn, zoom: int) -> tuple[_Drawn, STRtree]:
    """The layer's features worth drawing at `zoom`, in units of its tiles, with their index."""
    unit = float((1 << zoom) * EXTENT)
    shapes = shapely.transform(features.shapes, lambda xy: xy * unit)
    kept = np.array([zoom >= _from_zoom(layer, values) for values in features.values], dtype=bool)
    if layer.kind == 2:
        kept &= shapely.area(shapes) >= layer.least_pixels * 64
    drawn = features.keep(kept, shapes)
    tolerance = 2.0 if zoom == MAX_ZOOM else 4.0
    drawn = _Drawn(shapely.simplify(drawn.shapes, tolerance), drawn.values)
    return drawn, STRtree(drawn.shapes)


def _from_zoom(layer: Layer, values: Mapping[str, str | bool]) -> int:
    rank = STREETS_FROM.get(str(values.get("class")), 0) if layer.name == "streets" else 0
    return max(layer.from_zoom, rank)


def _tile(drawn: Sequence[tuple[Layer, _Drawn, STRtree]], x: int, y: int) -> bytes:
    """The MVT of one tile, empty when nothing falls in it."""
    layers = []
    for layer, features, index in drawn:
        inside = _clipped(layer, features, index, x * EXTENT, y * EXTENT)
        if inside:
            layers.append({"name": layer.name, "features": inside})
    if not layers:
        return b""
    options = {"y_coord_down": True, "extents": EXTENT, "check_winding_order": False}
    return bytes(mapbox_vector_tile.encode(layers, default_options=options))


def _clipped(layer: Layer, features: _Drawn, index: STRtree, left: int, top: int) -> list[dict[str, Any]]:
    """The features in the tile whose corner is (`left`, `top`), on its integer grid."""
    # A point belongs to one tile only; a label drawn twice would fight with itself.
    margin = 0 if layer.kind == 0 else BUFFER
    low, high = -margin, EXTENT + margin
    found = np.sort(index.query(shapely.box(left + low, top + low, left + high, top + high)))
    shapes = shapely.transform(features.shapes[found], lambda xy: xy - (left, top))
    shapes = _on_grid(shapely.clip_by_rect(shapes, low, low, high, high), layer.kind)
    return [
        {"geometry": shape, "properties": features.values[number]}
        for number, shape in zip(found.tolist(), shapes, strict=True)
        if _drawable(shape, layer.kind)
    ]


def _drawable(shape: Geometry, kind: int) -> bool:
    """Clipping and rounding may leave nothing, a point of a line, or a mix of dimensions."""
    right = shape.geom_type.removeprefix("Multi") == ("Point", "LineString", "Polygon")[kind]
    return right and not shape.is_empty and (kind != 1 or shape.length > 0)


def _on_grid(shapes: Shapes, kind: int) -> Shapes:
    """Whole units, still valid; exterior rings run clockwise on the screen, as MVT 2.1 asks."""
    if kind < 2:
        return shapely.remove_repeated_points(shapely.transform(shapes, np.rint))
    return shapely.orient_polygons(shapely.set_precision(_mended(shapes), 1.0), exterior_cw=False)


def _mended(shapes: Shapes) -> Shapes:
    """Polygons that cross themselves, cut where they do."""
    return np.where(shapely.is_valid(shapes), shapes, shapely.make_valid(shapes))


def _header(bounds: Bounds) -> dict[str, Any]:
    west, south, east, north = (round(edge * 10_000_000) for edge in bounds)
    return {
        "tile_type": TileType.MVT,
        "tile_compression": Compression.GZIP,
        "min_lon_e7": west,
        "min_lat_e7": south,
        "max_lon_e7": east,
        "max_lat_e7": north,
        "center_zoom": 15,
        "center_lon_e7": (west + east) // 2,
        "center_lat_e7": (south + north) // 2,
    }


def _metadata(layers: Mapping[str, Sequence[Feature]], attribution: str) -> dict[str, Any]:
    """The TileJSON that readers expect inside the file."""
    described = [
        {
            "id": layer.name,
            "minzoom": layer.from_zoom,
            "maxzoom": MAX_ZOOM,
            "fields": _fields(layers[layer.name]),
        }
        for layer in LAYERS
        if layers.get(layer.name)
    ]
    return {"attribution": attribution, "type": "baselayer", "format": "pbf", "vector_layers": described}


def _fields(features: Sequence[Feature]) -> dict[str, str]:
    kinds = {key: type(value) for _, values in features for key, value in values.items()}
    return {key: "Boolean" if kinds[key] is bool else "String" for key in sorted(kinds)}
