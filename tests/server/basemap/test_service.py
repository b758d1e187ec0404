"""Which maps a page gets."""

from collections.abc import Iterable
from pathlib import Path
from types import SimpleNamespace
from typing import cast
from uuid import UUID

import pytest

from devanture.basemap.service import Maps
from devanture.opinions.rulebook import Rulebook
from devanture.places.schemas import Place

CORNER = Place(UUID(int=1), "coin", "premises", "vacant", 2.004, 47.0, number="12")
SQUARE = Place(UUID(int=2), "square", "site", "open", 2.005, 47.0005, name="Square")


@pytest.fixture
def maps(basemap: Path) -> Maps:
    return Maps(basemap.parent)


def book(places: Iterable[Place] = (), slug: str = "town") -> Rulebook:
    by_ref = {place.ref: place for place in places}
    return cast(Rulebook, SimpleNamespace(process=SimpleNamespace(slug=slug), places=by_ref))


def test_the_overview_shows_doors_squares_and_what_is_answered(maps: Maps) -> None:
    svg = maps.overview(book([CORNER, SQUARE]), set())
    assert svg and "pin--vacant" in svg and "pin--site" in svg
    answered = maps.overview(book([CORNER, SQUARE]), {"coin"})
    assert answered and "pin--done" in answered and "pin--vacant" not in answered


def test_pins_lead_to_the_places_of_their_process(maps: Maps) -> None:
    assert 'href="/town/lieux/coin"' in (maps.overview(book([CORNER]), set()) or "")


def test_the_plan_shows_its_place_alone(maps: Maps) -> None:
    svg = maps.plan(book([CORNER, SQUARE]), CORNER)
    assert svg and svg.count('class="pin') == 1


def test_a_process_without_basemap_or_without_places_has_no_map(maps: Maps) -> None:
    assert maps.overview(book([CORNER], slug="elsewhere"), set()) is None
    assert maps.plan(book([CORNER], slug="elsewhere"), CORNER) is None
    assert maps.overview(book([]), set()) is None


def test_the_heat_shows_released_places_alone(maps: Maps) -> None:
    svg = maps.heat(book([CORNER, SQUARE]), {"coin": 12, "square": 0})
    assert svg
    assert svg.count('class="disc') == 1
    assert maps.heat(book([CORNER]), {"coin": 0}) is None
    assert maps.heat(book([CORNER], slug="elsewhere"), {"coin": 12}) is None
