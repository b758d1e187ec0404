"""The folder as a whole: its manifest, streets, addresses, quarters and basemap."""

import csv
from pathlib import Path

import pytest

from geodata.catalogue import CATALOGUE
from geodata.osm.identity import slug
from tests.geodata.osm.conftest import Build
from tests.geodata.osm.sketch import Sketch
from tests.geodata.tiles import features


def test_the_manifest_takes_what_it_can_from_the_extract(sketch: Sketch, build: Build) -> None:
    sketch.node(6.115, 46.207, place="city", name="Genève", name_en="Geneva")
    sketch.node(6.114, 46.207, place="suburb", name="Pâquis")
    sketch.node(6.113, 46.2051, addr_housenumber="1", addr_street="Rue Haute", addr_country="CH")
    town = build()["town"]
    assert town["slug"] == "geneve"
    assert town["name"] == {"fr": "Genève", "en": "Geneva"}
    assert town["organisation"] == {"slug": "geneve", "name": "Genève"}
    assert town["timezone"] == "Europe/Zurich"
    assert town["demonstration"] is False
    assert town["sources"] == [
        {
            "name": "OpenStreetMap",
            "date": "2026-03-01",
            "licence": "ODbL 1.0",
            "attribution": "© les contributeurs d’OpenStreetMap",
        }
    ]


def test_an_extract_that_names_no_town_is_called_after_its_file(build: Build) -> None:
    town = build()["town"]
    assert (town["slug"], town["name"]["fr"], town["timezone"]) == ("little-town", "Little Town", "Europe/Paris")


def test_options_win_over_the_extract(build: Build) -> None:
    options = ["--slug", "ici", "--name", "Ici", "--organisation", "Ville d’Ici", "--timezone", "Indian/Reunion"]
    town = build(*options, "--demonstration")["town"]
    assert (town["slug"], town["name"]["fr"], town["timezone"]) == ("ici", "Ici", "Indian/Reunion")
    assert town["organisation"]["name"] == "Ville d’Ici"
    assert town["demonstration"] is True


@pytest.mark.parametrize("option", [["--slug", "É"], ["--slug", "x"], ["--timezone", "Mars/Olympus"]])
def test_a_wrong_option_is_refused(build: Build, option: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        build(*option)
    assert repr(option[1]) in capsys.readouterr().err


@pytest.mark.parametrize(
    ("name", "expected"),
    [("L’Haÿ-les-Roses", "l-hay-les-roses"), ("Œuilly", "oeuilly"), ("13 Habitants", "habitants"), ("東京", "town")],
)
def test_a_slug_keeps_to_plain_letters(name: str, expected: str) -> None:
    assert slug(name) == expected


def test_streets_have_a_class_and_a_square_gives_its_outline(sketch: Sketch, build: Build) -> None:
    sketch.way([(6.101, 46.203), (6.119, 46.203)], highway="primary_link", name="Avenue")
    sketch.way([(6.101, 46.202), (6.119, 46.202)], highway="footway")
    sketch.way([(6.101, 46.2015), (6.119, 46.2015)], highway="steps", name="Degrés")
    sketch.square(6.103, 46.206, highway="pedestrian", area="yes", name="Place")
    found = {f["properties"]["name"]: f for f in build()["streets"]}
    assert {name: f["properties"]["class"] for name, f in found.items()} == {
        "Avenue": "major",
        "Degrés": "path",
        "Place": "minor",
        "Rue Haute": "minor",
    }
    assert len(found["Place"]["geometry"]["coordinates"]) == 5


def test_pieces_of_one_street_are_joined(sketch: Sketch, build: Build) -> None:
    middle = sketch.node(6.11, 46.207)
    sketch.way([(6.105, 46.207), middle], highway="residential", name="Rue Basse")
    sketch.way([middle, (6.115, 46.207)], highway="residential", name="Rue Basse")
    pieces = [f for f in build()["streets"] if f["properties"]["name"] == "Rue Basse"]
    assert [len(piece["geometry"]["coordinates"]) for piece in pieces] == [3]


def test_a_tram_platform_is_nobody_s_street(sketch: Sketch, build: Build) -> None:
    sketch.way([(6.109, 46.20521), (6.111, 46.20521)], highway="platform", name="Arrêt Haut")
    sketch.node(6.11, 46.2052, shop="vacant")
    (place,) = build()["places"]
    assert place["properties"]["near_street"] == "Rue Haute"


def test_addresses_need_a_street_and_are_sorted_as_people_count(sketch: Sketch, build: Build, tmp_path: Path) -> None:
    for number in ("10", "2"):
        sketch.node(6.111, 46.2051, addr_housenumber=number, addr_street="Rue Haute")
    sketch.square(6.112, 46.2052, building="yes", addr_housenumber="4", addr_street="Rue Haute")
    sketch.node(6.111, 46.2051, addr_housenumber="7")
    assert build()["town"]["left_out"] == {"addresses without a street": 1}
    with (tmp_path / "out" / "addresses.csv").open(encoding="utf-8") as sheet:
        assert [row["number"] for row in csv.DictReader(sheet)] == ["2", "4", "10"]


def test_quarters_are_of_the_finest_level(sketch: Sketch, build: Build) -> None:
    limits = {"type": "boundary", "boundary": "administrative"}
    whole, part = sketch.square(6.101, 46.201, 0.008), sketch.square(6.102, 46.202, 0.003)
    sketch.relation({whole: "outer"}, **limits, admin_level="9", name="Arrondissement")
    sketch.relation({part: "outer"}, **limits, admin_level="10", name="Quartier")
    assert [area["properties"]["name"] for area in build()["areas"]] == ["Quartier"]


def test_without_level_ten_level_nine_serves(sketch: Sketch, build: Build) -> None:
    ring = sketch.square(6.101, 46.201, 0.008)
    tags = {"type": "boundary", "boundary": "administrative", "admin_level": "9", "name": "Arrondissement"}
    sketch.relation({ring: "outer"}, **tags)
    assert [area["properties"]["name"] for area in build()["areas"]] == ["Arrondissement"]


def test_the_basemap_shows_which_buildings_hold_shops(sketch: Sketch, build: Build, tmp_path: Path) -> None:
    sketch.square(6.110, 46.2052, building="yes")
    sketch.node(6.1105, 46.2056, shop="bakery")
    sketch.square(6.115, 46.2052, building="yes")
    sketch.square(6.103, 46.206, 0.002, leisure="park")
    sketch.square(6.103, 46.201, 0.002, natural="water", name="Étang")
    sketch.way([(6.101, 46.203), (6.119, 46.203)], highway="service")
    build()
    read = tmp_path / "out" / "basemap.pmtiles"
    assert {f["properties"]["commerce"] for f in features(read, "buildings", 16)} == {True, False}
    assert {f["properties"]["name"] for f in features(read, "water", 16)} == {"Étang"}
    assert features(read, "green", 14)
    assert {f["properties"].get("name") for f in features(read, "streets", 16)} == {"Rue Haute"}


def test_the_folder_carries_the_catalogue(build: Build, tmp_path: Path) -> None:
    build()
    assert (tmp_path / "out" / "catalogue.json").read_bytes() == CATALOGUE.read_bytes()


def test_the_same_extract_gives_the_same_folder_twice(sketch: Sketch, build: Build, tmp_path: Path) -> None:
    sketch.node(6.11, 46.2052, shop="vacant")
    build()
    first = {path.name: path.read_bytes() for path in (tmp_path / "out").iterdir()}
    build()
    assert {path.name: path.read_bytes() for path in (tmp_path / "out").iterdir()} == first


def test_what_was_made_and_left_out_is_said_on_the_screen(
    sketch: Sketch, build: Build, capsys: pytest.CaptureFixture[str]
) -> None:
    sketch.node(6.11, 46.2052, shop="vacant")
    sketch.node(6.111, 46.2051, addr_housenumber="7")
    build()
    said = capsys.readouterr().err
    assert "1 vacant units, 0 other premises" in said
    assert "left out: 1 addresses without a street" in said
