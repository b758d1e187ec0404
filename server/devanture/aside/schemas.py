"""What became of an opinion beside its voter's own words."""

from typing import Literal, NamedTuple
from uuid import UUID

from msgspec import Struct

Rule = Literal["over-limit", "too-fast", "too-many", "burst"]
Verdict = Literal["set_aside", "restored", "voided", "unproven"]
"""`unproven`: it counts, and what its voter has proven does not count for it."""


class Swarm(NamedTuple):
    """The votes of one day for one wish at one place that came from one network, one host of it, or by one screen.

    `votes`: fresh voters of one or two places. `ballots`: all who answered from there that day. `scattered`: how many
    other networks had a few such votes each on that day, as when a newspaper has written about the place.
    """

    votes: int
    ballots: int
    scattered: int


class Aside(Struct, frozen=True):
    """The last word about an opinion that does not count: of a rule, or (`voided`) of the desk with its reason."""

    verdict: Literal["set_aside", "voided"]
    rule: str
    reason: str | None = None


class Tally(Struct, frozen=True):
    """How many current opinions a verdict holds, by the rule that it concerns."""

    verdict: Verdict
    rule: str
    opinions: int


class Decided(NamedTuple):
    """One decision of the desk about an opinion."""

    opinion_id: UUID
    verdict: Literal["restored", "voided"]
    reason: str
