"""Who may see which figures, and when: TRUST.md, « Public figures ». Pure: no clock, no database."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta

from devanture.processes.schemas import Phase
from devanture.releases.schemas import Item, Scope

SHOWN_FROM = 5
"""People who must have answered at a place before its choices are published."""
RENEWED_AFTER = 5
"""People who must have come, changed or withdrawn since a place's published figures before they move again."""
PART_FROM = 5
"""The smallest part, but none at all, that a published split by channel or proof may hold."""
FROZEN = timedelta(hours=48)
"""Published figures stand still this long before closing, so that the last ones to answer cannot be told."""


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
