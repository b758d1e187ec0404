"""Setting opinions aside and bringing them back; every step is an event that stays."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import msgspec

from devanture.aside import queries, rules
from devanture.aside.schemas import Aside, Decided, Rule, Swarm, Tally
from devanture.db.pool import Connection, Database
from devanture.errors import Problem
from devanture.processes.rules import local_day
from devanture.processes.schemas import Process
from devanture.staff.schemas import Member
from devanture.staff.service import record
from devanture.worker.outbox import enqueue_release

PATIENCE = 60.0
"""Seconds that looking at all that came lately may take."""
LOOK_BACK = timedelta(minutes=15)
"""So far before the last look something may have been committed late, or have begun that ends now."""
EVER = datetime.min.replace(year=2001, tzinfo=UTC)


async def judge(database: Database, process: Process, now: datetime, last: datetime | None = None) -> int:
    """Set aside what the rules find now that more came since the `last` look; how many were new.

    Those of a burst who have proven keep their voice, and their proof counts no more for it. Judging twice changes
    nothing. Raises `Busy` when the database cannot do it now.
    """
    since = EVER if last is None else min(last, now) - LOOK_BACK
    async with database.transaction(process.organisation_id) as connection:
        await queries.begin(connection, process.id, PATIENCE)
        key, day = (process.organisation_id, process.id), local_day(now, process.timezone)
        bursts, doubted = await _bursts(connection, key, since)
        found = await _found(connection, key, since, bursts)
        return await queries.add(connection, *key, day, found) + await queries.doubt(connection, *key, day, doubted)


async def _found(
    connection: Connection, key: tuple[UUID, UUID], since: datetime, bursts: set[UUID]
) -> dict[UUID, str]:
    rows = await queries.single(
        connection, *key, since, rules.ONLINE, rules.TOO_FAST, rules.TOO_MANY, rules.WITHIN, rules.UNPROVEN
    )
    found: list[tuple[UUID, Rule]] = [(row["opinion_id"], row["rule"]) for row in rows]
    found += [(opinion_id, "burst") for opinion_id in bursts]
    replaced = {row["opinion_id"]: str(row["rule"]) for row in await queries.replacements(connection, *key)}
    return {**replaced, **rules.first_rules(found)}


async def _bursts(connection: Connection, key: tuple[UUID, UUID], since: datetime) -> tuple[set[UUID], set[UUID]]:
    """The opinions of bursts that nobody has proven, and those that somebody has."""
    looked = queries.Looked(since - rules.SLOW, rules.ONLINE, rules.FRESH, rules.LIGHT)
    unproven, proven = set[UUID](), set[UUID]()
    for row in await queries.swarms(connection, *key, looked, rules.SWARM_FROM, rules.FEW, since):
        if rules.is_burst(Swarm(row["votes"], row["ballots"], row["scattered"])):
            (proven if row["proven"] else unproven).update(row["opinions"])
    return unproven, proven


async def restore(database: Database, member: Member, process: Process, opinion_id: UUID, now: datetime) -> bool:
    """Let an opinion count again, for good: the rules do not look at it any more. False when it counted already."""
    return await _decide(database, member, process, Decided(opinion_id, "restored", ""), now)


async def void(
    database: Database, member: Member, process: Process, opinion_id: UUID, reason: str, now: datetime
) -> bool:
    """Take an opinion out by hand, with a reason that its voter reads; False when it was out by hand already.

    Raises `bad-request` without a reason.
    """
    if not 0 < len(reason.strip()) <= rules.LONGEST_REASON:
        raise Problem("bad-request")
    return await _decide(database, member, process, Decided(opinion_id, "voided", reason.strip()), now)


async def _decide(database: Database, member: Member, process: Process, decided: Decided, now: datetime) -> bool:
    """The event, the trail's line and the order of a recount are kept together, or none of them is."""
    if member.organisation_id != process.organisation_id:
        raise Problem("unknown-process")
    day = local_day(now, process.timezone)
    async with database.transaction(process.organisation_id) as connection:
        if not await queries.decide(connection, process.organisation_id, process.id, member.id, day, decided):
            return False
        subject = {"process": process.slug, "opinion": str(decided.opinion_id), "reason": decided.reason}
        await record(connection, member.organisation_id, member.id, now, decided.verdict, **subject)
        await enqueue_release(connection, process.slug)
    return True


async def puzzle_solved(database: Database, process: Process, voters: Sequence[bytes], now: datetime) -> int:
    """What came over the limit from these voters counts from now on; how many opinions were restored."""
    day = local_day(now, process.timezone)
    async with database.transaction(process.organisation_id) as connection:
        await queries.settle(connection, process.organisation_id, process.id, voters)
        key = (process.organisation_id, process.id)
        return await queries.lift(connection, *key, voters, ["over-limit"], "puzzle", day)


async def proven(connection: Connection, process: Process, voter: bytes, proof: str, now: datetime) -> int:
    """A voter has shown who they are, in the transaction that keeps it: what rules doubted of them counts again."""
    key, day = (process.organisation_id, process.id), local_day(now, process.timezone)
    return await queries.lift(connection, *key, [voter], rules.LIFTED_BY_PROOF, proof, day)


async def asides(database: Database, process: Process, opinions: Sequence[UUID]) -> dict[UUID, Aside]:
    """Of these opinions those that are out, and why."""
    async with database.transaction(process.organisation_id) as connection:
        rows = await queries.out(connection, process.organisation_id, process.id, opinions)
    return {row["opinion_id"]: Aside(row["verdict"], row["rule"], row["reason"]) for row in rows}


async def history(database: Database, process: Process, opinion_id: UUID) -> list[dict[str, Any]]:
    """All events of one opinion, in order, for the desk."""
    async with database.transaction(process.organisation_id) as connection:
        rows = await queries.events(connection, process.organisation_id, process.id, opinion_id)
    return [dict(row) for row in rows]


async def tallies(database: Database, process: Process) -> list[Tally]:
    """How many current opinions are set aside, restored and voided, by rule: what the method tells."""
    async with database.transaction(process.organisation_id) as connection:
        rows = await queries.tallies(connection, process.organisation_id, process.id)
    return [msgspec.convert(dict(row), Tally) for row in rows]
