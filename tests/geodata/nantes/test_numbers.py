"""House numbers of one street drawn by hand: it runs east, houses stand ten metres to each side."""

import pytest
from shapely import LineString, box

from geodata.nantes.bdtopo import Bank, Building, Segment
from geodata.nantes.numbers import doors, numbers

NONE = Bank("", "", "")
ODD, EVEN = Bank("R HAUTE", "1", "7"), Bank("R HAUTE", "2", "8")
NORTH = Building("n", box(0, 10, 100, 20), commerce=True)
SOUTH = Building("s", box(0, -20, 100, -10), commerce=False)


def segment(left: Bank = NONE, right: Bank = NONE, start: float = 0, end: float = 100) -> Segment:
    line = LineString([(start, 0), (end, 0)])
    return Segment(line, "Route à 1 chaussée", 5, 0, 4.0, left, right)


def test_one_parity_steps_by_two_and_spreads_evenly() -> None:
    assert list(numbers(ODD)) == [(1, 0.125), (3, 0.375), (5, 0.625), (7, 0.875)]


def test_numbers_may_fall_along_the_line() -> None:
    assert [number for number, _ in numbers(Bank("R HAUTE", "8", "2"))] == [8, 6, 4, 2]


def test_ends_of_both_parities_step_by_one() -> None:
    assert [number for number, _ in numbers(Bank("PL HAUTE", "3", "6"))] == [3, 4, 5, 6]


@pytest.mark.parametrize(("first", "last"), [("", ""), ("1", ""), ("0", "0"), ("XX", "7"), ("1", "2001")])
def test_a_side_without_a_sound_range_has_no_numbers(first: str, last: str) -> None:
    assert list(numbers(Bank("R HAUTE", first, last))) == []


def test_letters_after_a_number_are_left_aside() -> None:
    assert [number for number, _ in numbers(Bank("R HAUTE", "11BIS", "13T"))] == [11, 13]


def test_odd_numbers_stand_on_the_left_wall_and_even_ones_on_the_right() -> None:
    found = {d.number: d for d in doors([segment(ODD, EVEN)], [NORTH, SOUTH])}
    assert {n: (d.point.x, d.point.y) for n, d in found.items() if n in (1, 8)} == {
        1: (12.5, 10.0),
        8: (87.5, -10.0),
    }
    assert {found[n].building for n in (1, 3, 5, 7)} == {0}
    assert {found[n].building for n in (2, 4, 6, 8)} == {1}


def test_the_label_lies_behind_the_wall() -> None:
    [door] = doors([segment(Bank("R HAUTE", "1", "1"))], [NORTH])
    assert (door.label.x, door.label.y) == (50.0, 13.0)


def test_a_plot_without_a_house_has_its_number_at_the_kerb() -> None:
    [door] = doors([segment(Bank("R HAUTE", "1", "1"))], [SOUTH])
    assert (door.point.y, door.building) == (6.0, None)


def test_a_number_given_twice_keeps_the_nearer_wall() -> None:
    twice = [segment(Bank("R HAUTE", "1", "1"), start=200, end=300), segment(Bank("R HAUTE", "1", "1"))]
    [door] = doors(twice, [NORTH])
    assert (door.number, door.point.x) == (1, 50.0)


def test_the_street_is_named_as_on_its_sign() -> None:
    [door] = doors([segment(Bank("PL DE LA BONDE", "1", "1"))], [NORTH])
    assert door.street == "Place de la Bonde"
