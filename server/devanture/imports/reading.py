"""A town folder, read whole and decoded before anything is written."""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import msgspec
from pmtiles.tile import Compression, TileType, deserialize_header

from devanture.imports import schemas
from devanture.imports.addresses import read_addresses
from devanture.imports.errors import BadFile
from devanture.imports.logo import cleaned_logo

T = TypeVar("T")
_MEGABYTE = 2**20
_MOST_MEGABYTES = {
    "town.json": 1,
    "logo.png": 1,
    "catalogue.json": 8,
    "places.geojson": 128,
    "supply.geojson": 256,
    "streets.geojson": 256,
    "addresses.csv": 64,
    "areas.geojson": 256,
    "basemap.pmtiles": 8192,
    "opinions.ndjson.gz": 1024,
}

PlaceFeatures = schemas.Features[schemas.Point, schemas.Place]
ShopFeatures = schemas.Features[schemas.Point, schemas.Shop]
StreetFeatures = schemas.Features[schemas.LineString, schemas.StreetProperties]
AreaFeatures = schemas.Features[schemas.Polygon | schemas.MultiPolygon, schemas.AreaProperties]


@dataclass(frozen=True)
class Town:
    """A decoded folder. The basemap is copied and the opinions are read line by line later: they may be large."""

    manifest: schemas.Manifest
    catalogue: schemas.Catalogue
    places: list[schemas.Feature[schemas.Point, schemas.Place]]
    supply: list[schemas.Feature[schemas.Point, schemas.Shop]]
    streets: list[schemas.StreetFeature]
    addresses: list[schemas.Address]
    areas: list[schemas.AreaFeature]
    basemap: Path
    opinions: Path | None
    logo: bytes | None


def read_town(folder: Path) -> Town:
    """Decode every file of `folder`; raises `BadFile` naming the file, the feature and the field."""
    manifest = _json(folder / "town.json", schemas.Manifest)
    names = ("addresses.csv", "areas.geojson", "opinions.ndjson.gz", "logo.png")
    addresses, areas, opinions, logo = (folder / name for name in names)
    return Town(
        manifest=manifest,
        catalogue=_json(folder / "catalogue.json", schemas.Catalogue),
        places=_json(folder / "places.geojson", PlaceFeatures).features,
        supply=_json(folder / "supply.geojson", ShopFeatures).features,
        streets=_json(folder / "streets.geojson", StreetFeatures).features,
        addresses=read_addresses(_sized(addresses)) if addresses.exists() else [],
        areas=_json(areas, AreaFeatures).features if areas.exists() else [],
        basemap=_basemap(_sized(folder / "basemap.pmtiles")),
        opinions=_sized(opinions) if opinions.exists() else None,
        logo=cleaned_logo(_sized(logo).read_bytes()) if logo.exists() else None,
    )


def bad_json(where: str, error: Exception) -> BadFile:
    """What the decoder found, in the file's own terms: « places.geojson, feature 3, properties.ref: … »."""
    if isinstance(error, UnicodeDecodeError):
        return BadFile(where, "is not UTF-8")
    if isinstance(error, RecursionError):
        return BadFile(where, "is nested too deeply")
    why, _, path = str(error).partition(" - at `$")
    inside = re.sub(r"^\.features\[(\d+)\]\.?", lambda m: f"feature {int(m[1]) + 1}, ", path.rstrip("`"))
    why = re.sub(r"Expected `str` matching .*", "the text has a form or characters that are not allowed", why)
    return BadFile(", ".join(part for part in (where, inside.strip("., ")) if part), why.rstrip("."))


def _json(path: Path, shape: type[T]) -> T:
    content = _sized(path).read_bytes()
    try:
        return msgspec.json.decode(content, type=shape)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise bad_json(path.name, error) from None


def _sized(path: Path) -> Path:
    """The path itself, once it is known to be a readable file of bounded size."""
    try:
        with path.open("rb") as file:
            size = file.seek(0, 2)
    except FileNotFoundError:
        raise BadFile(path.name, f"is missing from {path.parent}") from None
    except OSError as error:
        raise BadFile(path.name, f"cannot be read ({error.strerror})") from None
    if size > _MOST_MEGABYTES[path.name] * _MEGABYTE:
        raise BadFile(path.name, f"is larger than {_MOST_MEGABYTES[path.name]} MB")
    return path


def _basemap(path: Path) -> Path:
    with path.open("rb") as file:
        first, size = file.read(127), file.seek(0, 2)
    try:
        header = deserialize_header(first)
    except Exception:
        # The library raises whatever the first bytes lead it to: an index, a value, its own errors.
        raise BadFile(path.name, "is not a PMTiles file of version 3") from None
    if header["tile_type"] != TileType.MVT or header["tile_compression"] != Compression.GZIP:
        raise BadFile(path.name, "must hold vector tiles (MVT) compressed with gzip")
    if header["tile_data_offset"] + header["tile_data_length"] > size:
        raise BadFile(path.name, "is cut: it is shorter than it says")
    return path
