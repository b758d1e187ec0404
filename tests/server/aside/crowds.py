"""Invented crowds, honest and forged, as they reach the server: rows of sendings, minute by minute."""

import random
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from hashlib import sha256
from uuid import UUID, uuid4

from devanture.aside.service import judge
from devanture.db.pool import Database
from devanture.opinions.bulk import store_batch
from devanture.opinions.intake import Sending
from devanture.processes.service import find_process
from tests.seed import Seeded

ACTIVITIES = ("fishmonger", "grocer", "bakery", "pharmacy", "hardware", "housing")


@dataclass(frozen=True)
class Came:
    """One opinion as it arrives; `thought` is how long after the cookie."""

    voter: str
    place: str
    wishes: tuple[str, ...]
    at: datetime
    network: str
    host: str = ""
    thought: timedelta = timedelta(seconds=40)
    channel: str = "web"
    proof: str = "none"
    standing: str = "f"
    waited: bool = False
    seq: int = 1
    id: UUID = field(default_factory=uuid4)


async def arrive(database: Database, town: Seeded, came: Iterable[Came]) -> list[UUID]:
    """Store these opinions; their identifiers in order."""
    came = list(came)
    async with database.transaction(town.organisation_id) as connection:
        rows = await connection.fetch("SELECT id, ref FROM place WHERE organisation_id = $1", town.organisation_id)
        places = {row["ref"]: row["id"] for row in rows}
        await store_batch(connection, town.organisation_id, [_sending(town, one, places[one.place]) for one in came])
    return [one.id for one in came]


def _sending(town: Seeded, one: Came, place_id: UUID) -> Sending:
    return Sending(
        process_id=town.process_id,
        id=one.id,
        place_id=place_id,
        voter=sha256(one.voter.encode()).digest(),
        seq=one.seq,
        version=1,
        payload={"v": 1, "place": one.place, "seq": one.seq, "wishes": list(one.wishes)},
        digest=one.id.bytes,
        day=one.at.date(),
        channel=one.channel,
        proof=one.proof,
        late=False,
        wishes=" ".join(one.wishes),
        other=False,
        withdrawn=False,
        arrived_at=one.at,
        network=one.network.encode(),
        leaf=sha256(one.id.bytes).digest(),
        host=(one.host or one.network).encode(),
        issued_at=one.at - one.thought,
        standing=one.standing,
        waited=one.waited,
    )


async def judged(database: Database, town: Seeded, now: datetime) -> dict[UUID, str]:
    """What stands set aside once the rules have looked, by opinion."""
    await judge(database, await find_process(database, town.slug), now)
    async with database.transaction(town.organisation_id) as connection:
        rows = await connection.fetch(
            "SELECT DISTINCT ON (opinion_id) opinion_id, rule, verdict FROM set_aside ORDER BY opinion_id, number DESC"
        )
    return {row["opinion_id"]: row["rule"] for row in rows if row["verdict"] == "set_aside"}


def honest(luck: random.Random, voter: str, at: datetime, network: str, host: str = "") -> list[Came]:
    """A person who answers at one to three doors, as most do, and wishes for what they like."""
    doors = luck.sample(("C12", "C14", "Q3", "S1"), luck.choice((1, 1, 2, 2, 3)))
    came, moment = [], at
    thought = timedelta(seconds=luck.lognormvariate(3.5, 0.6) + 3)
    for door in doors:
        moment += timedelta(seconds=luck.lognormvariate(3.2, 0.5))
        wishes = tuple(sorted(set(luck.choices(ACTIVITIES, (35, 20, 20, 10, 10, 5), k=luck.choice((1, 1, 2))))))
        came.append(Came(voter, door, wishes, moment, network, host, thought))
        thought = moment - at + thought
    return came
