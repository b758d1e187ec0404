"""Extracts that are cut open, wrong or empty: they work, or say in one sentence why not."""

import os
import stat
from pathlib import Path

import pytest
from shapely.geometry import shape

from geodata.__main__ import main as geodata
from geodata.errors import GeodataError
from geodata.osm import main
from geodata.osm.extract import read
from tests.geodata.osm.conftest import Build
from tests.geodata.osm.sketch import EAST, NORTH, SOUTH, WEST, Sketch, street

GONE = 999_999


def test_a_street_with_a_missing_node_keeps_what_is_known_and_bridges_no_gap(sketch: Sketch, build: Build) -> None:
    corners: list[tuple[float, float] | int] = [
        (6.101, 46.207),
        (6.102, 46.207),
        GONE,
        (6.108, 46.207),
        (6.109, 46.207),
    ]
    sketch.way(corners, highway="residential", name="Rue Trouée")
    town = build()
    pieces = [shape(f["geometry"]) for f in town["streets"] if f["properties"]["name"] == "Rue Trouée"]
    assert sorted(piece.bounds[::2] for piece in pieces) == [(6.101, 6.102), (6.108, 6.109)]
    assert town["town"]["left_out"] == {"ways with missing nodes": 1}


def test_a_street_of_which_one_point_is_left_is_counted(sketch: Sketch, build: Build) -> None:
    sketch.way([(6.101, 46.207), GONE], highway="residential", name="Rue Perdue")
    town = build()
    assert {f["properties"]["name"] for f in town["streets"]} == {"Rue Haute"}
    assert town["town"]["left_out"]["streets cut down to a point"] == 1


def test_a_building_with_a_missing_corner_is_left_out_and_counted(sketch: Sketch, build: Build) -> None:
    first = sketch.node(6.11, 46.2052)
    sketch.way([first, (6.111, 46.2052), GONE, first], building="yes", shop="vacant")
    town = build()
    assert town["places"] == []
    assert town["town"]["left_out"] == {"areas cut open": 1, "ways with missing nodes": 1}


def test_a_relation_without_any_of_its_ways_is_counted(sketch: Sketch, build: Build) -> None:
    sketch.relation({GONE: "outer"}, type="multipolygon", natural="water")
    assert build()["town"]["left_out"] == {"relations without their ways": 1}


def test_a_quarter_that_leaves_the_extract_ends_at_its_edge(sketch: Sketch, build: Build) -> None:
    there = sketch.way([(6.1001, 46.206), (6.104, 46.206), (6.104, 46.2098)], boundary="administrative")
    sketch.relation(
        {there: "outer", GONE: "outer"}, type="boundary", boundary="administrative", admin_level="10", name="Le Coin"
    )
    (quarter,) = build()["areas"]
    assert quarter["properties"] == {"ref": "r1", "name": "Le Coin"}
    outline = shape(quarter["geometry"])
    assert outline.is_valid
    assert outline.bounds == pytest.approx((6.10, 46.206, 6.104, 46.21), abs=2e-4)


def test_the_place_node_says_which_side_is_the_quarter(sketch: Sketch, build: Build) -> None:
    there = sketch.way([(6.104, SOUTH), (6.104, NORTH)])
    sketch.relation({there: "outer"}, type="boundary", boundary="administrative", admin_level="10", name="Grand-Est")
    sketch.node(6.115, 46.203, place="quarter", name="Grand-Est")
    (quarter,) = build()["areas"]
    assert shape(quarter["geometry"]).bounds[0] == pytest.approx(6.104)


def test_a_lake_that_leaves_the_extract_lies_where_fewer_houses_stand(sketch: Sketch, tmp_path: Path) -> None:
    shore = sketch.way([(6.104, SOUTH), (6.104, NORTH)])
    sketch.relation({shore: "outer"}, type="multipolygon", natural="water", name="Le Lac")
    sketch.square(6.101, 46.206, building="yes")
    sketch.square(6.102, 46.203, building="yes")
    (lake,) = [e for e in read(sketch.write(tmp_path / "lake.osm.pbf")).elements if e.ref == "r1"]
    assert lake.shape.bounds == pytest.approx((6.104, SOUTH, EAST, NORTH))


def test_an_outline_with_an_end_in_the_middle_is_left_out(sketch: Sketch, build: Build, tmp_path: Path) -> None:
    sketch.square(WEST - 0.05, SOUTH - 0.05, 0.0001, building="yes")
    open_end = sketch.way([(WEST - 0.05, 46.2), (6.11, 46.205)])
    sketch.relation({open_end: "outer"}, type="boundary", boundary="administrative", admin_level="10", name="Ouvert")
    wide = tmp_path / "wide.osm.pbf"
    sketch.square(EAST + 0.05, NORTH + 0.05, 0.0001, building="yes")
    sketch.write(wide, boxed=False)
    main([str(wide), "--out", str(tmp_path / "wide")])
    assert '"relations cut open": 1' in (tmp_path / "wide" / "town.json").read_text()


def test_an_extract_that_states_no_box_takes_the_data_s_own(tmp_path: Path) -> None:
    drawn = Sketch()
    street(drawn)
    extract = drawn.write(tmp_path / "no-box.osm.pbf", boxed=False)
    assert read(extract).bounds == pytest.approx((6.0995, 46.1995, 6.1205, 46.2105))


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "is empty"),
        (b"<osm version='0.6'></osm>", "is not an OpenStreetMap extract in the .pbf format"),
        (b"\x00\x00\x00\x0d\x0a\x09OSMHeader\x18\x64", "is damaged"),
    ],
)
def test_what_is_no_extract_is_refused_in_one_sentence(tmp_path: Path, content: bytes, why: str) -> None:
    wrong = tmp_path / "wrong.osm.pbf"
    wrong.write_bytes(content)
    with pytest.raises(GeodataError, match=rf"wrong\.osm\.pbf {why}"):
        main([str(wrong), "--out", str(tmp_path / "out")])


def test_an_extract_cut_off_half_way_is_damaged(tmp_path: Path, sketch: Sketch) -> None:
    for _ in range(3_000):
        sketch.node(6.11, 46.205, shop="bakery", name="Le Fournil")
    extract = sketch.write(tmp_path / "half.osm.pbf")
    extract.write_bytes(extract.read_bytes()[:-400])
    with pytest.raises(GeodataError, match=r"half\.osm\.pbf is damaged"):
        main([str(extract), "--out", str(tmp_path / "out")])
    assert not (tmp_path / "out" / "town.json").exists()


def test_an_extract_of_open_country_is_refused(tmp_path: Path) -> None:
    drawn = Sketch()
    drawn.node(6.11, 46.205, natural="peak")
    extract = drawn.write(tmp_path / "country.osm.pbf")
    with pytest.raises(GeodataError, match="holds no street, building, shop or address"):
        main([str(extract), "--out", str(tmp_path / "out")])


def test_a_missing_extract_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert geodata(["osm", str(tmp_path / "none.osm.pbf"), "--out", str(tmp_path / "out")]) == 1
    assert "none.osm.pbf cannot be read: no such file or directory" in capsys.readouterr().err


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_without_the_right_to_write_is_named(tmp_path: Path, sketch: Sketch) -> None:
    locked = tmp_path / "locked"
    locked.mkdir()
    locked.chmod(stat.S_IRUSR | stat.S_IXUSR)
    with pytest.raises(GeodataError, match="locked cannot be written: permission denied"):
        main([str(sketch.write(tmp_path / "town.osm.pbf")), "--out", str(locked)])


def test_a_folder_that_is_a_file_is_named_before_the_extract_is_read(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(GeodataError, match="file cannot be written: file exists"):
        main([str(tmp_path / "none.osm.pbf"), "--out", str(tmp_path / "file")])
