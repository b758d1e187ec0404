"""The daily trees: made after midnight, never changed; and the proof that a sending is in one."""

import asyncio
from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

import asyncpg
from asyncpg import Record

from devanture.audit import queries
from devanture.audit.rules import BEFORE_ALL, Tree, chained, day_to_seal
from devanture.audit.schemas import Inclusion, SealedDay, Seals
from devanture.db.pool import Connection, Database
from devanture.errors import Problem
from devanture.opinions.rules import read_receipt
from devanture.processes.schemas import Process
from devanture.recent import Recent

PATIENCE = 300.0
Day = tuple[UUID, UUID, date]
Leaves = tuple[Sequence[bytes], Tree]
Trees = Recent[Day, Leaves]


async def seal(database: Database, process: Process, now: datetime) -> SealedDay | None:
    """Make the tree of the day that is over, over every leaf that is in none; none where there is nothing to seal.

    A leaf that is committed after the look at them, whatever its day, is in the next tree.
    """
    key = (process.organisation_id, process.id)
    async with database.transaction(process.organisation_id) as connection:
        last = await queries.last_seal(connection, *key)
    day = day_to_seal(now, process.timezone, last["day"] if last else None)
    if day is None:
        return None
    try:
        async with database.transaction(process.organisation_id) as connection:
            return await _seal(connection, process, day, last["chain"] if last else BEFORE_ALL)
    except asyncpg.UniqueViolationError:
        # Another worker sealed these leaves in the same moment.
        return None


async def _seal(connection: Connection, process: Process, day: date, before: bytes) -> SealedDay | None:
    key = (process.organisation_id, process.id)
    await queries.give_time(connection, PATIENCE)
    leaves = await queries.take_leaves(connection, *key, day)
    if not leaves:
        return None
    root = (await asyncio.to_thread(lambda: Tree(sorted(leaves)))).root
    chain = chained(before, day, len(leaves), root)
    await queries.add_seal(connection, *key, day, len(leaves), root, chain)
    return SealedDay(day, len(leaves), root.hex(), chain.hex())


async def seals_of(database: Database, process: Process) -> Seals:
    """Every sealed day, first one first."""
    async with database.transaction(process.organisation_id) as connection:
        rows = await queries.seals(connection, process.organisation_id, process.id)
    return Seals(process.slug, [_sealed(row) for row in rows])


async def sealed_in(database: Database, process: Process, typed: str) -> Inclusion:
    """In which day's tree the leaf of a receipt is, without its path; raises `unknown-receipt`."""
    beginning = read_receipt(typed)
    async with database.transaction(process.organisation_id) as connection:
        row = beginning and await queries.leaf_beginning(connection, process.organisation_id, process.id, beginning)
    if not row:
        raise Problem("unknown-receipt")
    days = {one.day: one for one in (await seals_of(database, process)).days}
    return Inclusion(row["leaf"].hex(), days.get(row["day"]))


async def proof_of(database: Database, trees: Trees, process: Process, typed: str) -> Inclusion:
    """The proof that the leaf of a receipt is in its day's tree; raises `unknown-receipt`."""
    found = await sealed_in(database, process, typed)
    if found.sealed is None:
        return found
    leaves, tree = await trees.get((process.organisation_id, process.id, found.sealed.day))
    index = leaves.index(bytes.fromhex(found.leaf))
    return Inclusion(found.leaf, found.sealed, index, [sister.hex() for sister in tree.path(index)])


def trees(database: Database) -> Trees:
    """Trees by (organisation, process, day). One of 300,000 leaves takes a second to build, and never changes."""

    async def load(key: Day) -> Leaves:
        organisation_id, process_id, day = key
        async with database.transaction(organisation_id) as connection:
            leaves = await queries.leaves_of(connection, organisation_id, process_id, day)
        return leaves, await asyncio.to_thread(lambda: Tree(leaves))

    return Recent(load, 3600, most=8)


def _sealed(row: Record) -> SealedDay:
    return SealedDay(row["day"], row["leaves"], row["root"].hex(), row["chain"].hex())
