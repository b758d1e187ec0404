"""The three honest crowds among the twelve: they look like an attack, and must count."""

from random import Random

from tests.stuffing import lines
from tests.stuffing.acts import DAY, HONEST, HOUR, MINUTE, SECOND, Act, AtDoor, Ground, Open, Say, liking
from tests.stuffing.people import popular, solving, stroll

NEWSPAPER, SCHOOL, MARKET = "night after an article", "school of 300", "market behind one gateway"


def article(ground: Ground, chance: Random, readers: int = 400) -> list[Act]:
    """The paper praised the fishmonger who closed: eight in ten ask for just that, from eight at night on."""
    door, acts = popular(ground, chance), []
    praised = (chance.choice(ground.doors[door].wishes),)
    for number in range(readers):
        at = ground.begins + 9 * DAY + 20 * HOUR + chance.expovariate(1 / 100) * MINUTE
        address = lines.home(chance) if chance.random() < 0.55 else lines.mobile(chance)
        phone = f"{NEWSPAPER} {number}"
        opened = Open(at, phone, HONEST, address)
        doors = [door] if chance.random() < 0.7 else stroll(ground, chance, door, chance.randint(2, 4))
        acts += [opened, *solving(chance, opened)]
        for here in doors:
            at += (5 + chance.lognormvariate(3, 0.7)) * SECOND
            same = here == door and chance.random() < 0.8
            wishes = praised if same else liking(ground.doors[here], chance)
            acts.append(Say(at, phone, HONEST, address, ground.doors[here].ref, wishes))
    return acts


def school(ground: Ground, chance: Random, pupils: int = 300) -> list[Act]:
    """Ten classes one after the other, one address; a teacher names the doors; they like what friends like."""
    near = stroll(ground, chance, popular(ground, chance), 4)
    liked = chance.sample(ground.doors[near[0]].wishes, 6)
    acts: list[Act] = []
    for number in range(pupils):
        lesson = ground.begins + 8 * DAY + (8.2 + number // 30 * 0.9) * HOUR
        at, phone = lesson + chance.uniform(0, 25) * MINUTE, f"{SCHOOL} {number}"
        opened = Open(at, phone, HONEST, lines.office(100))
        acts += [opened, *solving(chance, opened)]
        for here in near[: chance.choice((1, 1, 2, 3))]:
            at += (5 + chance.lognormvariate(2.8, 0.7)) * SECOND
            shared = chance.random() < 0.7
            fashion = tuple(chance.choices(liked, (40, 20, 15, 10, 10, 5)))
            wishes = fashion if shared else liking(ground.doors[here], chance)
            acts.append(Say(at, phone, HONEST, lines.office(100), ground.doors[here].ref, wishes))
    return acts


def market(ground: Ground, chance: Random, people: int = 500) -> list[Act]:
    """Saturday, eight to one: all phones leave by two addresses of one operator; a stand shows the changing code."""
    around = stroll(ground, chance, popular(ground, chance), 8)
    acts: list[Act] = []
    for number in range(people):
        at = ground.begins + 12 * DAY + chance.triangular(8, 13, 10.5) * HOUR
        address, phone = f"92.190.4.{chance.choice((1, 2))}", f"{MARKET} {number}"
        opened = Open(at, phone, HONEST, address)
        acts += [opened, *solving(chance, opened)]
        for here in chance.sample(around, chance.choice((1, 1, 2, 3))):
            at += (6 + chance.lognormvariate(3.2, 0.7)) * SECOND
            acts.append(Say(at, phone, HONEST, address, ground.doors[here].ref, liking(ground.doors[here], chance)))
        if chance.random() < 0.15:
            acts.append(AtDoor(at + MINUTE, phone, HONEST, address))
    return acts
