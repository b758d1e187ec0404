"""How a place is called."""

from typing import Any
from uuid import uuid4

import pytest

from devanture.activities.schemas import Activity
from devanture.places.rules import hint, street_order, title
from devanture.places.schemas import Neighbour, Place
from devanture.places.views import next_place

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
    ],
)  # fmt: skip
def test_neighbours_tell_one_door_from_the_next(fields: dict[str, Any], words: str) -> None:
    assert hint(place(**fields), KNOWN, "fr") == words


def test_numbers_follow_each_other_as_on_the_wall() -> None:
    numbers = ["2", "10", "12", "12 bis", "12 ter", "100"]
    shuffled = [place(street="Rue A", number=number) for number in reversed(numbers)]
    assert [one.number for one in sorted(shuffled, key=street_order)] == numbers


class Book:
    """As much of a rulebook as the next door needs."""

    def __init__(self, *places: Place) -> None:
        self.places = {one.ref: one for one in places}


def test_the_next_door_is_on_along_the_street_then_the_nearest_elsewhere() -> None:
    here = place(ref="a", street="Rue A", number="2")
    onward = place(ref="b", street="Rue A", number="8", lat=1.0)
    back = place(ref="c", street="Rue A", number="1", lat=0.1)
    elsewhere = place(ref="d", street="Rue B", number="1", lat=0.01)
    let = place(ref="e", street="Rue A", number="4", state="occupied")
    book: Any = Book(here, onward, back, elsewhere, let)
    answers: dict[str, Any] = {}
    assert next_place(book, here, answers) == onward
    assert next_place(book, here, {"b": 1}) == elsewhere  # type: ignore[dict-item]
    assert next_place(book, here, {"b": 1, "c": 1, "d": 1}) is None  # type: ignore[dict-item]
