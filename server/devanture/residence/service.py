"""What a person can do with the one question: answer it once, or be known to have answered."""

from collections.abc import Sequence
from datetime import datetime

from devanture.db.pool import Database
from devanture.opinions.rulebook import Rulebook
from devanture.processes.rules import local_day
from devanture.processes.schemas import Process
from devanture.residence import queries, rules
from devanture.residence.schemas import ResidenceV1
from devanture.voters.rules import hashes_of, voter_hash, voter_of_person


async def answer(database: Database, book: Rulebook, voter: str, said: ResidenceV1, now: datetime) -> bool:
    """Keep a person's first answer, as it is today; False when there was one. Raises `bad-sending`."""
    process = book.process
    rules.check(said, process.sectors)
    hashed = voter_hash(book.voter_key, voter_of_person(voter, said.person))
    day = local_day(now, process.timezone)
    async with database.transaction(process.organisation_id) as connection:
        return await queries.add(connection, process.organisation_id, process.id, hashed, said, day)


async def forget(database: Database, book: Rulebook, voter: str) -> None:
    """Delete what was said about the persons of a phone; they may be asked anew."""
    process, hashed = book.process, hashes_of(book.voter_key, voter)
    async with database.transaction(process.organisation_id) as connection:
        await queries.forget(connection, process.organisation_id, process.id, hashed)


async def forget_known(database: Database, process: Process, voters: Sequence[bytes]) -> None:
    """The same for persons named by what is stored of them."""
    async with database.transaction(process.organisation_id) as connection:
        await queries.forget(connection, process.organisation_id, process.id, voters)


async def has_answered(database: Database, book: Rulebook, voter: str | None) -> bool:
    """Whether the phone's own person did: of those it was lent to the phone keeps who was asked."""
    if voter is None:
        return False
    process, hashed = book.process, voter_hash(book.voter_key, voter)
    async with database.transaction(process.organisation_id) as connection:
        return await queries.answered(connection, process.organisation_id, process.id, hashed)
