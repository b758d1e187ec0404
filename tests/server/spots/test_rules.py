"""Where a mark belongs: 25 m along its street, one spot for near marks, never the exact point."""

import math
from typing import Any
from uuid import uuid4

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from devanture.errors import Problem
from devanture.places.schemas import NewSpot, Place
from devanture.spots import rules
from devanture.spots.schemas import MarkV1
from devanture.streets.rules import METRES_PER_DEGREE, metres
from devanture.streets.schemas import Street
from tests.seed import METRE
from tests.server.spots.ground import CREBILLON, ROYALE, at

# The database gives pieces that meet as one line.
GROUND = [
    Street(CREBILLON, "major", [[at(0, 0), at(0, 500)]], {"12": at(-8, 95), "14": at(-8, 103), "15": at(8, 108)}),
    Street(ROYALE, "minor", [[at(-200, 300), at(200, 300)]], {"2": at(0, 101)}),
]
BOUNDS = (-1.58, 47.20, -1.54, 47.23)
Metres = st.floats(-400, 700, allow_nan=False)


def spot_at(east_m: float, north_m: float, *known: Place, streets: list[Street] = GROUND) -> NewSpot:
    lon, lat = at(east_m, north_m)
    return rules.spot_of(MarkV1(1, lon, lat), streets, known)


def known(spot: NewSpot) -> Place:
    return Place(uuid4(), spot.ref, "spot", "open", spot.lon, spot.lat, spot.number, spot.street, spot.near_street)


def far(spot: NewSpot, east_m: float, north_m: float) -> float:
    return metres((spot.lon, spot.lat), at(east_m, north_m))


def test_a_mark_is_rounded_to_25_m_along_its_street() -> None:
    spot = spot_at(6, 106)
    assert far(spot, 0, 100) < 0.2
    assert (spot.street, spot.number, spot.near_street) == (CREBILLON, "14", ROYALE)
    assert spot == spot_at(-9, 91) == spot_at(30, 100)
    assert spot.ref != spot_at(0, 114).ref


def test_a_number_belongs_to_one_cell_and_to_its_own_street() -> None:
    assert spot_at(0, 125).number is None
    assert spot_at(60, 300).number is None


def test_a_mark_far_from_every_street_falls_on_a_grid() -> None:
    spot = spot_at(90, 100)
    assert (spot.street, spot.number, spot.near_street) == (None, None, CREBILLON)
    assert far(spot, 90, 100) <= rules.CELL_M * math.sqrt(0.5) + 0.1
    assert spot_at(90, 100, streets=[]).near_street is None


def test_a_spot_with_wishes_takes_in_marks_within_25_m_on_its_street_only() -> None:
    there = known(spot_at(0, 100))
    assert spot_at(3, 124, there).ref == there.ref
    assert spot_at(3, 126, there).ref != there.ref
    crossing = known(spot_at(1, 305))
    assert crossing.street == CREBILLON
    assert spot_at(15, 301, crossing).street == ROYALE


def test_of_two_spots_with_wishes_the_nearer_takes_the_mark_in() -> None:
    south, north = known(spot_at(0, 100)), known(spot_at(0, 125))
    assert spot_at(0, 111, south, north).ref == south.ref
    assert spot_at(0, 114, north, south).ref == north.ref


@settings(deadline=None)
@given(Metres, Metres)
def test_no_exact_point_is_kept(east_m: float, north_m: float) -> None:
    """Whatever is marked, the same few points come out: at most half a cell along the street, or a grid's corner."""
    spot = spot_at(east_m, north_m)
    assert spot == spot_at(east_m, north_m)
    assert spot.ref.startswith("ici-") and len(spot.ref) == 16
    assert far(spot, east_m, north_m) <= rules.STREET_M + rules.CELL_M
    if spot.street == CREBILLON:
        along = far(spot, 0, 0)
        assert abs(along / 25 - round(along / 25)) < 0.05


@settings(deadline=None)
@given(st.floats(5, 300), st.integers(1, 9))
def test_a_street_in_any_direction_is_cut_into_even_cells(length: float, turn: int) -> None:
    end = at(length * math.cos(turn), length * math.sin(turn))
    street = Street("Rue", "minor", [[at(0, 0), end]], {})
    found = {
        rules.spot_of(MarkV1(1, *at(far * math.cos(turn), far * math.sin(turn))), [street], []).ref
        for far in (part * length / 60 for part in range(61))
    }
    # The ground of the tests has a rounder metre than the sphere.
    measured = length * METRE * METRES_PER_DEGREE
    expected = {max(1, round((measured + slip) / 25)) + 1 for slip in (-0.1, 0.1)}
    assert len(found) in expected


def test_a_line_of_one_point_is_a_street_too() -> None:
    assert spot_at(5, 5, streets=[Street("Rue", "minor", [[at(0, 0), at(0, 0)]], {})]).street == "Rue"


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"lon": -1.56, "lat": 47.21}, "v"),
        ({"v": 2, "lon": -1.56, "lat": 47.21}, "v"),
        ({"v": 1, "lon": -1.56}, "lat"),
        ({"v": 1, "lon": "-1.56", "lat": 47.21}, "lon"),
        ({"v": 1, "lon": True, "lat": 47.21}, "lon"),
        ({"v": 1, "lon": -1.56, "lat": 47.21, "accuracy": 5}, "accuracy"),
        ({"v": 1, "lon": None, "lat": 47.21}, "lon"),
    ],
)
def test_a_mark_of_another_shape_is_refused_by_its_field(body: dict[str, Any], field: str) -> None:
    with pytest.raises(Problem) as refused:
        rules.decode_mark(msgspec.json.encode(body))
    assert (refused.value.code, refused.value.params["field"]) == ("bad-sending", field)


@settings(deadline=None)
@given(st.binary(max_size=200) | st.text(max_size=200).map(str.encode))
def test_no_bytes_break_the_decoder(body: bytes) -> None:
    with pytest.raises(Problem) as refused:
        rules.decode_mark(body)
    assert refused.value.code in ("bad-json", "bad-sending")


@settings(deadline=None)
@given(st.floats(), st.floats())
def test_only_finite_points_inside_the_process_are_taken(lon: float, lat: float) -> None:
    inside = BOUNDS[0] <= lon <= BOUNDS[2] and BOUNDS[1] <= lat <= BOUNDS[3]
    if inside:
        rules.check_inside(MarkV1(1, lon, lat), BOUNDS)
    else:
        with pytest.raises(Problem, match="bad-coordinates"):
            rules.check_inside(MarkV1(1, lon, lat), BOUNDS)


def test_a_digest_tells_marks_apart_and_is_nothing_without_the_key() -> None:
    one, other = MarkV1(1, -1.56, 47.21), MarkV1(1, -1.56, 47.22)
    assert rules.digest(b"k", one) == rules.digest(b"k", MarkV1(1, -1.56, 47.21))
    assert len({rules.digest(b"k", one), rules.digest(b"k", other), rules.digest(b"l", one)}) == 3


@pytest.mark.parametrize("name", ["C12", "", "{72d31006-0a79-4884-a051-524a8f295650}", "x" * 36, "ici-0123456789ab"])
def test_a_reference_is_no_identifier_of_a_mark(name: str) -> None:
    assert rules.mark_id(name) is None
