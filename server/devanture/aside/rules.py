"""What makes an opinion doubtful: TRUST.md, « One resident, one voice ». Pure: no clock, no database.

Nothing is refused and nothing is lost: an opinion that a rule finds is stored, left out of every count with its reason,
and comes back when its voter proves themselves or when somebody of the desk has looked.

A crowd behind one address is no fraud. What tells a school, a market behind one mobile gateway or the readers of a
newspaper from a script is that they differ: they wish for different things, or they come from everywhere at once.
"""

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from devanture.aside.schemas import Rule, Swarm

TOO_FAST = timedelta(seconds=3)
"""Nobody reads a question and answers it sooner after the page gave them their cookie.

Words that are older than their cookie know no such pace: whoever walked without a network is given one when the outbox
empties. Their phone says so (`Devanture-Waited`), and is believed: a script that says so gains what some patience would
give it, and the rules about bursts and about new cookies look at arrivals, whatever a sending says of itself. A cookie
from later than the answer was made before the server's clock was set back, and tells nothing.
"""
TOO_MANY, WITHIN = 30, timedelta(minutes=10)
"""As many places as one person can answer about, typing, in that time."""
FRESH = timedelta(days=1)
"""A voter is new for so long after their cookie was made."""
LIGHT = 2
"""Places that a voter touched at most who came for one thing only."""
SWARM_FROM = 20
"""Votes of one network for one wish that a family, a stairway or a shop's team does not reach in a day."""
SLOW = timedelta(days=30)
"""A burst may take its time: the same is looked for in all that came from a network since then, beside each day."""
SWARM_SHARE = 0.75
"""Of all who answered from that network on that day: in honest crowds nothing unites so many."""
FEW = 3
"""Votes for the wish by which another network is one of many, and not a second source of the same."""
ONLINE = ("web", "for_another")
"""Channels without an officer: what staff type is theirs to answer for, however fast they are."""
UNPROVEN = ("none", "door_code")
"""Levels below what shows a person: speed tells a machine at these only. A swarm is looked for at `none` alone."""
RULES: tuple[Rule, ...] = ("over-limit", "too-fast", "too-many", "burst")
"""The first of them that finds an opinion is the reason told."""
LIFTED_BY_PROOF = RULES
"""Rules whose doubt ends once the voter has shown who they are."""
LONGEST_REASON = 500


def is_burst(swarm: Swarm) -> bool:
    """Whether so many fresh voters of one network that want the same are one person's doing."""
    if swarm.votes < SWARM_FROM or swarm.votes < SWARM_SHARE * swarm.ballots:
        return False
    return swarm.scattered * 2 < swarm.votes


def first_rules(found: Sequence[tuple[UUID, Rule]]) -> dict[UUID, Rule]:
    """Of several rules that find one opinion the one that comes first in `RULES`."""
    return dict(sorted(found, key=lambda one: RULES.index(one[1]), reverse=True))
