"""Which doors are shops, what they sell, which stand empty: invented from one seed, and marked so.

Where people walk is not invented: shops gather at the centre and on streets whose buildings BD TOPO calls
commercial. Everything else is drawn at random, the same on every run.
"""

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import replace
from random import Random

from shapely import Point

from geodata.errors import GeodataError
from geodata.folder import Place, Shop
from geodata.nantes import words
from geodata.nantes.numbers import Door

SOURCE = "démonstration"
SEEN = "2026-10-05"
SEEN_LONG_AGO = "2026-02-16"
"""More than 180 days before the others: of these doors one asks first whether they are still empty."""
LONG_AGO_EVERY = 7
VACANT_PER_STREET = (6, 5, 4, 4, 3, 3, 3, 2, 2, 2, 2, 2, 1, 1, 1, 1, 1)
"""43 in all: a few streets make a round, the others have one or two."""
CENTRE = Point(355250, 6689250)
"""Between Place Royale and Place Graslin, in Lambert-93."""
WALK = 550.0
"""Metres from the centre over which shops thin out to a third."""
ALWAYS = "Rue Crébillon"
"""The street that every picture of the product shows."""

Spot = tuple[Door, float, float]
"""A door with its longitude and latitude."""


def shopfronts(doors: Sequence[Spot], chance: Random) -> tuple[list[Spot], list[Spot]]:
    """The doors that stand empty, and those with a shop, as many as the deck holds.

    The doors on either side of an empty one are shops, so that people can say which door is meant.
    """
    keys = _keys(doors, chance)
    empty = _empty(doors, keys, chance)
    beside = {number for vacant in empty for number in _beside(doors, vacant)} - empty
    others = sorted(set(range(len(doors))) - empty - beside, key=lambda number: -keys[number])
    wanted = sum(count for count, _ in words.DECK.values())
    full = [*beside, *others[: wanted - len(beside)]]
    return [doors[number] for number in sorted(empty)], [doors[number] for number in sorted(full)]


def _keys(doors: Sequence[Spot], chance: Random) -> list[float]:
    """A random key for each door, greater near the centre and in streets with many (Efraimidis and Spirakis)."""
    crowd = Counter(door.street for door, _, _ in doors)
    weights = [min(crowd[d.street], 20) ** 1.5 * 3.0 ** (-d.point.distance(CENTRE) / WALK) for d, _, _ in doors]
    return [chance.random() ** (1 / weight) for weight in weights]


def _empty(doors: Sequence[Spot], keys: Sequence[float], chance: Random) -> set[int]:
    """Indices of the doors that stand empty, several on some streets."""
    streets: dict[str, list[int]] = defaultdict(list)
    for number, (door, _, _) in enumerate(doors):
        streets[door.street].append(number)
    likely = {name: sum(sorted(keys[n] for n in numbers)[-12:]) for name, numbers in streets.items()}
    names = sorted(streets, key=lambda name: (name != ALWAYS, -likely[name], name))
    empty: set[int] = set()
    for wanted in VACANT_PER_STREET:
        name = next(name for name in names if len(streets[name]) >= 3 * wanted)
        names.remove(name)
        empty.update(chance.sample(streets[name], wanted))
    return empty


def _beside(doors: Sequence[Spot], vacant: int) -> list[int]:
    """The nearest doors of the same street with a lower and a higher number of the same parity."""
    here = doors[vacant][0]
    row = {d.number: n for n, (d, _, _) in enumerate(doors) if d.street == here.street}
    same = [number for number in row if (number - here.number) % 2 == 0]
    lower = max((number for number in same if number < here.number), default=None)
    higher = min((number for number in same if number > here.number), default=None)
    return [row[number] for number in (lower, higher) if number is not None]


class Signs:
    """Shop signs, each given once."""

    def __init__(self, chance: Random) -> None:
        self.chance = chance
        self.given: set[str] = set()
        self.images = chance.sample(words.IMAGES, len(words.IMAGES))

    def of(self, activity: str) -> str:
        """A new sign for a shop of this kind; GeodataError when the poetic ones run out."""
        templates = words.DECK[activity][1].split("|")
        while True:
            template = self.chance.choice([t for t in templates if self.images or "{i}" not in t] or [""])
            if not template:
                raise GeodataError(f"words.py: no sign is left for {activity}")
            sign = _elided(self._filled(template))
            if sign not in self.given:
                self.given.add(sign)
                return sign

    def _filled(self, template: str) -> str:
        if "{i}" in template:
            return template.replace("{i}", self.images.pop())
        first, second = self.chance.sample(words.FIRST_NAMES, 2)
        family = self.chance.choice(words.FAMILY_NAMES)
        return template.replace("{n}", first, 1).replace("{n}", second).replace("{s}", family)


def _elided(sign: str) -> str:
    """« Le Fournil d’Anatole », never « de Anatole »."""
    return re.sub(r"\b([Dd])e (?=[AEIOUÉH])", r"\1’", sign)


def shops(fronts: Sequence[Spot], chance: Random) -> list[Shop]:
    """A shop behind each front, dealt from the deck."""
    deck = [code for code, (count, _) in words.DECK.items() for _ in range(count)]
    chance.shuffle(deck)
    signs = Signs(chance)
    # Kinds whose signs are all poetic choose first: the images are each given once.
    order = sorted(range(len(deck)), key=lambda n: "{i}" not in words.DECK[deck[n]][1].split("|")[-1])
    named = {number: signs.of(deck[number]) for number in order}
    return [_shop(front, deck[n], named[n], chance.random() < 0.8) for n, front in enumerate(fronts)]


def _shop(front: Spot, code: str, sign: str, confirmed: bool) -> Shop:
    door, lon, lat = front
    return Shop(
        lon,
        lat,
        ref=f"s-{reference(door.street, door.number)}",
        activity=code,
        name=sign,
        number=str(door.number),
        street=door.street,
        source=SOURCE,
        seen=SEEN,
        confirmed=confirmed,
    )


def vacancies(fronts: Sequence[Spot], chance: Random) -> list[Place]:
    """An empty premises behind each front, with what the desk and the phone show of it."""
    stances = [stance for stance, count in words.STANCES.items() for _ in range(count)]
    chance.shuffle(stances)
    found = [_vacancy(front, stance, chance) for front, stance in zip(fronts, stances, strict=True)]
    middle = LONG_AGO_EVERY // 2
    return [replace(v, seen=SEEN_LONG_AGO) if n % LONG_AGO_EVERY == middle else v for n, v in enumerate(found)]


def _vacancy(front: Spot, stance: str, chance: Random) -> Place:
    door, lon, lat = front
    surface = round(min(max(chance.lognormvariate(4.2, 0.5), 22), 320))
    return Place(
        lon,
        lat,
        ref=reference(door.street, door.number),
        kind="premises",
        state="vacant",
        number=str(door.number),
        street=door.street,
        name=chance.choice(words.FORMER),
        stance=stance,
        plan=chance.choice(words.PLANS) if chance.random() < 0.35 else None,
        vacant_since=f"{chance.choice((2019, 2021, 2022, 2023, 2024, 2025))}-{chance.randint(1, 12):02}-01",
        surface_m2=surface,
        rent_month_eur=10 * round(surface * chance.uniform(1.4, 3.8)),
        landlord=chance.choices(words.LANDLORDS, weights=(6, 2, 4, 2, 3))[0],
        source=SOURCE,
        seen=SEEN,
    )


def sites(middles: dict[str, tuple[float, float]]) -> list[Place]:
    """The five neighbourhood sites; `middles` gives the longitude and latitude of a street's middle."""
    return [
        Place(*middles[street], ref=f"site-{key}", kind="site", state="open", name=name, source=SOURCE, seen=SEEN)
        for key, (name, street) in words.SITES.items()
    ]


def reference(street: str, number: int) -> str:
    """« rue-crebillon-12 », at most 46 characters so that a prefix still fits."""
    return f"{slug(street)[:40].rstrip('-')}-{number}"


def slug(name: str) -> str:
    """« Rue Crébillon » → « rue-crebillon »."""
    opened = unicodedata.normalize("NFKD", name.casefold().replace("œ", "oe"))
    letters = "".join(c for c in opened if not unicodedata.combining(c))
    return re.sub(r"[^a-z0-9]+", "-", letters).strip("-")
