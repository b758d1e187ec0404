"""A small valid town folder, made where a test wants it: three doors, a square, some shops, and opinions on demand."""

import gzip
import json
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any
from uuid import UUID

from pmtiles.tile import Compression, TileType
from pmtiles.writer import Writer

SLUG = "bourg"
BOUNDS = [-1.57, 47.20, -1.54, 47.22]
DOORS = ("rue-haute-1", "rue-haute-3", "rue-basse-2")
SITE = "place-du-marche"
CODES = ("baker", "bookshop", "fishmonger", "housing")


def write_town_folder(directory: Path, opinions: int = 0, **manifest: Any) -> Path:
    """Write the folder, with `opinions` invented ones and town.json changed as `manifest` says; gives `directory`."""
    directory.mkdir(parents=True, exist_ok=True)
    _json(directory / "town.json", {**MANIFEST, **manifest})
    _json(directory / "catalogue.json", CATALOGUE)
    write_points(directory / "places.geojson", PLACES)
    write_points(directory / "supply.geojson", SUPPLY)
    line = {"type": "LineString", "coordinates": [[-1.556, 47.21], [-1.554, 47.211]]}
    street = {"type": "Feature", "geometry": line, "properties": {"name": "Rue Haute", "class": "minor"}}
    _json(directory / "streets.geojson", {"type": "FeatureCollection", "features": [street]})
    write_basemap(directory / "basemap.pmtiles")
    if opinions:
        write_opinions(directory / "opinions.ndjson.gz", invented(opinions))
    return directory


def write_points(path: Path, points: list[dict[str, Any]]) -> None:
    """Point features from flat records with `lon` and `lat`."""
    features = [
        {
            "type": "Feature",
            "geometry": {"type": "Point", "coordinates": [point["lon"], point["lat"]]},
            "properties": {key: value for key, value in point.items() if key not in ("lon", "lat")},
        }
        for point in points
    ]
    _json(path, {"type": "FeatureCollection", "features": features})


def write_opinions(path: Path, lines: Iterator[dict[str, Any]]) -> None:
    with gzip.open(path, "wt", encoding="utf-8", compresslevel=1) as file:
        for line in lines:
            file.write(json.dumps(line) + "\n")


def invented(count: int) -> Iterator[dict[str, Any]]:
    """Opinions of voters who answer at the three doors one after the other; the same at each call."""
    chance = Random(1)
    for number in range(count):
        voter, turn = divmod(number, len(DOORS))
        opinion = {"v": 1, "place": DOORS[turn], "seq": turn + 1, "wishes": [chance.choice(CODES)]}
        yield {
            "voter": voter,
            "id": str(UUID(int=chance.getrandbits(128), version=4)),
            "days_ago": chance.randrange(30),
            "channel": "web",
            "proof": "none",
            "opinion": opinion,
        }


def write_basemap(path: Path) -> None:
    """One tile, enough to be a PMTiles file of vector tiles."""
    header = {
        "tile_type": TileType.MVT,
        "tile_compression": Compression.GZIP,
        "min_lon_e7": int(BOUNDS[0] * 1e7),
        "min_lat_e7": int(BOUNDS[1] * 1e7),
        "max_lon_e7": int(BOUNDS[2] * 1e7),
        "max_lat_e7": int(BOUNDS[3] * 1e7),
        "center_zoom": 14,
        "center_lon_e7": int(BOUNDS[0] * 1e7),
        "center_lat_e7": int(BOUNDS[1] * 1e7),
    }
    with path.open("wb") as sink:
        writer: Any = Writer(sink)  # type: ignore[no-untyped-call]
        with writer.tile_f:
            writer.write_tile(0, gzip.compress(b"", mtime=0))
            writer.finalize(header, {"attribution": "© Essai"})


def _json(path: Path, value: Any) -> None:
    path.write_text(json.dumps(value, ensure_ascii=False), encoding="utf-8")


SOURCE = {"name": "Essai", "date": "2026-11-01", "licence": "CC0", "attribution": "© Essai"}

MANIFEST: dict[str, Any] = {
    "format": 1,
    "slug": SLUG,
    "name": {"fr": "Le bourg", "en": "The village"},
    "organisation": {"slug": "essai", "name": "Ville d’Essai"},
    "timezone": "Europe/Paris",
    "bounds": BOUNDS,
    "demonstration": True,
    "sources": [SOURCE],
    "left_out": {"ways with missing nodes": 3},
}


def _activity(code: str, family: str, fr: str, en: str) -> dict[str, Any]:
    words = {"fr": f"une {fr.lower()}", "en": f"a {en.lower()}"}
    return {"code": code, "family": family, "fr": fr, "en": en, "icon": f"maki-{code}", "one": words}


CATALOGUE: dict[str, Any] = {
    "version": "2026-11",
    "naf_version": "NAF rév. 2",
    "sources": [],
    "families": [
        {"code": "food", "kind": "premises", "fr": "Manger", "en": "Food", "icon": "maki-grocery"},
        {"code": "culture", "kind": "premises", "fr": "Se cultiver", "en": "Culture", "icon": "maki-library"},
        {
            "code": "not-a-shop",
            "kind": "premises",
            "fr": "Pas un commerce",
            "en": "Not a shop",
            "icon": "maki-home",
            "shop": False,
        },
        {"code": "nature", "kind": "site", "fr": "Verdir", "en": "Nature", "icon": "maki-park", "shop": False},
    ],
    "activities": [
        {
            **_activity("baker", "food", "Boulangerie", "Bakery"),
            "synonyms": {"fr": ["pain"], "en": ["bread"]},
            "osm": ["shop=bakery"],
            "naf": ["10.71C"],
        },
        _activity("fishmonger", "food", "Poissonnerie", "Fishmonger"),
        _activity("bookshop", "culture", "Librairie", "Bookshop"),
        {**_activity("housing", "not-a-shop", "Habitation", "Housing"), "sensitive": False},
        _activity("garden", "nature", "Jardin partagé", "Shared garden"),
    ],
}

PLACES: list[dict[str, Any]] = [
    {
        "ref": "rue-haute-1",
        "lon": -1.556,
        "lat": 47.21,
        "kind": "premises",
        "state": "vacant",
        "number": "1",
        "street": "Rue Haute",
        "name": "ancienne mercerie",
        "left": {"name": "Au bon pain", "activity": "baker"},
        "right": {"name": "Optique"},
        "stance": "informed",
        "plan": {"fr": "Linéaire commercial protégé", "en": "Protected shopping street"},
        "vacant_since": "2025-03-01",
        "surface_m2": 85,
        "rent_month_eur": 1250,
        "landlord": "SCI Essai",
        "source": "Essai",
        "seen": "2026-11-01",
    },
    {
        "ref": "rue-haute-3",
        "lon": -1.5555,
        "lat": 47.2102,
        "kind": "premises",
        "state": "vacant",
        "number": "3",
        "street": "Rue Haute",
    },
    # Most vacant units of OpenStreetMap have no house number: this one is found by its point and street.
    {
        "ref": "rue-basse-2",
        "lon": -1.558,
        "lat": 47.209,
        "kind": "premises",
        "state": "vacant",
        "near_street": "Rue Basse",
    },
    {"ref": SITE, "lon": -1.55, "lat": 47.212, "kind": "site", "state": "open", "name": "Place du marché"},
]

SUPPLY: list[dict[str, Any]] = [
    {"ref": "s1", "lon": -1.5561, "lat": 47.2101, "activity": "baker", "name": "Au bon pain", "source": "Essai"},
    {"ref": "s2", "lon": -1.5558, "lat": 47.2101, "activity": "bookshop", "source": "Essai", "seen": "2026-11-01"},
    {"ref": "s3", "lon": -1.553, "lat": 47.211, "name": "?", "source": "Essai", "confirmed": True},
]
