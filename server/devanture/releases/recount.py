"""Making the releases of one process: one transaction, both scopes."""

import asyncio
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

import msgspec
import numpy as np

from devanture.db.pool import Connection
from devanture.errors import Busy
from devanture.processes.schemas import Process
from devanture.proofs.schemas import PROVEN
from devanture.releases import queries, rules
from devanture.releases.cells import store_outlines
from devanture.releases.counting import Counted, Votes, count, place_wishes
from devanture.releases.schemas import Item, Release, Scope

REACH_M = 400
"""Five minutes on foot, straight: the circle in which people of other doors count as near."""
KEPT: dict[Scope, int] = {"desk": 3, "public": 20}
"""How many releases keep their counts. A release's own row stays for ever."""
PATIENCE = 300.0
WHOLE = UUID(int=0)
"""Stands for the whole process where places are named."""


@dataclass(frozen=True)
class Ground:
    """What the opinions of a process are counted by: areas (each with its places, by number) and items."""

    places: tuple[UUID, ...]
    areas: dict[str, dict[Any, Sequence[int]]]
    items: tuple[Item, ...]
    digest: str


async def recount(connection: Connection, process: Process, now: datetime) -> tuple[Release, Release]:
    """Recount the desk's figures, renew the basis of public ones where allowed, and recount those if anything moved."""
    if not await queries.begin(connection, process.id, PATIENCE):
        raise Busy
    ground = await _survey(connection, process)
    desk = await _release(connection, process, ground, "desk", now)
    renewed = await _renew(connection, process, now)
    public = await latest(connection, process, "public")
    if public is None or renewed or public.inputs != ground.digest:
        public = await _release(connection, process, ground, "public", now)
    return desk, public


async def latest(connection: Connection, process: Process, scope: Scope) -> Release | None:
    row = await queries.latest(connection, process.organisation_id, process.id, scope)
    return None if row is None else msgspec.convert(dict(row), Release)


async def _renew(connection: Connection, process: Process, now: datetime) -> int:
    moved = rules.renewal_threshold(process.phases, now)
    if moved is None:
        return 0
    return await queries.renew_basis(connection, process.organisation_id, process.id, moved, rules.SHOWN_FROM)


async def _survey(connection: Connection, process: Process) -> Ground:
    key = (process.organisation_id, process.id)
    places = await queries.places(connection, *key)
    items = [msgspec.convert(dict(row), Item) for row in await queries.items(connection, *key)]
    number = {place["id"]: n for n, place in enumerate(places)}
    near = await queries.reach(connection, *key, REACH_M)
    cells: dict[int, list[int]] = {}
    for n, place in enumerate(places):
        for resolution in ("cell_8", "cell_9", "cell_10"):
            cells.setdefault(place[resolution], []).append(n)
    await store_outlines(connection, cells)
    areas: dict[str, dict[Any, Sequence[int]]] = {
        "total": {"": range(len(places))},
        "place": {place: (n,) for place, n in number.items()},
        "reach": {
            row["place_id"]: [number[place] for place in row["near"] if place in number]
            for row in near
            if row["place_id"] in number
        },
        "cell": dict(cells),
    }
    return Ground(tuple(number), areas, tuple(items), _digest(places, items))


def _digest(places: Sequence[Any], items: Sequence[Item]) -> str:
    catalogue = [item for item in items if item.level in ("family", "activity")]
    # Spots come and go with the answers that are counted there, and never move: those answers tell what has changed.
    listed = [tuple(place) for place in places if place["kind"] != "spot"]
    return hashlib.sha256(msgspec.json.encode([listed, catalogue])).hexdigest()


async def _release(connection: Connection, process: Process, ground: Ground, scope: Scope, now: datetime) -> Release:
    key = (process.organisation_id, process.id)
    votes = await _votes(connection, process, ground, scope)
    counted = await asyncio.to_thread(_count, votes, ground, scope)
    late = await queries.late_opinions(connection, *key)
    least = 1 if scope == "desk" else rules.PART_FROM
    turned = rules.overturned(await queries.firsts(connection, *key, scope, PROVEN, least), WHOLE)
    release = msgspec.structs.replace(
        _headline(counted, ground, scope, now, late),
        overturned=WHOLE in turned,
        places_overturned=len(turned & set(ground.places)),
    )
    number = await queries.insert_release(connection, *key, release)
    for area, figures in counted.items():
        await queries.insert_counts(connection, process.organisation_id, release, area, figures)
    await queries.prune(connection, *key, scope, KEPT[scope])
    return msgspec.structs.replace(release, number=number)


async def _votes(connection: Connection, process: Process, ground: Ground, scope: Scope) -> list[Votes]:
    rows = await queries.votes(connection, process.organisation_id, process.id, scope, ground.items)
    packed = {row["place_id"]: row["votes"] for row in rows}
    return [np.frombuffer(packed.get(place, b""), ">i8").astype(np.int64) for place in ground.places]


def _count(votes: Sequence[Votes], ground: Ground, scope: Scope) -> dict[str, Counted]:
    wishes = place_wishes(votes, ground.items)
    counted = {area: count(votes, regions, ground.items, wishes) for area, regions in ground.areas.items()}
    parts: dict[str, list[int]] = {}
    for item, people in zip(ground.items, counted["total"].persons[0].tolist(), strict=True):
        parts.setdefault(item.level, []).append(people)
    return {
        area: figures.only([rules.published(item, area, scope, parts) for item in ground.items])
        for area, figures in counted.items()
    }


def _headline(counted: dict[str, Counted], ground: Ground, scope: Scope, now: datetime, late: int) -> Release:
    everyone = next(n for n, item in enumerate(ground.items) if item.level == "all")
    answers = counted["place"].persons[:, everyone]
    shown = int((answers > 0).sum())
    return Release(
        id=uuid4(),
        scope=scope,
        number=0,
        made_at=now,
        inputs=ground.digest,
        participants=int(counted["total"].persons[0, everyone]),
        opinions=int(answers.sum()),
        wishes=int(counted["total"].wishes[0, everyone]),
        late=late,
        places_shown=shown,
        places_hidden=len(ground.places) - shown,
    )
