"""What the demonstration says of itself must agree with the people that it invents."""

from datetime import UTC, datetime, timedelta

from devanture.demo import demo_dates
from devanture.imports.rules import calendar
from geodata.voters.command import DAYS

NOW = datetime(2026, 11, 23, 10, tzinfo=UTC)


def test_the_demonstration_opened_before_its_first_invented_answer() -> None:
    days = calendar(demo_dates(NOW), "Europe/Paris", NOW)
    assert days.opens_at < NOW - timedelta(days=DAYS)


def test_the_demonstration_is_open_today_and_far_from_the_hours_in_which_figures_stand_still() -> None:
    days = calendar(demo_dates(NOW), "Europe/Paris", NOW)
    assert days.opens_at < NOW < days.closes_at - timedelta(days=30)
