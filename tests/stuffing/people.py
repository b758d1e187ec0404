"""Three thousand honest voters over two weeks. Shares are guesses; docs/stuffing.md says so."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from random import Random

from tests.stuffing import lines
from tests.stuffing.acts import DAY, HONEST, HOUR, SECOND, Act, AtDoor, Ground, Mail, Open, Say, Solve, liking

VOTERS = 3000
KINDS = {"walker": 46, "family": 20, "office": 10, "offline": 8, "eager": 3, "lent": 8, "paper": 5}
OFFICES = 14
"""Workplaces, libraries and a town hall's hall, each behind one address."""
SOLVES = 0.97
"""Phones that do a sum they are asked for; the others are closed at once, or run no script."""


def honest(ground: Ground, chance: Random, voters: int = VOTERS) -> list[Act]:
    """Everybody's acts; a phone is as good as a voter but for those that are lent."""
    acts: list[Act] = []
    number = 0
    while number < voters:
        kind = chance.choices(list(KINDS), list(KINDS.values()))[0]
        if kind == "family":
            members = min(chance.choice((2, 2, 3, 4, 5)), voters - number)
            acts += _family(ground, chance, [f"h{number + n}" for n in range(members)])
            number += members
        else:
            acts += _MAKERS[kind](ground, chance, f"h{number}")
            number += 1
    return acts


def solving(chance: Random, opened: Open, share: float = SOLVES) -> Iterator[Act]:
    """The sum is done while the page stays open, if it was asked for."""
    if chance.random() < share:
        yield Solve(opened.at + (20 + chance.expovariate(1 / 30)) * SECOND, opened.phone, opened.party, opened.address)


def stroll(ground: Ground, chance: Random, first: int, count: int) -> list[int]:
    """Doors in the order of a walk: mostly the next one near, now and then one across town."""
    doors = [first]
    while len(doors) < count:
        near = [door for door in ground.doors[doors[-1]].near if door not in doors]
        fresh = near if near and chance.random() < 0.8 else [n for n in range(len(ground.doors)) if n not in doors]
        if not fresh:
            break
        doors.append(chance.choice(fresh[:3] if fresh is near else fresh))
    return doors


def popular(ground: Ground, chance: Random) -> int:
    return chance.choices(range(len(ground.doors)), [door.popularity for door in ground.doors])[0]


def proving(chance: Random, last: Act, mail: float = 0.09, door: float = 0.05) -> Iterator[Act]:
    """Some show who they are once they have answered."""
    at, drawn = last.at + 45 * SECOND, chance.random()
    if drawn < mail:
        yield Mail(at, last.phone, last.party, last.address, f"{last.phone}@resident.example")
    elif drawn < mail + door:
        yield AtDoor(at, last.phone, last.party, last.address)


def _day(ground: Ground, chance: Random) -> int:
    """Many early on, fewer later."""
    return min(int(chance.expovariate(1 / 5)), ground.days - 1)


def _thinking(chance: Random) -> float:
    """Seconds for reading a screen and choosing."""
    return 4 + chance.lognormvariate(3.3, 0.7)


def answers(
    ground: Ground, chance: Random, phone: str, address: str, at: datetime, doors: list[int], walks: bool
) -> list[Act]:
    """One visit: the page, an answer a door, and some paces between two when walking."""
    opened = Open(at, phone, HONEST, address)
    acts: list[Act] = [opened, *solving(chance, opened)]
    for door in doors:
        at += _thinking(chance) * SECOND
        poster, wishes = walks and chance.random() < 0.3, liking(ground.doors[door], chance)
        acts.append(Say(at, phone, HONEST, address, ground.doors[door].ref, wishes, poster=poster))
        at += walks * chance.uniform(20, 240) * SECOND
    return [*acts, *proving(chance, acts[-1])]


def _walker(ground: Ground, chance: Random, phone: str) -> list[Act]:
    """In the street, one to a dozen doors; one in eight comes back another day."""
    day, count = _day(ground, chance), min(1 + int(chance.expovariate(1 / 2.6)), 12)
    doors = stroll(ground, chance, popular(ground, chance), count)
    acts = answers(ground, chance, phone, lines.mobile(chance), ground.moment(chance, day), doors, walks=True)
    if chance.random() < 0.125 and day + 1 < ground.days:
        later = [door for door in stroll(ground, chance, popular(ground, chance), 2) if door not in doors]
        again = ground.moment(chance, chance.randrange(day + 1, ground.days))
        acts += answers(ground, chance, phone, lines.home(chance), again, later, walks=False)[:-1] if later else []
    return acts


def _family(ground: Ground, chance: Random, phones: list[str]) -> list[Act]:
    """One line, one evening, doors of their own street; half of the time they agree."""
    address, at = lines.home(chance), ground.moment(chance, _day(ground, chance))
    near = stroll(ground, chance, popular(ground, chance), chance.choice((1, 1, 2, 3, 4)))
    agreed = {door: liking(ground.doors[door], chance) for door in near}
    acts: list[Act] = []
    for phone in phones:
        at += chance.expovariate(1 / 600) * SECOND
        said = answers(ground, chance, phone, address, at, near[: chance.randint(1, len(near))], walks=False)
        acts += [_agreeing(act, agreed, ground) if chance.random() < 0.5 else act for act in said]
    return acts


def _agreeing(act: Act, agreed: dict[int, tuple[str, ...]], ground: Ground) -> Act:
    wishes = {ground.doors[door].ref: said for door, said in agreed.items()}
    return replace(act, wishes=wishes[act.place]) if isinstance(act, Say) else act


def _office(ground: Ground, chance: Random, phone: str) -> list[Act]:
    """Colleagues answer about the doors around, most of them on the day when one of them wrote to all.

    What they miss is somewhere to eat: half of a workplace asks for one and the same thing next door.
    """
    number = chance.randrange(OFFICES)
    place = Random(number)
    door, day = place.randrange(len(ground.doors)), place.randrange(ground.days)
    day = day if chance.random() < 0.7 else _day(ground, chance)
    doors = stroll(ground, chance, door, chance.choice((1, 1, 1, 2, 3)))
    at = ground.begins + day * DAY + chance.triangular(9, 18, 12.5) * HOUR
    shared = (place.choice(ground.doors[door].wishes),)
    said = answers(ground, chance, phone, lines.office(number), at, doors, walks=False)
    if chance.random() < 0.5:
        return said
    here = ground.doors[door].ref
    return [replace(act, wishes=shared) if isinstance(act, Say) and act.place == here else act for act in said]


def _offline(ground: Ground, chance: Random, phone: str) -> list[Act]:
    """Walks without a network, perhaps the whole town; at home the phone sends all at once, with its first cookie."""
    doors = stroll(ground, chance, popular(ground, chance), min(3 + int(chance.expovariate(1 / 9)), len(ground.doors)))
    address, at = lines.home(chance), ground.moment(chance, _day(ground, chance))
    opened = Open(at, phone, HONEST, address)
    acts: list[Act] = [opened, *solving(chance, opened)]
    for number, door in enumerate(doors):
        moment, poster = at + (0.4 + number * 0.08) * SECOND, chance.random() < 0.3
        here, wishes = ground.doors[door], liking(ground.doors[door], chance)
        acts.append(Say(moment, phone, HONEST, address, here.ref, wishes, poster=poster, waited=True))
    return [*acts, *proving(chance, acts[-1])]


def _eager(ground: Ground, chance: Random, phone: str) -> list[Act]:
    """Sits down at home and goes through the list, door after door."""
    count = chance.randint(15, len(ground.doors))
    doors = stroll(ground, chance, popular(ground, chance), count)
    at = ground.moment(chance, _day(ground, chance))
    return answers(ground, chance, phone, lines.home(chance), at, doors, walks=False)


def _lent(ground: Ground, chance: Random, phone: str) -> list[Act]:
    """One phone, two people: the second answers at the same doors, minutes later."""
    doors = stroll(ground, chance, popular(ground, chance), chance.choice((1, 1, 2, 3)))
    address = lines.mobile(chance) if chance.random() < 0.6 else lines.home(chance)
    first = answers(ground, chance, phone, address, ground.moment(chance, _day(ground, chance)), doors, walks=False)
    second = answers(ground, chance, phone, address, first[-1].at + 60 * SECOND, doors, walks=False)
    return [*first, *(replace(act, person=1, poster=False) for act in second if isinstance(act, Say))]


def _paper(ground: Ground, chance: Random, phone: str) -> list[Act]:
    """A numbered ballot that an officer keys in at the town hall."""
    at = ground.moment(chance, _day(ground, chance))
    doors = [ground.doors[n] for n in stroll(ground, chance, popular(ground, chance), chance.choice((1, 2, 3, 5)))]
    return [Say(at, phone, HONEST, lines.office(200), door.ref, liking(door, chance), paper=True) for door in doors]


_MAKERS = {
    "walker": _walker, "office": _office, "offline": _offline, "eager": _eager, "lent": _lent, "paper": _paper,
}  # fmt: skip
