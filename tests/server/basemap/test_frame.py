"""Where a small map looks."""

import pytest

from devanture.basemap.frame import busiest, frame


def test_bounds_are_shown_whole_and_centred() -> None:
    looking = frame((2.0, 46.998, 2.008, 47.002), 390, 240)
    west, north = looking.point(2.0, 47.002)
    east, south = looking.point(2.008, 46.998)
    assert min(west, north) >= -1e-6
    assert (west + east, north + south) == pytest.approx((390, 240), abs=0.01)


def test_metres_are_measured_on_the_ground() -> None:
    looking = frame((2.0, 47.0, 390.0), 390, 240)
    assert looking.px_per_metre == pytest.approx(1, rel=1e-4)
    # A degree of longitude at 47° north is 75.92 km on the sphere that tiles use.
    x, _ = looking.point(2.0 + 100 / 75_919, 47.0)
    assert x - 195 == pytest.approx(100, rel=1e-3)


def test_the_busiest_view_holds_the_greatest_number_of_places() -> None:
    cluster = [(2.0001 * 1, 47.0), (2.0002, 47.0001), (2.0, 47.0002)]
    alone = [(2.1, 47.0), (1.9, 47.0), (2.0, 47.1)]
    lon, lat, metres = busiest([*alone, *cluster], 400, 0.6)
    assert (lon, lat) in cluster
    assert metres == 400


def test_among_equals_the_first_is_taken() -> None:
    assert busiest([(1.0, 45.0), (2.0, 46.0)], 400, 0.6)[:2] == (1.0, 45.0)
