"""When a process takes what: pure rules over its phases and an instant."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from devanture.processes.schemas import Phase

LATE = timedelta(hours=48)
"""Answers given before closing may arrive this much later: stored, and counted apart."""

State = Literal["soon", "open", "closed"]
Acceptance = Literal["open", "late", "closed"]


def state(phases: Iterable[Phase], now: datetime) -> State:
    """Whether wishes are still to come, taken now, or over."""
    wishes = [phase for phase in phases if "opinions" in phase.allows]
    if any(phase.opens_at <= now < phase.closes_at for phase in wishes):
        return "open"
    return "soon" if any(now < phase.opens_at for phase in wishes) else "closed"


def acceptance(phases: Iterable[Phase], now: datetime) -> Acceptance:
    """How an opinion that arrives now is taken."""
    wishes = [phase for phase in phases if "opinions" in phase.allows]
    if state(wishes, now) == "open":
        return "open"
    return "late" if any(phase.closes_at <= now < phase.closes_at + LATE for phase in wishes) else "closed"


def span(phases: Iterable[Phase]) -> tuple[datetime, datetime] | None:
    """First opening and last closing of the phases that take opinions."""
    wishes = [phase for phase in phases if "opinions" in phase.allows]
    if not wishes:
        return None
    return min(phase.opens_at for phase in wishes), max(phase.closes_at for phase in wishes)


def days(phases: Iterable[Phase], timezone: str) -> dict[str, date | None]:
    """`opens` and `closes` in the zone of the process, as the refusal `phase-closed` says them."""
    opens, closes = span(phases) or (None, None)
    zone = ZoneInfo(timezone)
    return {name: at and at.astimezone(zone).date() for name, at in (("opens", opens), ("closes", closes))}
