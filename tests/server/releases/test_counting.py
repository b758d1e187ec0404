"""Counting on arrays says what sets say."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from devanture.releases.counting import VOTER_BITS, count_persons, place_wishes
from devanture.releases.schemas import Item

ITEMS = [
    Item("all", ""),
    Item("family", "food"),
    Item("activity", "fishmonger", "food"),
    Item("activity", "grocer", "food"),
]
VOTES = st.lists(st.lists(st.tuples(st.integers(0, 3), st.integers(1, 2**31)), max_size=30), min_size=1, max_size=6)


def packed(votes: list[tuple[int, int]]) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    return np.array([item << VOTER_BITS | voter for item, voter in votes], np.int64)


@given(VOTES, st.data())
def test_persons_of_a_region_are_the_distinct_voters_of_its_places(
    votes: list[list[tuple[int, int]]], data: st.DataObject
) -> None:
    places = st.lists(st.integers(0, len(votes) - 1), unique=True)
    regions = data.draw(st.lists(places, max_size=5))
    persons = count_persons([packed(place) for place in votes], regions, len(ITEMS))
    for row, region in enumerate(regions):
        together = {vote for place in region for vote in votes[place]}
        assert persons[row].tolist() == [sum(item == n for item, _ in together) for n in range(len(ITEMS))]


def test_a_wish_counts_for_its_activity_its_family_and_all() -> None:
    votes = [packed([(2, 7), (3, 7), (2, 8)]), packed([])]
    assert place_wishes(votes, ITEMS).tolist() == [[3, 3, 2, 1], [0, 0, 0, 0]]


def test_a_region_without_places_has_nobody() -> None:
    assert count_persons([packed([(0, 1)])], [[]], 1).tolist() == [[0]]
