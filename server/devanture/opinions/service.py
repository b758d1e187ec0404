"""What a person can do with opinions: send one, and ask for their own."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import NamedTuple
from uuid import UUID, uuid4, uuid5

import msgspec
from asyncpg import Record

from devanture.aside.service import asides
from devanture.db.pool import Database
from devanture.errors import Problem
from devanture.opinions import queries, rules
from devanture.opinions.intake import Intake, Outcome, Sending
from devanture.opinions.rulebook import Clock, Rulebook, knowing
from devanture.opinions.schemas import Current, Fate, OpinionV1, Stored, VoterState
from devanture.places.schemas import Place
from devanture.processes.rules import local_day
from devanture.processes.schemas import Process
from devanture.processes.service import is_late
from devanture.retention.service import note
from devanture.voters.rules import hashes_of, network_token, voter_hash, voter_of_person

HIGHEST_SEQ = 2**31 - 1
ANSWERABLE = {"vacant", "works", "open"}
ARRIVALS_KEPT = timedelta(days=30)
"""After closing: long enough to look into a doubtful vote, and no longer."""


@dataclass(frozen=True)
class Reception:
    """Where sendings are taken in: the queue, the database behind it, and the server's clock."""

    intake: Intake
    database: Database
    clock: Clock


@dataclass(frozen=True)
class Origin:
    """Where a sending came from: the voter's cookie, the network (not an address), how it was given.

    `host` is one address (IPv4) or its /64, `issued_at` when the cookie was made, `standing` how; `waited`: the phone
    says that it was typed a while before.
    """

    voter: str
    network: str
    channel: str = "web"
    proof: str = "none"
    host: str | None = None
    issued_at: datetime | None = None
    standing: str = "f"
    waited: bool = False


async def send_opinion(
    reception: Reception, book: Rulebook, sending_id: UUID, opinion: OpinionV1, origin: Origin
) -> tuple[Stored, Outcome]:
    """Take one sending: answered after the commit. The same again gives the same answer; raises a `Problem`."""
    book = await knowing(reception.database, book, [opinion.place])
    try:
        sendings = await _placed(reception, book, judged(book, sending_id, opinion, origin, reception.clock()))
    except Problem:
        # The answer to the first sending may have been lost on its way, and the consultation closed since.
        if not await is_stored(reception.database, book.process, sending_id, opinion):
            raise
        outcome = Outcome.REPLAYED
    else:
        for sending in sendings:
            outcome = await reception.intake.submit(book.process.organisation_id, sending)
    if outcome is Outcome.CONFLICT:
        raise Problem("id-reused")
    return Stored(str(sending_id), opinion.place, opinion.seq, receipt_of(book, sending_id, opinion)), outcome


def receipt_of(book: Rulebook, sending_id: UUID, opinion: OpinionV1) -> str:
    """The receipt of a sending: always the same word for the same one."""
    return rules.receipt(rules.leaf(book.leaf_key, sending_id, rules.digest(opinion)))


async def fate_of(database: Database, process: Process, typed: str) -> Fate | None:
    """What became of the sending that a receipt was given for; none when there is no such receipt."""
    beginning = rules.read_receipt(typed)
    if beginning is None:
        return None
    async with database.transaction(process.organisation_id) as connection:
        row = await queries.fate_of_receipt(connection, process.organisation_id, process.id, beginning)
    if row is None:
        return None
    found = dict(row)
    out = await asides(database, process, [found["id"]])
    return rules.fate(aside=out.get(found.pop("id")), **found)


async def _placed(reception: Reception, book: Rulebook, sending: Sending) -> list[Sending]:
    """A withdrawal goes where the answer stands that it takes back; all else stays as it was judged.

    After a merge that may be the place which bears the name no longer, and, where the person answered again under
    the old name, the one that took it in besides: each gets a sending, the one with the phone's own id last, so that
    a try that broke off is made good by the next. Nothing stands: the place that took it in, as for a new answer.
    """
    named = sending.payload["place"]
    if not sending.withdrawn or named in book.places:
        return [sending]
    process = book.process
    async with reception.database.transaction(process.organisation_id) as connection:
        found = await queries.standing(connection, process.organisation_id, process.id, [sending.voter], named)
    first, *others = found or [sending.place_id]
    return [*(_beside(book, sending, place_id) for place_id in others), replace(sending, place_id=first)]


def _beside(book: Rulebook, sending: Sending, place_id: UUID) -> Sending:
    """The same withdrawal at one more place, under an id that follows from the phone's own."""
    beside = uuid5(sending.id, str(place_id))
    return replace(sending, id=beside, place_id=place_id, leaf=rules.leaf(book.leaf_key, beside, sending.digest))


async def take_back_all(reception: Reception, book: Rulebook, origin: Origin) -> bool:
    """Withdraw every answer of a phone, each by a sending of its own; whether none stands any more, read anew.

    What was said in time stays from the closing on.
    """
    await _withdraw_each(reception, book, origin)
    process, voters = book.process, hashes_of(book.voter_key, origin.voter)
    async with reception.database.transaction(process.organisation_id) as connection:
        return not await queries.standing(connection, process.organisation_id, process.id, voters)


async def _withdraw_each(reception: Reception, book: Rulebook, origin: Origin) -> None:
    state = await phone_state(reception.database, book, origin.voter)
    standing = [mine for mine in state.current if not mine.opinion.withdraw]
    for number, mine in enumerate(standing, state.next_seq):
        seq, person = min(number, HIGHEST_SEQ), mine.opinion.person
        withdrawal = OpinionV1(v=1, place=mine.place, seq=seq, withdraw=True, person=person)
        try:
            await send_opinion(reception, book, uuid4(), withdrawal, origin)
        except Problem as problem:
            # What the consultation no longer lets go stays, as reading it anew will show.
            if problem.code not in ("phase-closed", "unknown-place"):
                raise


async def is_stored(database: Database, process: Process, sending_id: UUID, opinion: OpinionV1) -> bool:
    """Whether this very sending was stored before."""
    async with database.transaction(process.organisation_id) as connection:
        rows = await queries.stored_digests(connection, process.organisation_id, [process.id], [sending_id])
    return [row["digest"] for row in rows] == [rules.digest(opinion)]


def judged(book: Rulebook, sending_id: UUID, opinion: OpinionV1, origin: Origin, now: datetime) -> Sending:
    """The row to store, once every rule has had its say."""
    process, place = book.process, book.place(opinion.place)
    late = is_late(process, now)
    if not opinion.withdraw:
        if place.state not in ANSWERABLE:
            raise Problem("place-closed")
        rules.check_wishes(opinion, book.catalogue, book.catalogue_kind(place), process.max_wishes)
    digest = rules.digest(opinion)
    return Sending(
        process_id=process.id,
        id=sending_id,
        place_id=place.id,
        voter=voter_hash(book.voter_key, voter_of_person(origin.voter, rules.person_of(opinion))),
        seq=opinion.seq,
        version=opinion.v,
        payload=msgspec.to_builtins(opinion),
        digest=digest,
        day=local_day(now, process.timezone),
        channel="for_another" if rules.person_of(opinion) else origin.channel,
        proof=_proof(book, place, opinion, origin),
        late=late,
        wishes=" ".join(opinion.wishes),
        other=bool(opinion.other.strip()),
        withdrawn=opinion.withdraw,
        arrived_at=now,
        network=network_token(book.voter_key, origin.network),
        leaf=rules.leaf(book.leaf_key, sending_id, digest),
        host=network_token(book.voter_key, origin.host) if origin.host else None,
        issued_at=origin.issued_at,
        standing=origin.standing,
        waited=origin.waited,
    )


def _proof(book: Rulebook, place: Place, opinion: OpinionV1, origin: Origin) -> str:
    """A poster's code says that one stood before its own door; one that is revoked or of elsewhere says nothing."""
    at_the_door = origin.proof == "none" and book.door_codes.get(opinion.door) == place.id
    return "door_code" if at_the_door else origin.proof


async def voter_state(database: Database, book: Rulebook, voter: str | None, person: int = 0) -> VoterState:
    """What one person of a phone said, by default its own, withdrawals included; the next `seq` of the whole phone."""
    found = await phone_state(database, book, voter)
    return VoterState(found.next_seq, [row for row in found.current if row.opinion.person == person])


async def phone_state(database: Database, book: Rulebook, voter: str | None) -> VoterState:
    """The next `seq` of a phone, whose persons share one counter, and what each of them said, withdrawals included."""
    if voter is None:
        return VoterState(1, [])
    process, hashed = book.process, hashes_of(book.voter_key, voter)
    async with database.transaction(process.organisation_id) as connection:
        rows = await queries.current_of_voters(connection, process.organisation_id, process.id, hashed)
        highest = await queries.highest_seq(connection, process.organisation_id, process.id, hashed)
    return VoterState(min(highest + 1, HIGHEST_SEQ), [_current(book, row) for row in rows])


def _current(book: Rulebook, row: Record) -> Current:
    opinion, sending_id = msgspec.convert(row["payload"], OpinionV1), row["opinion_id"]
    # By the digest that was stored: words that were erased since change no receipt.
    receipt = rules.receipt(rules.leaf(book.leaf_key, sending_id, row["digest"]))
    spoken = msgspec.structs.replace(opinion, person=rules.person_of(opinion))
    return Current(row["ref"], row["seq"], str(sending_id), row["day"], receipt, spoken)


class Said(NamedTuple):
    """A stored sending, as what hangs on it must know it; `place` is the reference it was given at."""

    voter: bytes
    place: str
    taken_back: bool


async def said(
    database: Database, organisation_id: UUID, sendings: Collection[tuple[UUID, UUID]]
) -> dict[tuple[UUID, UUID], Said]:
    """Those of these sendings (process, id) that are stored."""
    processes, ids = [process for process, _ in sendings], [sending for _, sending in sendings]
    async with database.transaction(organisation_id) as connection:
        rows = await queries.said(connection, organisation_id, processes, ids)
    return {(row["process_id"], row["id"]): Said(row["voter"], row["ref"], row["taken_back"]) for row in rows}


async def forget_arrivals(database: Database, organisation_id: UUID, now: datetime) -> int:
    """Delete when and from where opinions came, once a consultation has been closed for 30 days, and record it."""
    async with database.transaction(organisation_id) as connection:
        gone = await queries.forget_arrivals(connection, organisation_id, now - ARRIVALS_KEPT)
        return await note(connection, organisation_id, now.date(), "arrivals", gone)
