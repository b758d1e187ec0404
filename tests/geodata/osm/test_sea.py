"""The sea lies to the right of its shore; a shore that cannot be followed is said."""

from pathlib import Path

import pytest
import shapely
from shapely.geometry.base import BaseGeometry

from geodata.osm.extract import read
from geodata.osm.model import Extract
from tests.geodata.osm.sketch import EAST, NORTH, SOUTH, WEST, Sketch

SHORE = [(WEST - 0.001, 46.206), (6.11, 46.206), (EAST + 0.001, 46.206)]


def sea(extract: Extract) -> list[BaseGeometry]:
    return [element.shape for element in extract.elements if element.ref == "sea"]


@pytest.mark.parametrize(
    ("shore", "water"), [(SHORE, (WEST, SOUTH, EAST, 46.206)), (SHORE[::-1], (WEST, 46.206, EAST, NORTH))]
)
def test_water_is_on_the_right_of_the_coastline(
    sketch: Sketch, tmp_path: Path, shore: list[tuple[float, float]], water: tuple[float, ...]
) -> None:
    sketch.way(shore, natural="coastline")
    (found,) = sea(read(sketch.write(tmp_path / "coast.osm.pbf")))
    assert found.bounds == pytest.approx(water)


def test_a_shore_cut_between_two_nodes_is_led_on_to_the_edge(sketch: Sketch, tmp_path: Path) -> None:
    sketch.way([(WEST + 0.0005, 46.206), (6.11, 46.206), (EAST - 0.0005, 46.206)], natural="coastline")
    (found,) = sea(read(sketch.write(tmp_path / "coast.osm.pbf")))
    assert found.bounds == pytest.approx((WEST, SOUTH, EAST, 46.206))


def test_an_island_stays_dry(sketch: Sketch, tmp_path: Path) -> None:
    sketch.square(6.105, 46.2055, 0.002, natural="coastline")
    (found,) = sea(read(sketch.write(tmp_path / "island.osm.pbf")))
    assert not found.contains(shapely.Point(6.106, 46.2065))
    assert found.contains(shapely.Point(6.115, 46.203))


def test_a_shore_that_ends_in_the_middle_is_counted(sketch: Sketch, tmp_path: Path) -> None:
    far = 0.05
    sketch.square(WEST - far, SOUTH - far, 0.0001, building="yes")
    sketch.square(EAST + far, NORTH + far, 0.0001, building="yes")
    sketch.way([(WEST - 2 * far, 46.206), (6.11, 46.206)], natural="coastline")
    extract = read(sketch.write(tmp_path / "open.osm.pbf", boxed=False))
    assert sea(extract) == []
    assert extract.left_out["seas whose shore is cut open"] == 1


def test_a_shore_outside_the_box_brings_no_sea(sketch: Sketch, tmp_path: Path) -> None:
    sketch.way([(WEST, 46.3), (EAST, 46.3)], natural="coastline")
    extract = read(sketch.write(tmp_path / "inland.osm.pbf"))
    assert sea(extract) == []
    assert extract.left_out["seas whose shore is cut open"] == 0
