"""One town with its people and whoever comes to stuff the ballot: who plays, and what must hold in the end."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from random import Random

from devanture.settings import Settings
from tests.stuffing import attacks, crowds, people
from tests.stuffing.acts import HONEST, MINUTE, Ground
from tests.stuffing.stage import stage
from tests.stuffing.verdict import GOAL_FOUND, GOAL_LOST, Row, crowd, party, read

CROWDS = {crowds.NEWSPAPER: crowds.article, crowds.SCHOOL: crowds.school, crowds.MARKET: crowds.market}


@dataclass(frozen=True)
class Play:
    seed: str
    voters: int = people.VOTERS
    share: float = 1.0
    step: timedelta = 30 * MINUTE


def everybody() -> tuple[str, ...]:
    return (*attacks.scenes(), *CROWDS)


def casts(alone: bool, only: str | None = None) -> list[tuple[str, ...]]:
    """Who comes to a town: all of them, or each to a town of its own; with `honest` nobody."""
    if only:
        return [() if only == HONEST else (only,)]
    return [(name,) for name in everybody()] if alone else [everybody()]


async def run(settings: Settings, superuser: str, ground: Ground, cast: Sequence[str], play: Play) -> list[Row]:
    """The lines of the town by itself and of each who came."""
    scenes = attacks.scenes(play.share) | CROWDS
    wanted = _luck(play, "aims").sample(ground.doors[5:35], len(scenes))
    ground = replace(ground, aims=dict(zip(scenes, wanted, strict=True)))
    acts = people.honest(ground, _luck(play, HONEST), play.voters)
    for name in cast:
        acts += scenes[name](ground, _luck(play, name))
    async with stage(settings, superuser, play.seed) as staged:
        await staged.play(acts, play.step)
        state = await read(staged)
        lines = [party(staged, state, name) for name in cast if name not in CROWDS]
        return [*lines, *(crowd(staged, state, name) for name in cast if name in CROWDS), crowd(staged, state, "")]


def _luck(play: Play, name: str) -> Random:
    return Random(f"{play.seed}/{name}")


def missed(row: Row) -> list[str]:
    """The goals of the issue that this line misses."""
    faults = []
    if row.found < GOAL_FOUND:
        faults.append(f"{row.name}: only {row.found:.1%} of the forged found")
    if row.lost > GOAL_LOST * row.honest:
        faults.append(f"{row.name}: {row.lost} of {row.honest} honest answers set aside")
    if row.untold:
        faults.append(f"{row.name}: another wish comes first untold at {', '.join(sorted(row.untold))}")
    return faults
