"""Small streets drawn by hand: east and west, north and south, both sides, bent and cut in two."""

import pytest
from shapely import LineString

from geodata.folder import Address, Neighbour, Place, Shop, Street
from geodata.metres import scale
from geodata.neighbours import StreetIndex, with_neighbours

LAT = 47.0
EAST, NORTH = scale(LAT)


def at(east: float, north: float) -> tuple[float, float]:
    return east / EAST, LAT + north / NORTH


def street(name: str, *corners: tuple[float, float]) -> Street:
    return Street(name, "minor", LineString([at(*corner) for corner in corners]))


def door(east: float, north: float, own_street: str | None = None) -> Place:
    return Place(*at(east, north), ref="door", kind="premises", state="vacant", street=own_street)


def shop(name: str, east: float, north: float, own_street: str | None = None) -> Shop:
    return Shop(*at(east, north), ref=name, name=name, activity="bakery", street=own_street)


def names(place: Place) -> tuple[str | None, str | None]:
    return (place.left.name if place.left else None, place.right.name if place.right else None)


EASTWARD = [(0.0, 0.0), (200.0, 0.0)]
WESTWARD = list(reversed(EASTWARD))


@pytest.mark.parametrize("corners", [EASTWARD, WESTWARD])
def test_on_the_north_side_one_faces_north_and_the_east_is_at_the_right_hand(
    corners: list[tuple[float, float]],
) -> None:
    shops = [shop("west", 85, 6), shop("east", 112, 6)]
    [place] = with_neighbours([door(100, 6)], shops, [street("Rue Haute", *corners)])
    assert names(place) == ("west", "east")


@pytest.mark.parametrize("corners", [EASTWARD, WESTWARD])
def test_on_the_south_side_one_faces_south_and_the_east_is_at_the_left_hand(
    corners: list[tuple[float, float]],
) -> None:
    shops = [shop("west", 85, -6), shop("east", 112, -6)]
    [place] = with_neighbours([door(100, -6)], shops, [street("Rue Haute", *corners)])
    assert names(place) == ("east", "west")


def test_on_the_east_side_of_a_street_that_runs_north_the_south_is_at_the_right_hand() -> None:
    shops = [shop("north", 6, 110), shop("south", 6, 90)]
    [place] = with_neighbours([door(6, 100)], shops, [street("Rue Longue", (0, 0), (0, 200))])
    assert names(place) == ("north", "south")


def test_shops_across_the_street_are_no_neighbours() -> None:
    [place] = with_neighbours([door(100, 6)], [shop("across", 105, -6)], [street("Rue Haute", *EASTWARD)])
    assert names(place) == (None, None)


def test_the_nearest_of_two_shops_is_the_neighbour_and_one_too_far_is_none() -> None:
    shops = [shop("second", 125, 6), shop("first", 108, 6), shop("far", 40, 6)]
    [place] = with_neighbours([door(100, 6)], shops, [street("Rue Haute", *EASTWARD)])
    assert names(place) == (None, "first")


def test_a_shop_of_another_street_round_the_corner_is_no_neighbour() -> None:
    streets = [street("Rue Haute", (0, 0), (100, 0)), street("Rue Longue", (100, 0), (100, 100))]
    [place] = with_neighbours([door(85, 6)], [shop("corner", 94, 14)], streets)
    assert names(place) == (None, None)


def test_a_street_cut_in_two_pieces_drawn_against_each_other_is_one_street() -> None:
    pieces = [street("Rue Haute", (0, 0), (100, 0)), street("Rue Haute", (200, 0), (100, 0))]
    shops = [shop("west", 92, 6), shop("east", 110, 6)]
    [place] = with_neighbours([door(103, 6)], shops, pieces)
    assert names(place) == ("west", "east")


def test_the_street_that_a_door_names_goes_before_a_nearer_one() -> None:
    streets = [street("Rue Haute", (0, 0), (100, 0)), street("Passage", (0, 9), (100, 9))]
    [place] = with_neighbours([door(50, 6, "Rue Haute")], [shop("next", 60, 6, "Rue Haute")], streets)
    assert names(place) == (None, "next")


def test_a_door_without_a_street_is_told_the_nearest_one() -> None:
    [place] = with_neighbours([door(100, 6)], [], [street("Rue Haute", *EASTWARD)])
    assert place.near_street == "Rue Haute"


def test_a_door_far_from_every_street_stays_as_it_was() -> None:
    lonely = door(100, 500)
    assert with_neighbours([lonely], [], [street("Rue Haute", *EASTWARD)]) == [lonely]


def test_a_neighbour_keeps_what_is_known_of_it() -> None:
    nameless = Shop(*at(108, 6), ref="s", activity="bakery")
    [place] = with_neighbours([door(100, 6)], [nameless], [street("Rue Haute", *EASTWARD)])
    assert place.right == Neighbour(None, "bakery")


def test_a_frontage_tells_side_measure_and_distance() -> None:
    front = StreetIndex([street("Rue Haute", *EASTWARD)]).frontage(*at(150, 6))
    assert front is not None
    assert (front.street, front.side) == ("Rue Haute", "left")
    assert (front.measure, front.distance) == pytest.approx((150, 6), abs=0.1)


def test_a_shop_beyond_a_side_street_is_no_neighbour() -> None:
    streets = [street("Rue Haute", *EASTWARD), street("Rue Longue", (110, 0), (110, 100))]
    [place] = with_neighbours([door(100, 6)], [shop("beyond", 118, 6, "Rue Haute")], streets)
    assert names(place) == (None, None)


def test_a_shop_at_the_corner_is_a_neighbour_though_it_gives_on_the_other_street() -> None:
    streets = [street("Rue Haute", (0, 0), (120, 0)), street("Rue Longue", (120, 0), (120, 100))]
    [place] = with_neighbours([door(100, 8)], [shop("corner", 114, 9, "Rue Longue")], streets)
    assert names(place) == (None, "corner")


def test_a_shop_of_another_name_in_the_same_row_is_a_neighbour() -> None:
    streets = [street("Rue Haute", (0, 0), (105, 0)), street("Rue Haute-Neuve", (105, 0), (200, 0))]
    [place] = with_neighbours([door(100, 6)], [shop("next", 112, 6)], streets)
    assert names(place) == (None, "next")


def test_a_shop_at_the_back_of_a_thin_building_is_no_neighbour() -> None:
    streets = [street("Rue Haute", *EASTWARD), street("Rue Basse", (0, 20), (200, 20))]
    [place] = with_neighbours([door(100, 8)], [shop("back", 106, 12)], streets)
    assert names(place) == (None, None)


def test_at_a_corner_the_nearest_house_number_says_which_street_is_meant() -> None:
    streets = [street("Rue Haute", (0, 0), (100, 0)), street("Rue Longue", (100, 0), (100, 100))]
    number = Address("14", "Rue Haute", *at(88, 8))
    for addresses, near in (([], "Rue Longue"), ([number], "Rue Haute")):
        [place] = with_neighbours([door(94, 9)], [], streets, addresses)
        assert place.near_street == near
