"""Rounds on streets drawn by hand, in metres east and north of a corner: which doors, in which order."""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from devanture.streets.axis import flat
from devanture.streets.bulk import AddressRow, StreetRow
from devanture.streets.names import key
from devanture.streets.walking import Door, Turn, turns

LAT = 47.0
SCALE = flat(LAT)
Spot = tuple[float, float]


def at(spot: Spot) -> Spot:
    lon, lat = np.array(spot) / SCALE + (0.0, LAT)
    return float(lon), float(lat)


def street(name: str, *lines: Sequence[Spot]) -> StreetRow:
    return StreetRow(name, "minor", [[at(spot) for spot in line] for line in lines])


def door(ref: str, spot: Spot, number: str | None = None, **said: str) -> Door:
    lon, lat = at(spot)
    return Door(ref, lon, lat, number, **said)


def address(name: str, number: str, spot: Spot) -> AddressRow:
    return AddressRow(name, number, *at(spot))


def order(doors: Sequence[Door], *streets: StreetRow, numbers: Sequence[AddressRow] = ()) -> list[str]:
    """The references as they are walked."""
    return [turn.ref for turn in turns(doors, streets, numbers)]


def by_ref(doors: Sequence[Door], *streets: StreetRow) -> dict[str, Turn]:
    return {turn.ref: turn for turn in turns(doors, streets, ())}


EAST = [(0.0, 0.0), (200.0, 0.0)]
ROW = [door("n1", (40, 8)), door("n2", (100, 8)), door("n3", (160, 8)), door("s1", (50, -8)), door("s2", (150, -8))]


@pytest.mark.parametrize("line", [EAST, EAST[::-1]])
def test_a_street_is_walked_up_one_side_and_back_down_the_other(line: list[Spot]) -> None:
    assert order(ROW, street("Rue Haute", line)) == ["n1", "n2", "n3", "s2", "s1"]
    found = by_ref(ROW, street("Rue Haute", line))
    assert [found[ref].side for ref in ("n1", "s1")] == ["left", "right"]
    assert [found[ref].along_m for ref in ("n1", "n3", "s2")] == pytest.approx([40, 160, 150], abs=1)


def test_it_begins_where_the_house_numbers_are_low_and_on_their_side() -> None:
    numbers = [address("Rue Haute", n, spot) for n, spot in (("1", (190, 8)), ("2", (185, -8)), ("30", (5, -8)))]
    assert order(ROW, street("Rue Haute", EAST), numbers=numbers) == ["n3", "n2", "n1", "s1", "s2"]
    numbers[0] = address("Rue Haute", "3", (190, 8))
    assert order(ROW, street("Rue Haute", EAST), numbers=numbers) == ["s2", "s1", "n1", "n2", "n3"]


def test_the_doors_own_numbers_serve_where_there_are_no_addresses() -> None:
    doors = [door("low", (160, 8), "2"), door("high", (40, 8), "12 bis")]
    assert order(doors, street("Rue Haute", EAST)) == ["low", "high"]


def test_where_only_the_way_back_has_doors_they_are_walked_from_the_low_numbers() -> None:
    doors = [door("a", (40, -8)), door("b", (100, -8))]
    assert order(doors, street("Quai", EAST)) == ["a", "b"]


def test_pieces_that_do_not_touch_are_one_walk() -> None:
    pieces = street("Rue Haute", [(0, 0), (90, 0)], [(200, 3), (110, 3)])
    assert order(ROW, pieces) == ["n1", "n2", "n3", "s2", "s1"]


@pytest.mark.parametrize(
    "lines",
    [
        [[(0, 5), (200, 5)], [(200, -5), (0, -5)]],
        [[(0, 5), (200, 5), (210, 0), (200, -5), (0, -5)]],
        [[(0, 5), (100, 5), (200, 5)], [(0, -5), (100, -5), (200, -5)], [(100, 5), (100, -5)], [(0, 5), (0, -5)]],
    ],
    ids=["apart", "joined at one end", "a ladder"],
)
def test_two_carriageways_are_one_street(lines: list[list[Spot]]) -> None:
    far = [door(one.ref, (one.lon * SCALE[0], (one.lat - LAT) * SCALE[1] * 2)) for one in ROW]
    assert order(far, street("Boulevard", *lines)) == ["n1", "n2", "n3", "s2", "s1"]
    found = by_ref(far, street("Boulevard", *lines))
    assert found["s2"].along_m == pytest.approx(150, abs=12)
    assert {ref[0]: turn.side for ref, turn in found.items()} == {"n": "left", "s": "right"}


def test_a_side_arm_is_walked_into_and_out_again() -> None:
    arm = [door("west", (92, 40)), door("east", (108, 40))]
    assert order([*ROW, *arm], street("Cité", EAST, [(100, 0), (100, 60)])) == [
        "n1", "n2", "west", "east", "n3", "s2", "s1"
    ]  # fmt: skip


def test_a_dead_end_is_walked_round_its_head() -> None:
    doors = [door("left", (150, 8)), door("head", (212, 0)), door("right", (150, -8))]
    assert order(doors, street("Impasse", EAST)) == ["left", "head", "right"]


SQUARE = [(0.0, 0.0), (60.0, 0.0), (60.0, 60.0), (0.0, 60.0), (0.0, 0.0)]
CORNERS = [door("west", (-8, 30)), door("north", (30, 68)), door("east", (68, 30)), door("south", (30, -8))]


def test_a_square_is_walked_once_round_from_its_lowest_number() -> None:
    north, east, south, west = (25, 68), (68, 40), (30, -8), (-8, 30)
    clockwise = [address("Place", str(1 + 4 * n), spot) for n, spot in enumerate((north, east, south, west))]
    assert order(CORNERS, street("Place", SQUARE), numbers=clockwise) == ["north", "east", "south", "west"]
    backwards = [address("Place", str(1 + 4 * n), spot) for n, spot in enumerate((north, west, south, east))]
    assert order(CORNERS, street("Place", SQUARE), numbers=backwards) == ["west", "south", "east", "north"]


def test_a_curve_is_measured_along_its_bend() -> None:
    bend = street("Montée", [(0, 0), (100, 0), (100, 100)])
    found = by_ref([door("a", (50, -8)), door("b", (108, 50))], bend)
    assert found["a"].side == found["b"].side
    assert abs((found["b"].along_m or 0) - (found["a"].along_m or 0)) == pytest.approx(100, abs=6)


def test_a_corner_shop_belongs_to_the_street_that_it_names() -> None:
    streets = street("Rue Haute", EAST), street("Rue Longue", [(100, 0), (100, 200)])
    corner = [
        door("named", (106, 6), street="rue longue"),
        door("nearest", (112, 5)),
        door("said", (106, 6), near_street="Rue Longue"),
    ]
    assert {ref: turn.round for ref, turn in by_ref(corner, *streets).items()} == {
        "named": "Rue Longue", "nearest": "Rue Haute", "said": "Rue Longue"
    }  # fmt: skip


def test_a_door_far_from_every_line_is_walked_by_its_number_and_one_without_street_not_at_all() -> None:
    doors = [door("b", (0, 900), "10", street="Hameau"), door("a", (9, 900), "9", street="Hameau"), door("c", (0, 900))]
    assert [(t.ref, t.round, t.step, t.side) for t in turns(doors, [street("Rue Haute", EAST)], ())] == [
        ("a", "Hameau", 0, None), ("b", "Hameau", 1, None)
    ]  # fmt: skip


def test_a_name_that_stands_for_two_streets_means_the_nearer() -> None:
    streets = street("Rue de la Gare", EAST), street("Rue de la Gare (2)", [(0, 3000), (200, 3000)])
    doors = [door("here", (50, 8), street="Rue de la Gare"), door("there", (50, 3008), street="Rue de la Gare")]
    rounds = {turn.ref: turn.round for turn in turns(doors, streets, ())}
    assert rounds == {"here": "Rue de la Gare", "there": "Rue de la Gare (2)"}


def test_a_long_street_is_several_rounds_that_keep_both_sides_together() -> None:
    line = street("Rue Longue", [(0, 0), (1000, 0)])
    doors = [door(f"{x:04}{side}", (x, 8 if side == "n" else -8)) for x in range(20, 1000, 60) for side in "ns"]
    rounds: dict[str, list[Turn]] = {}
    for turn in turns(doors, [line], ()):
        rounds.setdefault(turn.round, []).append(turn)
    count = len(rounds)
    assert list(rounds) == [f"Rue Longue ({n}/{count})" for n in range(1, count + 1)]
    ends = []
    for walked in rounds.values():
        places = [turn.along_m or 0 for turn in walked]
        assert len(walked) <= 12 and [turn.step for turn in walked] == list(range(len(walked)))
        assert {turn.side for turn in walked} == {"left", "right"}
        ends.append((min(places), max(places)))
    assert all(one[1] < other[0] for one, other in pairwise(ends))


def test_two_doors_a_quarter_of_an_hour_apart_are_two_rounds() -> None:
    line = street("Route", [(0, 0), (2000, 0)])
    assert {t.round for t in turns([door("a", (10, 8)), door("b", (1500, 8))], [line], ())} == {
        "Route (1/2)", "Route (2/2)"
    }  # fmt: skip


def test_a_street_drawn_as_a_point_or_twice_the_same_leads_nobody_astray() -> None:
    twice = street("Rue Haute", EAST, EAST, [(5, 5), (5, 5)])
    assert order(ROW, twice) == ["n1", "n2", "n3", "s2", "s1"]


spots = st.tuples(st.integers(-300, 300), st.integers(-300, 300))


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(spots, min_size=2, max_size=5), min_size=1, max_size=4), st.lists(spots, max_size=20))
def test_whatever_a_street_looks_like_every_door_has_one_turn(lines: list[list[Spot]], where: list[Spot]) -> None:
    doors = [door(str(number), spot, street="Rue") for number, spot in enumerate(where)]
    walked = turns(doors, [street("Rue", *lines)], [address("Rue", str(n), spot) for n, spot in enumerate(where)])
    assert sorted(turn.ref for turn in walked) == sorted(one.ref for one in doors)
    for name in {turn.round for turn in walked}:
        assert [turn.step for turn in walked if turn.round == name] == list(range(sum(t.round == name for t in walked)))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("rue Jean Gutenberg", "Rue Jean-Gutenberg"),
        ("RUE DE L’ÉGLISE", "Rue de l'Eglise"),
        ("Rue du Sacré Cœur", "rue du sacre coeur"),
    ],
)
def test_two_spellings_of_one_name_are_one(one: str, other: str) -> None:
    assert key(one) == key(other)
