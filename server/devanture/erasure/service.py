"""Everything that a phone said in one consultation, erased at once."""

import asyncio
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from uuid import UUID

from devanture.db.pool import Connection
from devanture.erasure import ledger, queries
from devanture.erasure.schemas import Stays
from devanture.errors import Problem
from devanture.follows.rules import token_digest
from devanture.follows.service import Followers
from devanture.follows.service import stop as stop_following
from devanture.opinions.rulebook import Rulebook
from devanture.opinions.service import HIGHEST_SEQ, Origin, Reception, phone_state, take_back_all
from devanture.processes import phases
from devanture.processes.rules import local_day
from devanture.processes.schemas import Process
from devanture.residence.service import forget as forget_residence
from devanture.retention.service import note
from devanture.voters.rules import hashes_of

WORDS, WORDS_OF_COUNTED = ("comment", "other"), ("comment",)
"""« Autre chose, en toutes lettres » is a wish: where the wish stays in the results, so do its words."""


async def erase(
    reception: Reception, followers: Followers, book: Rulebook, origin: Origin, follows: Iterable[str], folder: Path
) -> Stays:
    """Withdraw the answers, forget what was said about the persons, stop following; says what has to stay.

    After the closing what was counted stays and the link to the voter is cut. Doing it again is no fault: a phone
    whose line was cut before the answer came asks once more. `folder` holds the list of erasures.
    """
    process, tokens = book.process, list(follows)
    for token in tokens:
        await _stop(followers, book, token)
    await forget_residence(reception.database, book, origin.voter)
    gone = await take_back_all(reception, book, origin)
    now = reception.clock()
    closed, day = phases.state(process.phases, now) == "closed", local_day(now, process.timezone)
    following = (await phone_state(reception.database, book, origin.voter)).next_seq
    seq = following - (following < HIGHEST_SEQ)
    voters = hashes_of(book.voter_key, origin.voter)
    async with reception.database.transaction(process.organisation_id) as connection:
        if await forget(connection, process, voters, seq, closed, day):
            await note(connection, process.organisation_id, day, "people", {process.id: 1})
    known = [ledger.digest(voter) for voter in voters]
    ended = [found.hex() for token in tokens if (found := token_digest(token))]
    await asyncio.to_thread(ledger.append, folder, ledger.Entry(process.id, known, ended, seq, day, closed))
    return "nothing" if gone and not closed else "counted"


async def forget(
    connection: Connection, process: Process, voters: Sequence[bytes], seq: int, closed: bool, day: date
) -> bool:
    """Erase the free words of these voters' sendings up to a number and, once closed, cut the link; whether any was."""
    key: tuple[UUID, UUID] = (process.organisation_id, process.id)
    ids = await queries.sendings_of(connection, *key, voters, seq or HIGHEST_SEQ)
    words = await queries.erase_words(connection, process.id, ids, WORDS_OF_COUNTED if closed else WORDS, day)
    if words:
        await note(connection, process.organisation_id, day, "words", {process.id: words})
    await queries.forget_proofs(connection, *key, voters, closed)
    if closed:
        for voter in voters:
            await queries.forget_voter(connection, process.id, voter)
    return bool(ids)


async def _stop(followers: Followers, book: Rulebook, token: str) -> None:
    """A word that belongs to nobody follows nothing."""
    try:
        await stop_following(followers, book.process, token)
    except Problem as problem:
        if problem.code != "unknown-follow":
            raise
