"""How much of each scenario makes the short form, and a turn of the long one."""

from tests.faults.phone import Habits
from tests.faults.rounds import Scenario
from tests.faults.scenarios import (
    LATE,
    Full,
    app_dies,
    at_once,
    closes_in,
    database_dies,
    everything,
    locks_and_crowds,
    quiet,
    told_to_stop,
    wrong_clock,
)

WITH_PHOTOS = Habits([], photos=0.05)
MANY_PHOTOS = Habits([], photos=0.25)
CLOSING_S = 6.0
LATE_S = 6.0


def scenarios(disks: bool, opinions: int = 20_000) -> list[Scenario]:
    """60 kills, and at least so many opinions; without disks those scenarios are left out."""
    share = opinions // 10
    found = [
        Scenario("the server is killed", app_dies(14), 3 * share, habits=WITH_PHOTOS),
        Scenario("the database, its backends and the worker are killed", database_dies(8, 16, 6, 4), 3 * share),
        Scenario("everything is killed on a very bad network", everything(3), share, badness=0.5),
        Scenario("nothing but a very bad network", quiet, share, badness=0.6, habits=WITH_PHOTOS),
        Scenario("the server is told to stop", told_to_stop(2), share // 2),
        Scenario("long lock, pool exhausted, slow and half-open clients", locks_and_crowds, share // 2),
        Scenario("it closes as 500 arrive", at_once(CLOSING_S), share // 2, closes_at=closes_in(CLOSING_S)),
        Scenario("the late hours end as 500 arrive", at_once(LATE_S), share // 2, closes_at=closes_in(LATE_S, LATE)),
        Scenario("the server's clock is an hour fast", wrong_clock(1), share // 4),
        Scenario("the server's clock is an hour slow", wrong_clock(-1), share // 4),
    ]
    if disks:
        for kind, habits in (("data", Habits([])), ("wal", Habits([])), ("photos", MANY_PHOTOS)):
            full = Full(kind)
            name = f"the disk of the {kind} is full"
            found.append(Scenario(name, full.act, share // 4, habits=habits, around=full.around))
    return found
