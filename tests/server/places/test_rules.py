"""How a place is called."""

from typing import Any
from uuid import uuid4

import pytest

from devanture.activities.schemas import Activity
from devanture.places.rules import hint, street_order, title
from devanture.places.schemas import Neighbour, Place

ONE = {"fr": "une pharmacie", "en": "a pharmacy"}
KNOWN = {"pharmacy": Activity("pharmacy", "care", ONE, ONE, "i", {}, False)}


def place(**fields: Any) -> Place:
    known: dict[str, Any] = {"id": uuid4(), "ref": "R", "kind": "premises", "state": "vacant", "lon": 0.0, "lat": 0.0}
    return Place(**(known | fields))


@pytest.mark.parametrize(
    ("fields", "french", "english"),
    [
        ({"number": "12", "street": "Rue Crébillon"}, "12, rue Crébillon", "12 Rue Crébillon"),
        ({"number": "3 bis", "street": "Quai de la Fosse"}, "3 bis, quai de la Fosse", "3 bis Quai de la Fosse"),
        ({"number": "1", "street": "Bouffay"}, "1, Bouffay", "1 Bouffay"),
        ({"street": "Rue Crébillon"}, "Rue Crébillon", "Rue Crébillon"),
        ({"near_street": "Rue Crébillon"}, "Près de la rue Crébillon", "Near Rue Crébillon"),
        ({"near_street": "Quai Turenne"}, "Près du quai Turenne", "Near Quai Turenne"),
        ({"near_street": "Avenue Camus"}, "Près de l’avenue Camus", "Near Avenue Camus"),
        ({"near_street": "Bouffay"}, "Près de Bouffay", "Near Bouffay"),
        ({"name": "Ancienne maroquinerie"}, "Ancienne maroquinerie", "Ancienne maroquinerie"),
        ({}, "Local vacant", "Vacant premises"),
        (
            {"kind": "spot", "number": "14", "street": "Rue Crébillon", "near_street": "Quai Turenne"},
            "Devant le 14, rue Crébillon",
            "Outside 14 Rue Crébillon",
        ),
        (
            {"kind": "spot", "street": "Rue Crébillon", "near_street": "Place Royale"},
            "Rue Crébillon, près de la place Royale",
            "Rue Crébillon, near Place Royale",
        ),
        ({"kind": "spot", "street": "Rue Crébillon"}, "Rue Crébillon", "Rue Crébillon"),
        ({"kind": "spot", "near_street": "Quai Turenne"}, "Près du quai Turenne", "Near Quai Turenne"),
        ({"kind": "spot"}, "Un point sur la carte", "A point on the map"),
        (
            {"kind": "site", "name": "Square Daviais", "street": "Rue X", "number": "1"},
            "Square Daviais",
            "Square Daviais",
        ),
    ],
)
def test_a_place_is_called_by_what_is_known_of_it(fields: dict[str, Any], french: str, english: str) -> None:
    assert (title(place(**fields), "fr"), title(place(**fields), "en")) == (french, english)


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"left": Neighbour("A"), "right": Neighbour("B")}, "entre A et B"),
        ({"left": Neighbour(None, "pharmacy"), "right": Neighbour("B", "x")}, "entre une pharmacie et B"),
        ({"right": Neighbour("B")}, "à côté de B"),
        ({"left": Neighbour(None, "unknown"), "name": "ancien bar", "street": "Rue C"}, "ancien bar"),
        ({"name": "ancien bar"}, ""),
        ({"left": Neighbour("A"), "right": Neighbour("B"), "name": "ancien bar", "near_street": "Rue C"},
         "entre A et B · ancien bar"),
        ({"right": Neighbour("B"), "name": "ancien bar", "street": "Rue C"}, "à côté de B · ancien bar"),
        ({"right": Neighbour("B"), "name": "ancien bar", "street": "Rue C", "number": "1"}, "à côté de B"),
        ({}, ""),
        ({"kind": "site", "name": "Square"}, ""),
        ({"kind": "site", "name": "Square", "near_street": "Rue C"}, "près de la rue C"),
        ({"kind": "site", "name": "Square C", "near_street": "Square C"}, ""),
        ({"kind": "spot", "street": "Rue D", "number": "1", "near_street": "Rue C"}, "près de la rue C"),
        ({"kind": "spot", "street": "Rue D", "near_street": "Rue C"}, ""),
    ],
)  # fmt: skip
def test_neighbours_tell_one_door_from_the_next(fields: dict[str, Any], words: str) -> None:
    assert hint(place(**fields), KNOWN, "fr") == words


def test_numbers_follow_each_other_as_on_the_wall() -> None:
    numbers = ["2", "10", "12", "12 bis", "12 ter", "100"]
    shuffled = [place(street="Rue A", number=number) for number in reversed(numbers)]
    assert [one.number for one in sorted(shuffled, key=street_order)] == numbers


def test_a_round_goes_before_the_numbers() -> None:
    doors = [place(street="Rue A", round="Rue A", step=step, number=number) for step, number in enumerate("1342")]
    doors.reverse()
    assert [one.number for one in sorted(doors, key=street_order)] == ["1", "3", "4", "2"]
