"""A town of a few shapes, written and read back tile by tile."""

from pathlib import Path

import pytest
import shapely
from shapely import LinearRing, LineString, Point, Polygon, box
from shapely.geometry import shape

from geodata.basemap import Feature, write_basemap
from geodata.errors import GeodataError
from tests.geodata.tiles import features, header_and_metadata, tiles

BOUNDS = (-1.57, 47.20, -1.54, 47.22)
HOUSE = box(-1.5561, 47.2121, -1.5558, 47.2123)
SHED = box(-1.55500, 47.21200, -1.55498, 47.21201)
STREET = [
    LineString([(-1.560, 47.212), (-1.556, 47.213)]),
    LineString([(-1.552, 47.214), (-1.556, 47.213)]),
]


def town() -> dict[str, list[Feature]]:
    streets = [(line, {"name": "Rue Crébillon", "class": "minor"}) for line in STREET]
    path = (LineString([(-1.560, 47.214), (-1.556, 47.214)]), {"name": "Passage", "class": "path"})
    return {
        "water": [(box(-1.60, 47.203, -1.50, 47.205), {"name": "La Loire"})],
        "buildings": [(HOUSE, {"commerce": True}), (SHED, {"commerce": False})],
        "streets": [*streets, path],
        "areas": [(Point(-1.556, 47.212), {"name": "Centre"})],
        "numbers": [(Point(-1.556, 47.2125), {"number": "12 bis"})],
    }


@pytest.fixture
def basemap(tmp_path: Path) -> Path:
    path = tmp_path / "basemap.pmtiles"
    write_basemap(path, town(), BOUNDS, "© IGN")
    return path


def test_the_file_says_what_it_holds_and_whom_to_credit(basemap: Path) -> None:
    header, metadata = header_and_metadata(basemap)
    assert (header["min_zoom"], header["max_zoom"]) == (12, 16)
    assert metadata["attribution"] == "© IGN"
    assert [layer["id"] for layer in metadata["vector_layers"]] == [
        "water",
        "buildings",
        "streets",
        "areas",
        "numbers",
    ]


def test_layers_begin_at_the_zoom_of_the_format(basemap: Path) -> None:
    shown = {z: {name for (zoom, _, _), t in tiles(basemap).items() if zoom == z for name in t} for z in range(12, 17)}
    assert shown[12] == {"water", "areas"}
    assert shown[13] == {"water", "areas", "streets"}
    assert shown[14] == shown[15] == {"water", "areas", "streets", "buildings"}
    assert shown[16] == shown[15] | {"numbers"}


def test_properties_keep_their_values_and_kinds(basemap: Path) -> None:
    assert {f["properties"]["commerce"] for f in features(basemap, "buildings", 16)} == {True}
    assert {f["properties"]["number"] for f in features(basemap, "numbers", 16)} == {"12 bis"}
    assert {f["properties"]["name"] for f in features(basemap, "water", 16)} == {"La Loire"}


def test_a_shed_smaller_than_a_dot_is_dropped(basemap: Path) -> None:
    assert len(features(basemap, "buildings", 14)) == 1


def test_the_segments_of_a_street_are_joined_so_that_its_name_has_room(basemap: Path) -> None:
    [street] = [f for f in features(basemap, "streets", 13) if f["properties"]["name"] == "Rue Crébillon"]
    assert street["geometry"]["type"] == "LineString"


def test_a_path_appears_later_than_a_street(basemap: Path) -> None:
    assert {f["properties"]["class"] for f in features(basemap, "streets", 13)} == {"minor"}
    assert {f["properties"]["class"] for f in features(basemap, "streets", 14)} == {"minor", "path"}


def test_a_house_lies_where_it_stands_within_half_a_metre(basemap: Path) -> None:
    side = 1 << 16
    found = []
    for (z, x, _), tile in tiles(basemap).items():
        for f in tile.get("buildings", {"features": []})["features"] if z == 16 else []:
            corner = shapely.bounds(shape(f["geometry"]))
            found.append((x + corner[0] / 4096) / side * 360 - 180)
    assert min(found) == pytest.approx(-1.5561, abs=0.5 / 75_000)


def test_outer_rings_run_clockwise_on_the_screen(basemap: Path) -> None:
    rings = [LinearRing(f["geometry"]["coordinates"][0]) for f in features(basemap, "water", 16)]
    # With y running down, clockwise on the screen is counter-clockwise on paper.
    assert rings
    assert all(ring.is_ccw for ring in rings)


def test_shapes_stop_at_the_tile_and_its_margin(basemap: Path) -> None:
    edges = [shape(f["geometry"]).bounds for f in features(basemap, "water", 15)]
    assert min(e[0] for e in edges) >= -64
    assert max(e[2] for e in edges) <= 4096 + 64


def test_writing_twice_gives_the_same_bytes(basemap: Path, tmp_path: Path) -> None:
    again = tmp_path / "again.pmtiles"
    write_basemap(again, town(), BOUNDS, "© IGN")
    assert again.read_bytes() == basemap.read_bytes()


def test_a_bow_tie_is_drawn_rather_than_fatal(tmp_path: Path) -> None:
    tie = Polygon([(-1.556, 47.212), (-1.555, 47.213), (-1.555, 47.212), (-1.556, 47.213)])
    path = tmp_path / "basemap.pmtiles"
    write_basemap(path, {"buildings": [(tie, {"commerce": False})]}, BOUNDS, "")
    assert features(path, "buildings", 16)


def test_a_town_with_nothing_to_draw_is_told_so(tmp_path: Path) -> None:
    with pytest.raises(GeodataError, match=r"basemap\.pmtiles: nothing to draw inside -1\.57"):
        write_basemap(tmp_path / "basemap.pmtiles", {}, BOUNDS, "")
