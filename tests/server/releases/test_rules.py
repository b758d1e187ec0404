from datetime import UTC, datetime, timedelta
from math import comb

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devanture.processes.schemas import Phase
from devanture.releases.rules import chance_of_so_few, missing, renewal_threshold

OPENS, CLOSES = datetime(2026, 11, 1, tzinfo=UTC), datetime(2026, 12, 1, tzinfo=UTC)
WISHES = Phase("wishes", OPENS, CLOSES, ("opinions",))
DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("now", "people"),
    [
        (OPENS - DAY, 5),
        (OPENS, 5),
        (CLOSES - 3 * DAY, 5),
        (CLOSES - 2 * DAY, None),
        (CLOSES - DAY / 24, None),
        (CLOSES, 1),
    ],
)
def test_figures_move_by_five_then_stand_still_then_are_exact(now: datetime, people: int | None) -> None:
    assert renewal_threshold([WISHES], now) == people


def test_an_extension_ends_the_standstill_of_the_first_closing() -> None:
    extension = Phase("extension", CLOSES - DAY, CLOSES + 9 * DAY, ("opinions",))
    assert renewal_threshold([WISHES, extension], CLOSES - DAY / 2) == 5


def test_a_phase_without_opinions_closes_nothing() -> None:
    meetings = Phase("meetings", OPENS - 9 * DAY, OPENS - DAY, ())
    assert renewal_threshold([WISHES, meetings], OPENS) == 5


def test_what_is_missing_counts_down_to_five_and_never_below_none() -> None:
    assert [missing(people, shown=False) for people in (0, 4, 5, 9)] == [5, 1, 0, 0]
    assert missing(3, shown=True) == 0


@given(st.integers(0, 30), st.integers(0, 30), st.integers(0, 60))
def test_the_chance_of_so_few_is_the_share_of_draws_that_find_no_more(found: int, votes: int, drawn: int) -> None:
    people = 60
    ways = sum(comb(votes, n) * comb(people - votes, drawn - n) for n in range(min(found, drawn) + 1))
    chance = chance_of_so_few(min(found, drawn), drawn, votes, people)
    assert chance == pytest.approx(ways / comb(people, drawn), abs=1e-9)
