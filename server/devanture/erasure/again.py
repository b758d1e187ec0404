"""Erasing once more what a copy of the database brought back: erased people stay erased."""

from collections.abc import Sequence
from datetime import datetime
from uuid import uuid5

import msgspec
from asyncpg import Record

from devanture.db.pool import Database
from devanture.erasure import ledger, queries
from devanture.erasure.service import forget
from devanture.follows.service import stop_known
from devanture.opinions import rules
from devanture.opinions.intake import Sending
from devanture.opinions.schemas import OpinionV1
from devanture.opinions.storing import store_in
from devanture.processes import phases
from devanture.processes.schemas import Process
from devanture.processes.service import all_processes, process_key
from devanture.residence.service import forget_known
from devanture.settings import Settings


async def erase_again(settings: Settings, database: Database, now: datetime) -> int:
    """Have everything in the list erased in this database too; how many voters were back. Again changes nothing."""
    entries = ledger.read(settings.data)
    back = 0
    for process in await all_processes(database) if entries else []:
        of_process = [entry for entry in entries if entry.process == process.id]
        if of_process:
            back += await _in_process(settings, database, process, of_process, now)
    return back


async def _in_process(
    settings: Settings, database: Database, process: Process, entries: Sequence[ledger.Entry], now: datetime
) -> int:
    digests = [bytes.fromhex(voter) for entry in entries for voter in entry.voters]
    async with database.transaction(process.organisation_id) as connection:
        voters = await queries.voters_known(connection, process.organisation_id, process.id, digests)
    known = {ledger.digest(voter): voter for voter in voters}
    await stop_known(database, process, [bytes.fromhex(one) for entry in entries for one in entry.follows])
    await forget_known(database, process, voters)
    leaf_key = await process_key(database, process, "leaf", settings.key)
    back = 0
    for entry in entries:
        for voter in filter(None, map(known.get, entry.voters)):
            back += await _voter(database, process, leaf_key, voter, entry, now)
    return back


async def _voter(
    database: Database, process: Process, leaf_key: bytes, voter: bytes, entry: ledger.Entry, now: datetime
) -> bool:
    """Take back what one voter had taken back, then the words and, once closed, the link; whether anything was left."""
    key = (process.organisation_id, process.id)
    async with database.transaction(process.organisation_id) as connection:
        rows = await queries.standing(connection, *key, voter, entry.seq, entry.closed)
    sendings = [_withdrawal(process, leaf_key, voter, entry, row, now) for row in rows]
    if sendings:
        await store_in(database)(process.organisation_id, sendings)
    closed = entry.closed and phases.state(process.phases, now) == "closed"
    async with database.transaction(process.organisation_id) as connection:
        words = await forget(connection, process, [voter], entry.seq, closed, entry.day)
    return bool(sendings) or (closed and words)


def _withdrawal(
    process: Process, leaf_key: bytes, voter: bytes, entry: ledger.Entry, row: Record, now: datetime
) -> Sending:
    """The same whenever it is made: its id follows from the answer that it takes back."""
    answered = msgspec.convert(row["payload"], OpinionV1)
    opinion = OpinionV1(v=1, place=row["ref"], seq=entry.seq, withdraw=True, person=rules.person_of(answered))
    sending_id, digest = uuid5(row["opinion_id"], "erased"), rules.digest(opinion)
    return Sending(
        process_id=process.id,
        id=sending_id,
        place_id=row["place_id"],
        voter=voter,
        seq=entry.seq,
        version=opinion.v,
        payload=msgspec.to_builtins(opinion),
        digest=digest,
        day=entry.day,
        channel=row["channel"],
        proof=row["proof"],
        late=row["late"],
        wishes="",
        other=False,
        withdrawn=True,
        arrived_at=now,
        network=bytes(16),
        leaf=rules.leaf(leaf_key, sending_id, digest),
    )
