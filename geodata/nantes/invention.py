"""Which doors are shops, what they sell, which stand empty: invented from one seed, and marked so.

Where people walk is not invented: shops gather at the centre and on streets whose buildings BD TOPO calls
commercial. Everything else is drawn at random, the same on every run.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Sequence
from random import Random

from shapely import Point

from geodata.errors import GeodataError
from geodata.folder import Place, Shop
from geodata.nantes import words
from geodata.nantes.numbers import Door

SOURCE = "démonstration"
SEEN = "2026-10-05"
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


def shopfronts(doors: Sequence[Spot], chance: Random) -> list[Spot]:
    """As many doors as the deck and the vacancies need: likelier near the centre and where others are."""
    count = sum(count for count, _ in words.DECK.values()) + sum(VACANT_PER_STREET)
    crowd: dict[str, int] = defaultdict(int)
    for door, _, _ in doors:
        crowd[door.street] += 1
    weights = [
        min(crowd[door.street], 20) ** 1.5 * 3.0 ** (-door.point.distance(CENTRE) / WALK) for door, _, _ in doors
    ]
    keys = [chance.random() ** (1 / weight) for weight in weights]
    ranked = sorted(range(len(doors)), key=lambda number: -keys[number])
    return [doors[number] for number in sorted(ranked[:count])]


def vacant_among(fronts: Sequence[Spot], chance: Random) -> set[int]:
    """Indices of the doors that stand empty, several on some streets."""
    streets: dict[str, list[int]] = defaultdict(list)
    for number, (door, _, _) in enumerate(fronts):
        streets[door.street].append(number)
    names = sorted(streets, key=lambda name: (name != ALWAYS, -len(streets[name]) * chance.random(), name))
    empty: set[int] = set()
    for wanted in VACANT_PER_STREET:
        name = next(name for name in names if len(streets[name]) >= 2 * wanted + 1)
        names.remove(name)
        empty.update(chance.sample(streets[name], wanted))
    return empty


class Signs:
    """Shop signs, each given once."""

    def __init__(self, chance: Random) -> None:
        self.chance = chance
        self.given: set[str] = set()

    def of(self, activity: str) -> str:
        """A new sign for a shop of this kind."""
        while True:
            template = self.chance.choice(words.DECK[activity][1].split("|"))
            name, family, image = (self.chance.choice(w) for w in (words.FIRST_NAMES, words.FAMILY_NAMES, words.IMAGES))
            sign = _elided(template.replace("{n}", name, 1).replace("{s}", family).replace("{i}", image))
            sign = sign.replace("{n}", self.chance.choice(words.FIRST_NAMES))
            if sign not in self.given:
                self.given.add(sign)
                return sign


def _elided(sign: str) -> str:
    """« Le Fournil d’Anatole », never « de Anatole »."""
    return re.sub(r"\b([Dd])e (?=[AEIOUÉH])", r"\1’", sign)


def shops(fronts: Sequence[Spot], chance: Random) -> list[Shop]:
    """A shop behind each front, dealt from the deck."""
    deck = [code for code, (count, _) in words.DECK.items() for _ in range(count)]
    if len(deck) != len(fronts):
        raise GeodataError(f"{len(fronts)} fronts but {len(deck)} shops in the deck")
    chance.shuffle(deck)
    signs = Signs(chance)
    return [_shop(front, code, signs.of(code), chance.random() < 0.8) for front, code in zip(fronts, deck, strict=True)]


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
    return [_vacancy(front, stance, chance) for front, stance in zip(fronts, stances, strict=True)]


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
