"""The small drawn maps: what they show, and how little they weigh."""

import gzip
import re
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from shapely import box

from devanture.basemap.marks import Disc, Marker, MarkerKind, disc_key
from devanture.basemap.static_map import draw_map
from geodata.basemap import write_basemap
from tests.server.basemap.conftest import BOUNDS

SVG = "{http://www.w3.org/2000/svg}"
NANTES = Path(__file__).parents[3] / "geodata" / "data" / "nantes" / "basemap.pmtiles"


def parsed(svg: str) -> ET.Element:
    return ET.fromstring(str(svg).replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1))


def classes(svg: str) -> list[str]:
    return [name for element in parsed(svg).iter() for name in element.get("class", "").split()]


def test_the_map_is_well_formed_and_carries_no_style_and_no_script(basemap: Path) -> None:
    svg = draw_map(basemap, BOUNDS, 390, 240, [Marker(2.004, 47.0, "12", url="/p/lieux/a")])
    root = parsed(svg)
    assert root.get("viewBox") == "0 0 390 240"
    assert not any("style" in element.attrib or element.tag == SVG + "script" for element in root.iter())


def test_each_layer_is_a_class_for_the_style_sheet(basemap: Path) -> None:
    found = classes(draw_map(basemap, BOUNDS, 390, 240))
    assert {"water", "buildings", "shops", "streets", "major", "minor", "name"} <= set(found)


def test_names_are_written_along_their_street_and_escaped(basemap: Path) -> None:
    root = parsed(draw_map(basemap, BOUNDS, 390, 240))
    named = {text.text: text.get("href", "")[1:] for text in root.iter(SVG + "textPath")}
    lines = {path.get("id"): path.get("d") for path in root.iter(SVG + "path") if path.get("id")}
    assert {"Rue <Longue> & Droite", "Rue du Nord"} <= set(named)
    assert all(lines[line] for line in named.values())


def test_a_street_too_short_or_too_crooked_for_its_name_stays_without(basemap: Path) -> None:
    svg = draw_map(basemap, BOUNDS, 390, 240)
    assert "Rue Courte" not in svg
    assert "Rue Tordue" not in svg


def test_a_pin_stands_where_its_place_is(basemap: Path) -> None:
    middle = Marker((BOUNDS[0] + BOUNDS[2]) / 2, (BOUNDS[1] + BOUNDS[3]) / 2, "12", "done", "/p/lieux/a")
    root = parsed(draw_map(basemap, BOUNDS, 400, 240, [middle]))
    pin = next(group for group in root.iter(SVG + "g") if "pin--done" in group.get("class", ""))
    x, y = (float(value) for value in re.findall(r"[\d.]+", pin.get("transform", "")))
    assert (x, y) == pytest.approx((200, 120), abs=0.2)
    assert [text.text for text in pin.iter(SVG + "text")] == ["12"]


def test_a_pin_leads_to_its_place_but_keys_have_the_list(basemap: Path) -> None:
    svg = draw_map(basemap, BOUNDS, 390, 240, [Marker(2.004, 47.0, "12", url='/p/lieux/a"b')])
    link = next(parsed(svg).iter(SVG + "a"))
    assert (link.get("href"), link.get("tabindex")) == ('/p/lieux/a"b', "-1")


@pytest.mark.parametrize("kind", ["vacant", "done", "site"])
def test_every_mark_carries_its_tick_for_the_phone_to_show(basemap: Path, kind: MarkerKind) -> None:
    near = [Marker(2.004 + i * 0.00002, 47.0, str(12 + i), kind) for i in range(2)]
    root = parsed(draw_map(basemap, BOUNDS, 390, 240, near))
    (pin,) = (group for group in root.iter(SVG + "g") if group.get("class") == f"pin pin--{kind}")
    assert [child.get("class") for child in pin] == [None, None, "tick"]
    marks = [one.get("class") for one in root.iter() if one.get("class")]
    assert marks[marks.index(f"dot dot--{kind}") + 1] == "tick", "the style sheet looks for it right after its dot"


def test_pins_that_would_cover_each_other_become_dots(basemap: Path) -> None:
    near = [Marker(2.004 + i * 0.00002, 47.0, str(i)) for i in range(5)]
    found = classes(draw_map(basemap, BOUNDS, 390, 240, near))
    assert (found.count("pin"), found.count("dot")) == (1, 4)


def test_places_outside_the_picture_are_left_out(basemap: Path) -> None:
    found = classes(draw_map(basemap, BOUNDS, 390, 240, [Marker(3.0, 47.0, "1"), Marker(2.004, 50.0, "2")]))
    assert "pin" not in found
    assert "dot" not in found


def test_a_long_number_is_a_plain_mark_on_its_pin(basemap: Path) -> None:
    svg = draw_map(basemap, BOUNDS, 390, 240, [Marker(2.004, 47.0, "128 bis")])
    assert "128 bis" not in svg
    assert 'class="pin pin--vacant"' in svg


def test_a_new_basemap_under_the_same_name_is_drawn_anew(basemap: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.pmtiles"
    copy.write_bytes(basemap.read_bytes())
    before = draw_map(copy, BOUNDS, 390, 240)
    write_basemap(copy, {"green": [(box(*BOUNDS), {})]}, BOUNDS, "invented")
    after = draw_map(copy, BOUNDS, 390, 240)
    assert "green" in classes(after)
    assert "green" not in classes(before)


def test_discs_grow_with_people_and_the_small_ones_stand_in_front(basemap: Path) -> None:
    discs = [Disc(2.003, 47.0, 5), Disc(2.004, 47.0, 400), Disc(2.005, 47.0, 100)]
    drawn = list(parsed(draw_map(basemap, BOUNDS, 390, 240, discs=discs)).iter(SVG + "circle"))
    assert [float(one.get("r", "")) for one in drawn] == [17.0, 8.5, 5.0]
    assert [one.get("class") for one in drawn] == ["disc disc--5", "disc disc--2", "disc disc--1"]


def test_the_key_says_from_how_many_people_on_a_disc_has_its_colour_and_size() -> None:
    key = disc_key([5, 400, 100])
    assert [(step.heat, step.persons) for step in key] == [(1, 5), (2, 43), (3, 111), (4, 196), (5, 293)]
    assert [step.radius for step in key] == sorted(step.radius for step in key)
    assert [(step.heat, step.persons) for step in disc_key([7])] == [(5, 7)]
    assert disc_key([]) == []


def test_street_names_lie_above_the_discs_and_below_the_pins(basemap: Path) -> None:
    svg = draw_map(basemap, BOUNDS, 390, 240, [Marker(2.004, 47.0, "12")], [Disc(2.005, 47.0, 3)])
    assert svg.index('class="disc') < svg.index('class="name"') < svg.index('class="pin')


def test_a_view_beyond_the_basemap_is_empty_ground(basemap: Path) -> None:
    assert classes(draw_map(basemap, (10.0, 10.0, 10.01, 10.01), 390, 240)) == ["map"]


@pytest.mark.parametrize(
    "view", [(-1.5536, 47.2158, 440.0), (-1.5598, 47.2133, 900.0), (-1.575, 47.206, -1.542, 47.224)]
)
def test_central_nantes_fits_a_phone_s_first_load(view: tuple[float, float, float]) -> None:
    svg = draw_map(NANTES, view, 390, 240, [Marker(-1.5536, 47.2158, "12")])
    assert len(svg) < 60_000
    assert len(gzip.compress(svg.encode())) < 20_000
