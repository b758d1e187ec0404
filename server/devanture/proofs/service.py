"""Showing that it is really oneself: an answer counts without, and is weighed by it in the method."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from limits import parse
from limits.storage import MemoryStorage
from limits.strategies import FixedWindowRateLimiter

from devanture.aside.service import proven
from devanture.db.pool import Connection, Database
from devanture.errors import Problem
from devanture.follows.limits import MailLimits
from devanture.opinions.rulebook import Rulebook
from devanture.processes import keys
from devanture.processes.rules import local_day
from devanture.processes.schemas import Process
from devanture.processes.service import process_key
from devanture.proofs import queries, rules
from devanture.proofs.schemas import LEVELS, Proof, ProofV1, Proven
from devanture.voters.rules import voter_hash
from devanture.web.sendings import mail_address
from devanture.worker.outbox import enqueue_mail_code

WRONG = parse("30/hour")
"""Wrong codes of one network: six digits are guessed in a million tries. Right ones cost nothing."""


@dataclass(frozen=True)
class Provers:
    """Where proofs are kept: the database, the program's key, the day's mails, and whether any can be sent."""

    database: Database
    master: bytes
    limits: MailLimits
    mail: bool
    wrong: FixedWindowRateLimiter


def provers(database: Database, master: bytes, limits: MailLimits, mail: bool) -> Provers:
    return Provers(database, master, limits, mail, FixedWindowRateLimiter(MemoryStorage()))


@dataclass(frozen=True)
class Shower:
    """Who shows it: the cookie's number, the network (not an address), the language they read, and when it is."""

    voter: str
    network: str
    lang: str
    now: datetime


async def level_of(database: Database, book: Rulebook, voter: str | None) -> Proof:
    """The strongest level that a phone's own person has shown; the poster's code belongs to single answers."""
    if voter is None:
        return "none"
    process = book.process
    async with database.transaction(process.organisation_id) as connection:
        hashed = voter_hash(book.voter_key, voter)
        found = await queries.levels(connection, process.organisation_id, process.id, hashed)
    return max((level for level in LEVELS if level in found), key=LEVELS.index, default="none")


async def show(provers: Provers, book: Rulebook, said: ProofV1, shower: Shower) -> Proven:
    """Take a facilitator's code, an address, or the code that was mailed to it.

    Raises `wrong-code`, `too-many-tries`, `bad-address`, `mail-unavailable`, `too-many-mails`.
    """
    if said.means == "mail":
        await _ask(provers, book, said.value, shower)
        return Proven("sent", await level_of(provers.database, book, shower.voter))
    if not provers.wrong.test(WRONG, "network", shower.network):
        raise Problem("too-many-tries")
    check = _check_mail if said.means == "code" else _check_screen
    if not await check(provers, book, rules.digits(said.value), shower):
        provers.wrong.hit(WRONG, "network", shower.network)
        raise Problem("wrong-code")
    return Proven("proven", await level_of(provers.database, book, shower.voter))


async def _ask(provers: Provers, book: Rulebook, typed: str, shower: Shower) -> None:
    """Order a mail with six digits. The same word is told whether its owner was asked often today or not."""
    if not provers.mail:
        raise Problem("mail-unavailable")
    address, process = mail_address(typed), book.process
    mailbox = rules.one_mailbox(address)
    voter = voter_hash(book.voter_key, shower.voter)
    source = rules.source_of(book.voter_key, "mail", mailbox)
    may_mail = provers.limits.take(shower.network, source.hex())
    sealed = keys.wrap(provers.master, address.encode(), rules.sealing_context(process.id, voter))
    async with provers.database.transaction(process.organisation_id) as connection:
        key = (process.organisation_id, process.id, voter)
        await queries.ask(connection, *key, source, sealed, shower.lang, shower.now)
        if may_mail:
            await enqueue_mail_code(connection, process.slug, voter.hex())


async def _check_mail(provers: Provers, book: Rulebook, typed: str, shower: Shower) -> bool:
    process, voter = book.process, voter_hash(book.voter_key, shower.voter)
    key = (process.organisation_id, process.id, voter)
    async with provers.database.transaction(process.organisation_id) as connection:
        asked = await queries.try_once(connection, *key, shower.now - rules.MAIL_LASTS, rules.MOST_TRIES)
    if asked is None or typed != rules.mail_code(book.voter_key, voter, asked["address"], asked["asked_at"]):
        return False
    async with provers.database.transaction(process.organisation_id) as connection:
        await earn(connection, process, voter, "email", asked["address"], shower.now)
        await queries.end_question(connection, *key)
    return True


async def _check_screen(provers: Provers, book: Rulebook, typed: str, shower: Shower) -> bool:
    process, step = book.process, rules.step_of(shower.now)
    key, voter = (process.organisation_id, process.id), voter_hash(book.voter_key, shower.voter)
    async with provers.database.transaction(process.organisation_id) as connection:
        for row in await queries.screens(connection, *key):
            secret = keys.unwrap(provers.master, row["wrapped"], rules.key_context(process.id, row["id"]))
            if not rules.is_changing_code(secret, typed, shower.now):
                continue
            if not await queries.use_screen(connection, *key, row["id"], step, rules.MOST_A_STEP):
                raise Problem("busy-screen")
            source = rules.source_of(book.voter_key, "screen", str(row["id"]))
            await earn(connection, process, voter, "at_door", source, shower.now)
            return True
    return False


async def earn(
    connection: Connection, process: Process, voter: bytes, proof: Proof, source: bytes, now: datetime
) -> None:
    """Keep a proof; it counts at the next recount, and what rules doubted of this voter counts again.

    One address, and one verified person, is one voter: a second phone takes the proof along, and no doubt is lifted
    by it, or one address would free any number of phones one after the other.
    """
    key, day = (process.organisation_id, process.id), local_day(now, process.timezone)
    moved = proof in ("email", "verified") and await queries.take_along(connection, *key, voter, proof, source)
    await queries.earn(connection, *key, voter, proof, source, day)
    if not moved:
        await proven(connection, process, voter, proof, now)


async def open_screen(provers: Provers, process: Process, label: str, now: datetime) -> UUID:
    """A facilitator's screen: a secret of its own, which can be closed alone."""
    key_id, day = uuid4(), local_day(now, process.timezone)
    wrapped = keys.wrap(provers.master, keys.new_key(), rules.key_context(process.id, key_id))
    async with provers.database.transaction(process.organisation_id) as connection:
        await queries.add_screen(connection, process.organisation_id, process.id, key_id, label, wrapped, day)
    return key_id


async def code_now(provers: Provers, process: Process, now: datetime) -> list[tuple[UUID, str, str]]:
    """Of each open screen: its id, whose it is, and the six digits that it shows."""
    async with provers.database.transaction(process.organisation_id) as connection:
        rows = await queries.screens(connection, process.organisation_id, process.id)
    found = []
    for row in rows:
        secret = keys.unwrap(provers.master, row["wrapped"], rules.key_context(process.id, row["id"]))
        found.append((row["id"], row["label"], rules.changing_code(secret, rules.step_of(now))))
    return found


async def close_screen(provers: Provers, process: Process, key_id: UUID, since: datetime, now: datetime) -> int:
    """Close a screen whose code has leaked, and take back what it proved from a day on; how many people."""
    key = await process_key(provers.database, process, "voter", provers.master)
    source = rules.source_of(key, "screen", str(key_id))
    days = [local_day(moment, process.timezone) for moment in (now, since)]
    async with provers.database.transaction(process.organisation_id) as connection:
        return await queries.revoke_screen(
            connection, process.organisation_id, process.id, key_id, source, days[0], days[1]
        )


async def forget_questions(database: Database, organisation_id: UUID, now: datetime) -> int:
    """Delete questions whose code has run out; how many."""
    async with database.transaction(organisation_id) as connection:
        return await queries.forget_questions(connection, organisation_id, now - rules.MAIL_LASTS)
