"""What people and attackers do, as the server would see it; nothing here knows a rule."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random

from geodata.voters.tastes import Taste

HONEST = "honest"
SECOND, MINUTE, HOUR, DAY = (timedelta(seconds=1), timedelta(minutes=1), timedelta(hours=1), timedelta(days=1))


@dataclass(frozen=True, slots=True)
class Act:
    """Somebody (`phone`) does something from an `address`; `party` is honest, or the name of an attack."""

    at: datetime
    phone: str
    party: str
    address: str


@dataclass(frozen=True, slots=True)
class Open(Act):
    """The page is opened: a phone without a cookie is given one."""


@dataclass(frozen=True, slots=True)
class Say(Act):
    """An answer. `person`: whom the phone was lent to; `poster`: it stood before the door and read its code."""

    place: str
    wishes: tuple[str, ...]
    person: int = 0
    poster: bool = False
    waited: bool = False
    paper: bool = False


@dataclass(frozen=True, slots=True)
class Solve(Act):
    """The phone hands in the sum that it was asked for, if it was."""


@dataclass(frozen=True, slots=True)
class Mail(Act):
    """Shows a mailbox of one's own: asks for six digits, reads them, types them."""

    mailbox: str


@dataclass(frozen=True, slots=True)
class AtDoor(Act):
    """Types what a facilitator's screen shows, having seen it or been told."""

    screen: str = "market stall"


@dataclass(frozen=True, slots=True)
class CloseScreen(Act):
    """The team has heard that a screen was filmed: it is closed, and what it proved that day is taken back."""

    screen: str
    since: datetime


@dataclass(frozen=True, slots=True)
class Replay(Act):
    """Sends a captured sending of one's own once more; `how`: same, again, altered, stripped."""

    how: str
    place: str
    wishes: tuple[str, ...]


@dataclass(frozen=True)
class Ground:
    """The town: its doors, best known first, with what people like there; the first midnight; what attacks aim at."""

    doors: Sequence[Taste]
    begins: datetime
    days: int = 14
    aims: Mapping[str, Taste] = field(default_factory=dict)

    def moment(self, chance: Random, day: int) -> datetime:
        """When somebody who is awake takes out a phone: a bump at noon, a larger one in the evening."""
        hour = chance.triangular(8, 14, 12) if chance.random() < 0.45 else chance.triangular(14, 22.5, 18.5)
        return self.begins + day * DAY + hour * HOUR


Scene = Callable[[Ground, Random], list[Act]]
"""A party's acts in a town, drawn by a seed."""


def liking(door: Taste, chance: Random) -> tuple[str, ...]:
    """One to three different wishes for a door, as its own people have them."""
    wanted = chance.choices((1, 2, 3), (55, 30, 15))[0]
    return tuple(dict.fromkeys(chance.choices(door.wishes, cum_weights=door.weights, k=wanted)))
