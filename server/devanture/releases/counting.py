"""Distinct voters per place, hexagon and reach: pure arithmetic on arrays.

PostgreSQL can say it in one `count(DISTINCT …)`, and needs minutes for the reaches of a large town, where each vote
falls into some thirty circles. Sorting one region's votes at a time stays in the processor's cache: a second for all.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from devanture.releases.schemas import Item

Votes = NDArray[np.int64]
Matrix = NDArray[np.int64]
VOTER_BITS = 32
"""A vote is one number: what was asked for, above; who asked, in the lower bits."""


@dataclass(frozen=True)
class Counted:
    """Persons and wishes by area and item; both matrices are areas × items, `areas` names the rows."""

    areas: Sequence[Any]
    items: Sequence[Item]
    persons: Matrix
    wishes: Matrix

    def only(self, kept: Sequence[bool]) -> "Counted":
        """The same without the people of the items that are not kept."""
        return Counted(self.areas, self.items, self.persons * np.array(kept, np.int64), self.wishes)

    @property
    def columns(self) -> tuple[list[int], list[int], list[int], list[int]]:
        """Row, item, persons and wishes of every count above zero."""
        area, item = np.nonzero(self.persons)
        return area.tolist(), item.tolist(), self.persons[area, item].tolist(), self.wishes[area, item].tolist()


def count(votes: Sequence[Votes], regions: dict[Any, Sequence[int]], items: Sequence[Item], wishes: Matrix) -> Counted:
    """Count every region; `regions` gives the places of each by their number in `votes` and `wishes` (place × item)."""
    together = np.array([wishes[list(places)].sum(axis=0) for places in regions.values()], np.int64)
    return Counted(list(regions), items, count_persons(votes, list(regions.values()), len(items)), together)


def count_persons(votes: Sequence[Votes], regions: Sequence[Sequence[int]], items: int) -> Matrix:
    """Distinct voters of each item in each region.

    `votes[place]` holds `item << VOTER_BITS | voter`, `regions` the places of each region; regions × items.
    """
    persons = np.zeros((len(regions), items), np.int64)
    for row, places in enumerate(regions):
        together = np.concatenate([votes[place] for place in places] or [np.empty(0, np.int64)])
        persons[row] = np.bincount(_distinct(together) >> VOTER_BITS, minlength=items)
    return persons


def place_wishes(votes: Sequence[Votes], items: Sequence[Item]) -> Matrix:
    """Wishes of each item at each place: there a person wishes an activity once, so persons are wishes and add up."""
    each = [(number,) for number in range(len(votes))]
    return count_persons(votes, each, len(items)) @ _roll_up(items)


def _distinct(votes: Votes) -> Votes:
    # np.unique hashes since NumPy 2.3, fourteen times slower here than this sort.
    ordered = np.sort(votes)
    return ordered[np.concatenate(([True], ordered[1:] != ordered[:-1]))] if ordered.size else ordered


def _roll_up(items: Sequence[Item]) -> Matrix:
    """Which items a wish for an activity counts in: itself, its family, and all."""
    number: dict[tuple[str, str | None], int] = {(item.level, item.code): n for n, item in enumerate(items)}
    matrix = np.zeros((len(items), len(items)), np.int64)
    for n, item in enumerate(items):
        if item.level == "activity":
            for target in (("activity", item.code), ("family", item.family), ("all", "")):
                if target in number:
                    matrix[n, number[target]] = 1
    return matrix
