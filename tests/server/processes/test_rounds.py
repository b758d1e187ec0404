"""Rounds: which door is next, how long is left, and how the street is drawn."""

import json
from pathlib import Path
from typing import Any

import pytest
from httpx2 import AsyncClient

from devanture.processes.rounds import minutes, next_of, next_round, rounds_of, spread, strip
from devanture.streets.bulk import StreetRow
from devanture.streets.rules import VACANT
from devanture.streets.walking import Door, turns
from tests.seed import LAT, LON, METRE, Seeded, opinion, send

TABLE: dict[str, Any] = json.loads((Path(__file__).parents[2] / "walking.json").read_text(encoding="utf-8"))


def door(ref: str, north_m: float = 0, **fields: Any) -> dict[str, Any]:
    view = {"ref": ref, "lon": LON, "lat": LAT + north_m * METRE, "vacant": True, "answered": None, "short": ref}
    return view | {"side": "left", "along_m": north_m, "street": "A"} | fields


def test_doors_are_gathered_in_the_order_they_come() -> None:
    doors = [door("1"), door("2", answered="une poissonnerie"), door("3", vacant=False), door("9", street="B C")]
    one, other = rounds_of(doors, "rue", lambda view: view["street"])
    assert (one["name"], one["done"], one["total"], one["left"]) == ("A", 1, 2, 1)
    assert other["url"] == "/rue/tournee?rue=B%20C"


@pytest.mark.parametrize("case", TABLE["minutes"], ids=[case["name"] for case in TABLE["minutes"]])
def test_how_long_what_is_left_takes(case: dict[str, Any]) -> None:
    doors = [one for one in TABLE["towns"][case["town"]] if one.get("round") == case["round"]]
    views = [one | {"vacant": one["state"] in VACANT, "answered": one["ref"] in case["answered"]} for one in doors]
    assert minutes(sorted(views, key=lambda view: view["step"])) == case["minutes"]


def test_a_round_is_cut_by_the_clock_that_it_shows() -> None:
    line = [(LON, LAT - 10 * METRE), (LON, LAT + 310 * METRE)]
    doors = [Door(f"{n:02}", LON + 4 * METRE, LAT + n * 27 * METRE, street="A") for n in range(12)]
    walked = turns(doors, [StreetRow("A", "minor", [line])], [])
    assert {turn.round for turn in walked} == {"A"}, "twelve doors on 297 metres are one round of about ten minutes"
    assert minutes([door(one.ref, lon=one.lon, lat=one.lat) for one in doors]) == 10


def test_the_next_door_comes_after_the_last_one_answered_and_over_the_start() -> None:
    doors = [door("1"), door("2", answered="x"), door("3", vacant=False), door("4")]
    following = [next_of(doors, last) for last in (None, "2", "4")]
    assert [one and one["ref"] for one in following] == ["1", "4", "1"]
    assert next_of([door("1", answered="x")], "1") is None


def test_after_a_round_the_nearest_one_with_something_left_comes() -> None:
    done = door("3", 50, street="done", answered="x")
    doors = [door("1"), door("2", 900, street="far"), done, door("4", 200, street="near")]
    rounds = rounds_of(doors, "rue", lambda view: view["street"])
    onward = next_round(rounds, rounds[0])
    assert onward is not None and onward["name"] == "near"
    assert next_round(rounds[:1], rounds[0]) is None


def test_the_drawing_sets_each_side_apart_and_each_door_where_it_stands() -> None:
    doors = [door("1"), door("2", 100), door("3", 50, side="right"), door("4", 60, side=None, vacant=False)]
    marks = {mark["door"]["ref"]: mark for mark in strip(doors, doors[1])}
    assert [marks[ref]["top"] for ref in "1234"] == [True, True, False, True]
    assert [marks[ref]["x"] for ref in "123"] == [26, 328, 177]
    assert [marks[ref]["kind"] for ref in "1234"] == ["open", "next", "open", "shut"]


def test_a_street_without_a_measure_is_drawn_in_equal_steps() -> None:
    doors = [door(ref, along_m=None) for ref in "12"]
    assert [mark["x"] for mark in strip(doors, None)] == [101.5, 252.5]


def test_tiles_never_touch_nor_leave_the_drawing() -> None:
    assert spread([30, 30, 30]) == [30, 70, 110]
    assert spread([320, 300, 325]) == [288, 248, 328]
    assert spread([]) == []
    many = spread([177.0] * 20)
    assert min(many) >= 25 and max(many) <= 328.1 and len(set(many)) == 20


pages = pytest.mark.anyio


@pages
async def test_without_an_answer_one_chooses_a_round(client: AsyncClient, town: Seeded) -> None:
    page = (await client.get("/rue/tournee")).text
    assert "Par où commencez-vous" in page and 'href="/rue/tournee?rue=Rue%20Cr%C3%A9billon"' in page


@pages
async def test_the_round_of_the_last_answer_comes_by_itself_with_its_next_door(
    client: AsyncClient, town: Seeded
) -> None:
    await client.get("/rue/?autour")
    await send(client, opinion("Q3", 1))
    await send(client, opinion("C12", 2))
    page = (await client.get("/rue/tournee")).text
    assert "1 sur 2 répondus" in page and "14, rue Crébillon" in page and "Votre souhait" in page
    assert "Par où commencez-vous" in (await client.get("/rue/tournee?rue=")).text


@pages
async def test_a_finished_round_says_so_and_leads_to_the_nearest_next(client: AsyncClient, town: Seeded) -> None:
    await client.get("/rue/?autour")
    await send(client, opinion("C12", 1))
    await send(client, opinion("C14", 2))
    page = (await client.get("/rue/tournee?rue=Rue Crébillon")).text
    assert "Tournée terminée." in page and "Tournée suivante" in page and "Quai de la Fosse" in page


@pages
async def test_an_unknown_street_is_not_found(client: AsyncClient, town: Seeded) -> None:
    assert (await client.get("/rue/tournee?rue=Rue Perdue")).status_code == 404
