"""Who may see which figures, and when: TRUST.md, « Public figures ». Pure: no clock, no database."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from math import exp, lgamma
from uuid import UUID

from devanture.processes.schemas import Phase
from devanture.releases.schemas import First, Item, Scope

SHOWN_FROM = 5
"""People who must have answered at a place before its choices are published."""
RENEWED_AFTER = 5
"""People who must have come, changed or withdrawn since a place's published figures before they move again."""
PART_FROM = 5
"""The smallest part, but none at all, that a published split by channel or proof may hold."""
FROZEN = timedelta(hours=48)
"""Published figures stand still this long before closing, so that the last ones to answer cannot be told."""

RARELY = 0.01
"""What chance brings to one place in a hundred is told as more than chance."""


def renewal_threshold(phases: Iterable[Phase], now: datetime) -> int | None:
    """How many people must have moved at a place for its basis to be renewed now; None when none may be.

    A place without a basis has as many moved people as answers, so that this one threshold also opens it.
    """
    asking = [phase for phase in phases if "opinions" in phase.allows]
    closings = [phase.closes_at for phase in asking if phase.opens_at <= now < phase.closes_at]
    if closings:
        return None if max(closings) - now <= FROZEN else RENEWED_AFTER
    return 1 if any(phase.closes_at <= now for phase in asking) else RENEWED_AFTER


def split_published(parts: Sequence[int]) -> bool:
    """Whether a split of people by channel or proof may be published: every part is none or at least five."""
    return all(part == 0 or part >= PART_FROM for part in parts)


def published(item: Item, area: str, scope: Scope, parts: Mapping[str, Sequence[int]]) -> bool:
    """Whether people may be counted by this item in an area (`total`, `place`, `reach`, `cell`).

    `parts` are the people of the whole process by level. Splits of a place are for the desk: in public the split of
    a place that hides its own would follow from those of all others.
    """
    if item.level in ("channel", "proof"):
        if scope == "desk":
            return area in ("total", "place")
        return area == "total" and split_published(parts[item.level])
    return scope == "desk" or not item.sensitive


def missing(participants: int, shown: bool) -> int:
    """How many more people must answer at a place before its figures may open."""
    return 0 if shown else max(0, SHOWN_FROM - participants)


def overturned(firsts: Iterable[First], whole: UUID) -> set[UUID]:
    """The areas whose first rank rests on those who have not proven, or on one kind of proof.

    At a place the proven are few, and put another wish first at every third one by chance alone: what is told there is
    that they ask for what stands first more rarely than chance explains, whether it leads among them or not. For all
    places together (`whole`) chance explains next to nothing; told is that the proven put another wish first.
    """
    return {
        first.area
        for first in firsts
        if (not first.holds if first.view != "proven" or first.area == whole else _is_rarer(first))
    }


def _is_rarer(first: First) -> bool:
    votes, people = first.kept_votes + first.other_votes, first.kept + first.others
    return chance_of_so_few(first.kept_votes, first.kept, votes, people) < RARELY


def chance_of_so_few(found: int, drawn: int, votes: int, people: int) -> float:
    """How likely at most `found` of `drawn` people want what `votes` of all `people` want (hypergeometric)."""
    least = max(0, drawn - (people - votes))
    whole = _log_ways(people, drawn)
    numbers = range(least, min(found, votes) + 1)
    return min(1.0, sum(exp(_log_ways(votes, n) + _log_ways(people - votes, drawn - n) - whole) for n in numbers))


def _log_ways(people: int, drawn: int) -> float:
    """The logarithm of how many ways there are to draw so many."""
    return lgamma(people + 1) - lgamma(drawn + 1) - lgamma(people - drawn + 1)
