"""The nine attacks among the twelve, and some that try harder. They know what anybody knows who uses the page.

Written from how such things were done elsewhere, without a look at the rules: no number here is one of theirs.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from tests.stuffing import lines
from tests.stuffing.acts import (
    DAY,
    HOUR,
    MINUTE,
    SECOND,
    Act,
    AtDoor,
    CloseScreen,
    Ground,
    Mail,
    Open,
    Replay,
    Say,
    Scene,
    Solve,
)


@dataclass(frozen=True)
class Aim:
    """What an attacker is after: one wish at one door, neither the best known door nor the wish that leads there."""

    name: str
    place: str
    wish: str

    def vote(
        self, at: datetime, phone: str, address: str, thought: timedelta, poster: bool = False, person: int = 0
    ) -> list[Act]:
        """A fresh browser, and the answer after so long."""
        said = Say(at + thought, phone, self.name, address, self.place, (self.wish,), poster=poster, person=person)
        return [Open(at, phone, self.name, address), said]


def aim(ground: Ground, chance: Random, name: str) -> Aim:
    door = ground.aims[name]
    return Aim(name, door.ref, chance.choice(door.wishes))


def by_hand(ground: Ground, chance: Random) -> list[Act]:
    """Four evenings at home, a private window each time, three minutes an answer (the Gers)."""
    want, address, acts = aim(ground, chance, "by hand"), lines.home(chance), []
    for evening in range(4):
        at = ground.begins + (3 + evening) * DAY + 20 * HOUR
        for number in range(50):
            acts += want.vote(at, f"{want.name} {evening} {number}", address, chance.uniform(15, 60) * SECOND)
            at += chance.uniform(2, 4) * MINUTE
    return acts


def hundred_mailboxes(ground: Ground, chance: Random) -> list[Act]:
    """A hundred addresses, each shown as one's own, over five days from home (Courbevoie)."""
    want, address, acts = aim(ground, chance, "100 mail accounts"), lines.home(chance), []
    for number in range(100):
        phone, at = f"{want.name} {number}", ground.moment(chance, 2 + number // 20)
        voted = want.vote(at, phone, address, chance.uniform(10, 60) * SECOND)
        acts += [*voted, Mail(voted[-1].at + MINUTE, phone, want.name, address, f"box{number}@mail.example")]
    return acts


def script(ground: Ground, chance: Random, votes: int = 10_000) -> list[Act]:
    """One rented server, a fresh cookie a vote, as fast as it goes without a browser."""
    want, at = aim(ground, chance, "script of 10,000"), ground.begins + 5 * DAY + 2 * HOUR
    return _machine(want, chance, votes, at, 0.5, lambda: "51.75.12.9", (0, 5))


def script_over_networks(ground: Ground, chance: Random, votes: int = 10_000) -> list[Act]:
    """The same with browsers that do the sums they are asked for, over 200 networks, from midnight to noon."""
    want = aim(ground, chance, "script, 200 networks")
    rented = [f"{chance.randrange(100, 190)}.{n}.{chance.randrange(256)}.7" for n in range(200)]
    return _browsers(ground, chance, want, votes, lambda: chance.choice(rented), 12 * HOUR)


def script_over_homes(ground: Ground, chance: Random, votes: int = 10_000) -> list[Act]:
    """Harder: rented lines of dwellings, hardly one of them twice."""
    want = aim(ground, chance, "script, dwellings’ lines")
    return _browsers(ground, chance, want, votes, lambda: lines.anywhere(chance), 24 * HOUR)


def _browsers(
    ground: Ground, chance: Random, want: Aim, votes: int, address: Callable[[], str], over: timedelta
) -> list[Act]:
    """Whole browsers, driven by a program: they take some seconds, and do the sums that they are asked for."""
    begins, pace = ground.begins + 6 * DAY, over / SECOND / votes
    acts = _machine(want, chance, votes, begins, pace, address, (5, 40))
    solved = [Solve(act.at + 30 * SECOND, act.phone, act.party, act.address) for act in acts if isinstance(act, Open)]
    return [*acts, *solved]


def _machine(
    want: Aim, chance: Random, votes: int, at: datetime, pace: float, address: Callable[[], str],
    thought: tuple[float, float],
) -> list[Act]:  # fmt: skip
    acts: list[Act] = []
    for number in range(votes):
        at += chance.expovariate(1 / pace) * SECOND
        acts += want.vote(at, f"{want.name} {number}", address(), chance.uniform(*thought) * SECOND)
    return acts


def drip(ground: Ground, chance: Random) -> list[Act]:
    """Two weeks, some twelve votes a day at any hour one is awake, from one's own line."""
    return _drip(ground, chance, "slow drip", [lines.home(chance)] * ground.days)


def drip_over_lines(ground: Ground, chance: Random) -> list[Act]:
    """Harder: the operator gives the line another address each night."""
    return _drip(ground, chance, "slow drip, new address daily", [lines.anywhere(chance) for _ in range(ground.days)])


def _drip(ground: Ground, chance: Random, name: str, addresses: list[str]) -> list[Act]:
    want, acts = aim(ground, chance, name), []
    for day, address in enumerate(addresses):
        for number in range(chance.randint(8, 16)):
            at, phone = ground.moment(chance, day), f"{name} {day} {number}"
            acts += want.vote(at, phone, address, chance.uniform(15, 90) * SECOND)
    return acts


def replays(ground: Ground, chance: Random, each: int = 150) -> list[Act]:
    """What one's own phone sent, sent again: the very same, under new ids, with the cookie altered, without it."""
    want, address = aim(ground, chance, "replays and mutations"), lines.home(chance)
    at, phone = ground.begins + 7 * DAY + 15 * HOUR, "captured"
    acts = want.vote(at, phone, address, 20 * SECOND)
    for number, how in enumerate(how for how in ("same", "again", "altered", "stripped") for _ in range(each)):
        moment = at + 5 * MINUTE + number * SECOND
        acts.append(Replay(moment, phone, want.name, address, how, want.place, (want.wish,)))
    return acts


def poster_shared(ground: Ground, chance: Random) -> list[Act]:
    """A photo of the poster goes round a group of 200, who answer from wherever they are, as if before the door."""
    want = aim(ground, chance, "poster’s code in a group chat")
    acts = []
    for number in range(200):
        at = ground.begins + 4 * DAY + 19 * HOUR + chance.expovariate(1 / 4) * HOUR
        address = lines.anywhere(chance) if chance.random() < 0.5 else lines.mobile(chance)
        acts += want.vote(at, f"{want.name} {number}", address, chance.uniform(8, 60) * SECOND, poster=True)
    return acts


def screen_leaked(ground: Ground, chance: Random) -> list[Act]:
    """Somebody films the facilitator's screen for two hours; 300 fresh browsers of friends type what it shows."""
    return _leak(ground, chance, "facilitator’s code leaked")


def screen_closed(ground: Ground, chance: Random) -> list[Act]:
    """The same, and the team hears of it the next morning."""
    acts = _leak(ground, chance, "the same, screen closed")
    begun = min(act.at for act in acts)
    return [*acts, CloseScreen(begun + 18 * HOUR, "team", acts[0].party, "", acts[0].party, begun)]


def _leak(ground: Ground, chance: Random, name: str) -> list[Act]:
    want, acts = aim(ground, chance, name), []
    for number in range(300):
        at = ground.begins + 10 * DAY + 15 * HOUR + chance.uniform(0, 120) * MINUTE
        phone, address = f"{name} {number}", lines.mobile(chance)
        voted = want.vote(at, phone, address, chance.uniform(8, 40) * SECOND)
        acts += [*voted, AtDoor(voted[-1].at + 10 * SECOND, phone, name, address, name)]
    return acts


def shopkeeper(ground: Ground, chance: Random) -> list[Act]:
    """Ten phones of friends and staff on the shop's own line, each lent to two more people who do not exist."""
    want, address, acts = aim(ground, chance, "shopkeeper with ten phones"), lines.home(chance), []
    for number in range(10):
        phone, at = f"{want.name} {number}", ground.moment(chance, 2 + number // 4)
        for person in range(3):
            acts += want.vote(at, phone, address, chance.uniform(10, 40) * SECOND, person=person)
            at += 2 * MINUTE
    return acts


def scenes(share: float = 1.0) -> dict[str, Scene]:
    """The attacks by name; `share` of what is sent by machines."""
    sent = max(400, int(10_000 * share))
    return {
        "by hand": by_hand,
        "100 mail accounts": hundred_mailboxes,
        "script of 10,000": lambda ground, chance: script(ground, chance, sent),
        "script, 200 networks": lambda ground, chance: script_over_networks(ground, chance, sent),
        "script, dwellings’ lines": lambda ground, chance: script_over_homes(ground, chance, sent),
        "slow drip": drip,
        "slow drip, new address daily": drip_over_lines,
        "replays and mutations": lambda ground, chance: replays(ground, chance, max(20, int(150 * share))),
        "poster’s code in a group chat": poster_shared,
        "facilitator’s code leaked": screen_leaked,
        "the same, screen closed": screen_closed,
        "shopkeeper with ten phones": shopkeeper,
    }

