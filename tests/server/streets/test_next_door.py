"""The next door and the progress of a round, by the table that the phone is held to as well."""

import json
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from devanture.places.schemas import Place
from devanture.streets.rules import next_door, progress

TABLE: dict[str, Any] = json.loads((Path(__file__).parents[2] / "walking.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", TABLE["cases"], ids=[case["name"] for case in TABLE["cases"]])
def test_the_next_door(case: dict[str, Any]) -> None:
    places = [Place(id=uuid4(), **fields) for fields in TABLE["towns"][case["town"]]]
    here = next(place for place in places if place.ref == case["here"])
    answered = set(case["answered"])
    found, done = next_door(places, here, answered), progress(places, here, answered)
    assert (found and [found.place.ref, found.where, found.metres]) == case["next"]
    assert (done and [done.round, done.done, done.total, done.finished]) == case["progress"]
