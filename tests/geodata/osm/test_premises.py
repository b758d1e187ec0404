"""Which units are vacant, which are shops, and what is known of each."""

from typing import Any

import pytest

from geodata.osm.premises import former_words
from tests.geodata.osm.conftest import Build
from tests.geodata.osm.sketch import Sketch

DOOR = (6.11, 46.2052)


def by_ref(features: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    return {feature["properties"]["ref"]: feature["properties"] for feature in features}


@pytest.mark.parametrize("tags", [{"shop": "vacant"}, {"disused_shop": "shoes"}, {"disused_amenity": "restaurant"}])
def test_a_closed_shop_is_a_vacant_place(sketch: Sketch, build: Build, tags: dict[str, str]) -> None:
    number = sketch.node(*DOOR, **tags)
    (place,) = build()["places"]
    assert place["geometry"] == {"type": "Point", "coordinates": [6.11, 46.2052]}
    assert place["properties"]["ref"] == f"n{number}"
    assert place["properties"]["kind"] == "premises"
    assert place["properties"]["state"] == "vacant"


def test_a_closed_shop_that_another_has_replaced_is_not_vacant(sketch: Sketch, build: Build) -> None:
    number = sketch.node(*DOOR, shop="bakery", disused_shop="shoes")
    town = build()
    assert town["places"] == []
    assert by_ref(town["supply"])[f"n{number}"]["activity"] == "bakery"


def test_a_closed_public_toilet_is_no_vacant_shop(sketch: Sketch, build: Build) -> None:
    sketch.node(*DOOR, disused_amenity="toilets")
    assert build()["places"] == []


def test_a_shop_without_number_keeps_its_point_and_the_nearest_street(sketch: Sketch, build: Build) -> None:
    sketch.node(*DOOR, shop="vacant")
    (place,) = build()["places"]
    assert "number" not in place["properties"]
    assert "street" not in place["properties"]
    assert place["properties"]["near_street"] == "Rue Haute"


def test_number_and_street_are_kept_as_written(sketch: Sketch, build: Build) -> None:
    sketch.node(*DOOR, shop="vacant", addr_housenumber="12 bis", addr_street="Rue Haute")
    (place,) = build()["places"]
    assert (place["properties"]["number"], place["properties"]["street"]) == ("12 bis", "Rue Haute")


def test_a_vacant_building_stands_as_a_point_inside_it(sketch: Sketch, build: Build) -> None:
    number = sketch.square(6.11, 46.2052, building="yes", shop="vacant")
    (place,) = build()["places"]
    lon, lat = place["geometry"]["coordinates"]
    assert place["properties"]["ref"] == f"w{number}"
    assert 6.11 < lon < 6.111
    assert 46.2052 < lat < 46.2062


def test_a_vacant_unit_drawn_as_a_relation_stands_beside_its_courtyard(sketch: Sketch, build: Build) -> None:
    outer, inner = sketch.square(6.11, 46.2052, 0.001), sketch.square(6.1104, 46.2056, 0.0002)
    number = sketch.relation({outer: "outer", inner: "inner"}, type="multipolygon", shop="vacant")
    (place,) = build()["places"]
    lon, lat = place["geometry"]["coordinates"]
    assert place["properties"]["ref"] == f"r{number}"
    assert not (6.1104 < lon < 6.1106 and 46.2056 < lat < 46.2058)


def test_neighbours_are_told_left_from_right_as_one_faces_the_door(sketch: Sketch, build: Build) -> None:
    sketch.node(6.1100, 46.2052, shop="vacant")
    sketch.node(6.1099, 46.2052, shop="optician", name="Optique Haute")
    sketch.node(6.1101, 46.2052, amenity="pharmacy", name="Pharmacie du Pont")
    (place,) = build()["places"]
    assert place["properties"]["left"] == {"name": "Optique Haute", "activity": "optician"}
    assert place["properties"]["right"] == {"name": "Pharmacie du Pont", "activity": "pharmacy"}


@pytest.mark.parametrize(
    ("tags", "hint"),
    [
        ({"disused_shop": "bakery"}, "ancienne boulangerie"),
        ({"disused_shop": "bicycle"}, "ancien magasin de vélos"),
        ({"shop": "vacant", "old_name": "Chez Paul"}, "Chez Paul"),
        ({"disused_shop": "yes"}, None),
    ],
)
def test_what_a_vacant_unit_was_is_its_hint(
    sketch: Sketch, build: Build, tags: dict[str, str], hint: str | None
) -> None:
    sketch.node(*DOOR, **tags)
    (place,) = build()["places"]
    assert place["properties"].get("name") == hint


def test_a_plural_has_no_former_form() -> None:
    assert former_words("des bancs") is None


def test_a_shop_of_unknown_type_is_kept_without_activity(sketch: Sketch, build: Build) -> None:
    number = sketch.node(*DOOR, shop="time_machines", name="Demain")
    properties = by_ref(build()["supply"])[f"n{number}"]
    assert "activity" not in properties
    assert properties["name"] == "Demain"
    assert properties["confirmed"] is False


def test_of_several_types_the_first_counts(sketch: Sketch, build: Build) -> None:
    sketch.node(*DOOR, shop="bakery;pastry")
    (shop,) = build()["supply"]
    assert shop["properties"]["activity"] == "bakery"


def test_the_day_seen_is_the_last_survey_else_the_day_of_the_data(sketch: Sketch, build: Build) -> None:
    surveyed = sketch.node(6.105, 46.2052, shop="bakery", check_date="2025-06-30")
    older = sketch.node(6.106, 46.2052, shop="bakery", check_date="spring")
    supply = by_ref(build()["supply"])
    assert supply[f"n{surveyed}"]["seen"] == "2025-06-30"
    assert supply[f"n{older}"]["seen"] == "2026-03-01"


def test_a_post_office_is_no_shop_and_that_is_said(sketch: Sketch, build: Build) -> None:
    sketch.node(*DOOR, amenity="post_office")
    sketch.node(*DOOR, amenity="bench")
    town = build()
    assert town["supply"] == []
    assert town["town"]["left_out"] == {"services that are not counted as shops": 1}


def test_what_lies_outside_the_box_is_not_asked_about(sketch: Sketch, build: Build) -> None:
    sketch.node(6.2, 46.3, shop="vacant")
    assert build()["places"] == []
