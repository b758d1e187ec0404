"""Where street names are laid."""

import math

from shapely import LineString, box

from devanture.basemap.frame import Frame
from devanture.basemap.labels import place_labels
from devanture.basemap.tiles import Feature

FRAME = Frame(0, 0, 1, 400, 300)


def street(name: str, *points: tuple[float, float], wide: str = "minor") -> Feature:
    return Feature(LineString(points), {"name": name, "class": wide})


def names(*streets: Feature, taken: tuple[object, ...] = (), most: int = 9) -> list[str]:
    return [label.name for label in place_labels(streets, FRAME, taken, most)]  # type: ignore[arg-type]


def test_two_streets_that_run_into_one_another_share_no_ground() -> None:
    labels = place_labels(
        [street("Rue A", (10, 100), (390, 100)), street("Rue B", (10, 104), (390, 104))], FRAME, [], 9
    )
    first, second = (label.line.buffer(7, cap_style="flat") for label in labels)
    assert not first.intersects(second)


def test_a_name_gives_way_to_a_pin() -> None:
    assert names(street("Rue Scribe", (100, 100), (180, 100)), taken=(box(120, 80, 160, 120),)) == []


def test_wide_streets_are_named_before_long_ones() -> None:
    long, wide = street("Rue Longue", (10, 50), (390, 50)), street("Cours", (10, 90), (150, 90), wide="major")
    assert names(long, wide, most=1) == ["Cours"]


def test_segments_of_one_street_are_one_line() -> None:
    halves = street("Rue de Strasbourg", (50, 100), (110, 100)), street("Rue de Strasbourg", (110.2, 100.1), (170, 100))
    assert names(*halves) == ["Rue de Strasbourg"]


def test_a_name_may_reach_a_little_past_a_short_street_but_not_far() -> None:
    need = len("Rue Boileau") * 12 * 0.53
    assert names(street("Rue Boileau", (100, 100), (100 + need * 0.8, 100))) == ["Rue Boileau"]
    assert names(street("Rue Boileau", (100, 100), (100 + need * 0.5, 100))) == []


def test_a_name_reads_from_left_to_right_whatever_way_its_street_was_drawn() -> None:
    (label,) = place_labels([street("Rue Scribe", (300, 100), (100, 140))], FRAME, [], 9)
    assert label.line.coords[0][0] < label.line.coords[-1][0]


def test_a_name_on_an_upright_street_reads_upwards() -> None:
    (label,) = place_labels([street("Rue Scribe", (100, 20), (102, 280))], FRAME, [], 9)
    assert label.line.coords[0][1] > label.line.coords[-1][1]


def test_a_circle_is_named_only_where_it_is_nearly_straight() -> None:
    small = [(200 + 20 * math.cos(a / 5), 150 + 20 * math.sin(a / 5)) for a in range(32)]
    assert names(street("Place Graslin", *small)) == []


def test_streets_without_name_are_left_alone() -> None:
    assert names(Feature(LineString([(10, 10), (390, 10)]), {"class": "major"})) == []
