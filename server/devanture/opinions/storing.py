"""How batches of sendings reach the journal."""

from collections.abc import Sequence
from uuid import UUID

from asyncpg import Record

from devanture.db.pool import Connection, Database
from devanture.opinions import queries
from devanture.opinions.intake import Outcome, Sending, Store


def store_in(database: Database) -> Store:
    """How batches reach the database: one transaction each, outcomes in the order of the batch."""

    async def store(organisation_id: UUID, batch: Sequence[Sending]) -> list[Outcome]:
        firsts = {(sending.process_id, sending.id): sending for sending in reversed(batch)}
        async with database.transaction(organisation_id) as connection:
            new = await queries.store(connection, organisation_id, list(firsts.values()))
            others = [sending for sending in batch if not _is_first(sending, firsts, new)]
            known = await _stored(connection, organisation_id, others) if others else []
        digests = {(row["process_id"], row["id"]): row["digest"] for row in known}
        return [_outcome(sending, firsts, new, digests) for sending in batch]

    return store


async def _stored(connection: Connection, organisation_id: UUID, batch: Sequence[Sending]) -> Sequence[Record]:
    processes, ids = [sending.process_id for sending in batch], [sending.id for sending in batch]
    return await queries.stored_digests(connection, organisation_id, processes, ids)


_Key = tuple[UUID, UUID]


def _is_first(sending: Sending, firsts: dict[_Key, Sending], new: set[_Key]) -> bool:
    key = (sending.process_id, sending.id)
    return key in new and firsts[key] is sending


def _outcome(sending: Sending, firsts: dict[_Key, Sending], new: set[_Key], digests: dict[_Key, bytes]) -> Outcome:
    if _is_first(sending, firsts, new):
        return Outcome.STORED
    same = digests.get((sending.process_id, sending.id)) == sending.digest
    return Outcome.REPLAYED if same else Outcome.CONFLICT
