"""The town folder, written and read back as a stranger would."""

import csv
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from shapely import LineString, Polygon

from geodata.files import replacing
from geodata.folder import Address, Area, Neighbour, Place, Shop, Source, Street, Town, write_town

PLACE = Place(-1.55512345678, 47.21, "rue-crebillon-12", "premises", "vacant", "12", "Rue Crébillon")
TOWN = Town(
    slug="nantes",
    name={"fr": "Nantes centre", "en": "Central Nantes"},
    organisation={"slug": "nantes-demo", "name": "Ville de Nantes (démonstration)"},
    timezone="Europe/Paris",
    bounds=(-1.57, 47.2, -1.54, 47.22),
    sources=[Source("IGN BD TOPO", "2025-06-15", "Licence Ouverte 2.0", "© IGN")],
    places=[replace(PLACE, ref="b", left=Neighbour("Optique", None)), replace(PLACE, ref="a")],
    supply=[Shop(-1.556, 47.21, "s1", "bakery", "Le Fournil")],
    streets=[Street("Rue Crébillon", "minor", LineString([(-1.56, 47.21), (-1.55, 47.21)]))],
    areas=[Area("q1", "Centre", Polygon([(-1.57, 47.2), (-1.57, 47.22), (-1.54, 47.22), (-1.57, 47.2)]))],
    addresses=[Address(n, "Rue Crébillon", -1.556, 47.21) for n in ("12", "2", "2 bis")],
    left_out={"ways with missing nodes": 3},
)


def read(directory: Path, name: str) -> Any:
    return json.loads((directory / name).read_text(encoding="utf-8"))


def test_unknown_properties_are_absent_and_coordinates_have_six_decimals(tmp_path: Path) -> None:
    write_town(tmp_path, TOWN)
    first, second = read(tmp_path, "places.geojson")["features"]
    assert first["geometry"]["coordinates"] == [-1.555123, 47.21]
    assert first["properties"] == {
        "ref": "a",
        "kind": "premises",
        "state": "vacant",
        "number": "12",
        "street": "Rue Crébillon",
    }
    assert second["properties"]["left"] == {"name": "Optique"}


def test_streets_areas_and_shops_carry_the_names_of_the_format(tmp_path: Path) -> None:
    write_town(tmp_path, TOWN)
    [street] = read(tmp_path, "streets.geojson")["features"]
    assert street["properties"] == {"name": "Rue Crébillon", "class": "minor"}
    [area] = read(tmp_path, "areas.geojson")["features"]
    assert area["properties"] == {"ref": "q1", "name": "Centre"}
    [shop] = read(tmp_path, "supply.geojson")["features"]
    assert shop["properties"]["confirmed"] is False


def test_outlines_run_counter_clockwise_as_rfc_7946_asks(tmp_path: Path) -> None:
    write_town(tmp_path, TOWN)
    [area] = read(tmp_path, "areas.geojson")["features"]
    assert Polygon(area["geometry"]["coordinates"][0]).exterior.is_ccw


def test_addresses_are_sorted_as_people_count(tmp_path: Path) -> None:
    write_town(tmp_path, TOWN)
    with (tmp_path / "addresses.csv").open(encoding="utf-8", newline="") as sheet:
        assert [row["number"] for row in csv.DictReader(sheet)] == ["2", "2 bis", "12"]


def test_the_manifest_is_that_of_the_format(tmp_path: Path) -> None:
    write_town(tmp_path, TOWN)
    town = read(tmp_path, "town.json")
    assert town["format"] == 1
    assert town["left_out"] == {"ways with missing nodes": 3}
    assert town["sources"][0]["licence"] == "Licence Ouverte 2.0"


def test_writing_twice_gives_the_same_bytes_whatever_the_order_of_the_records(tmp_path: Path) -> None:
    write_town(tmp_path / "one", TOWN)
    write_town(tmp_path / "two", replace(TOWN, places=list(reversed(TOWN.places))))
    for path in (tmp_path / "one").iterdir():
        assert path.read_bytes() == (tmp_path / "two" / path.name).read_bytes()


def test_a_file_that_fails_half_way_leaves_the_old_one_untouched(tmp_path: Path) -> None:
    path = tmp_path / "town.json"
    path.write_text("old")
    with pytest.raises(OSError, match="disk full"), replacing(path) as draft:
        draft.write_text("half")
        raise OSError("disk full")
    assert [p.name for p in tmp_path.iterdir()] == ["town.json"]
    assert path.read_text() == "old"
