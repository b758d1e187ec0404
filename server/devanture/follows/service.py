"""What a follower can do: begin, confirm, see, stop."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

import msgspec

from devanture.db.pool import Connection, Database
from devanture.errors import Problem
from devanture.follows import queries, rules
from devanture.follows.limits import MailLimits
from devanture.follows.schemas import Follow, FollowStored, FollowV1
from devanture.opinions.rulebook import Rulebook, knowing
from devanture.places.schemas import Place
from devanture.processes import keys
from devanture.processes.rules import local_day
from devanture.processes.schemas import Process
from devanture.retention.service import note
from devanture.worker.outbox import enqueue_confirmation

UNCONFIRMED_KEPT = timedelta(days=7)
"""A mail address that nobody confirmed may be somebody else's."""


@dataclass(frozen=True)
class Followers:
    """Where followers are kept: the database, the program's key, the day's mails, and whether any mail can be sent,
    and to which push services beside the browsers' own."""

    database: Database
    master: bytes
    limits: MailLimits
    mail: bool
    push_hosts: tuple[str, ...] = ()


@dataclass(frozen=True)
class Asker:
    """Who asks: the network (not an address), the browser's number, the language they read, and when it is."""

    network: str
    voter: str
    lang: str
    now: datetime


async def follow(
    followers: Followers, book: Rulebook, follow_id: UUID, said: FollowV1, asker: Asker
) -> tuple[FollowStored, bool]:
    """Begin to follow a place; True when that is new. The same again, or the same phone, gives the same answer.

    Every sending by mail is new and mailed, whether its address follows the place or not: only its owner learns which.
    Raises `bad-address`, `bad-sending`, `push-unknown`, `mail-unavailable`, `too-many-mails`, `too-many-follows`,
    `unknown-place`, `id-reused`.
    """
    book = await knowing(followers.database, book, [said.place])
    place, process, address = book.place(said.place), book.process, rules.address_of(said, followers.push_hosts)
    by_mail = said.means == "mail"
    if by_mail and not followers.mail:
        raise Problem("mail-unavailable")
    hashed = None if by_mail else rules.asker_hash(followers.master, process.id, asker.voter)
    new = Follow(follow_id, place.id, said.means, not by_mail, asker.lang, hashed)
    async with followers.database.transaction(process.organisation_id) as connection:
        added = await _add(connection, followers, process, new, address, asker)
        known = new if added else await _known(connection, followers, process, new, address)
        if added and by_mail and _may_mail(followers, asker, address):
            await enqueue_confirmation(connection, process.slug, new.id)
    # To whoever only knows an address, a link to what its owner follows would give their secret away.
    link = None if by_mail else link_of(followers.master, process, known.id)
    return FollowStored(str(follow_id), place.ref, link), added


def _may_mail(followers: Followers, asker: Asker, address: str | None) -> bool:
    return address is not None and followers.limits.take(asker.network, rules.mailbox(followers.master, address))


async def _add(
    connection: Connection, followers: Followers, process: Process, new: Follow, address: str | None, asker: Asker
) -> bool:
    sealed = hashed = None
    if address:
        context = rules.sealing_context(process.id, new.id)
        sealed = keys.wrap(followers.master, address.encode(), context)
        hashed = rules.address_hash(followers.master, new.place_id, address)
    digest = rules.token_digest(rules.token(followers.master, new.id))
    assert digest is not None
    day = local_day(asker.now, process.timezone)
    if new.asker:
        await queries.wait_for_turn(connection, new.asker)
    row = (new, sealed, hashed, digest, day)
    return await queries.add(connection, process.organisation_id, process.id, *row, rules.MOST_FOLLOWS)


async def _known(
    connection: Connection, followers: Followers, process: Process, new: Follow, address: str | None
) -> Follow:
    """The follower who stands in the way of a new row: this very one, or the same phone at this place."""
    hashed = rules.address_hash(followers.master, new.place_id, address) if address else None
    row = await queries.known(connection, process.organisation_id, process.id, new.id, new.place_id, hashed)
    if row is None:
        raise Problem("too-many-follows", most=rules.MOST_FOLLOWS)
    if not row["same"] or row["means"] != new.means:
        raise Problem("id-reused")
    return msgspec.structs.replace(new, id=row["id"], confirmed=row["confirmed"])


def link_of(master: bytes, process: Process, follow_id: UUID) -> str:
    """The path of a follower's secret page."""
    return f"/{process.slug}/suivi/{rules.token(master, follow_id)}"


async def find(followers: Followers, book: Rulebook, token: str) -> tuple[Follow, Place]:
    """The follower that a secret link belongs to, and what they follow; raises `unknown-follow`."""
    digest, process = _digest(token), book.process
    async with followers.database.transaction(process.organisation_id) as connection:
        row = await queries.by_token(connection, process.organisation_id, process.id, digest)
    if row is None:
        raise Problem("unknown-follow")
    # What they follow may have been merged since, or be a spot at which nobody wishes for anything now.
    book = await knowing(followers.database, book, [row["ref"]])
    return msgspec.convert(dict(row), Follow), book.place(row["ref"])


async def confirm(followers: Followers, process: Process, token: str) -> None:
    """The mail address is its owner's; confirming twice changes nothing."""
    async with followers.database.transaction(process.organisation_id) as connection:
        await queries.confirm(connection, process.organisation_id, process.id, _digest(token))


async def stop(followers: Followers, process: Process, token: str) -> None:
    """Forget a follower; stopping what was stopped is no fault."""
    async with followers.database.transaction(process.organisation_id) as connection:
        await queries.stop(connection, process.organisation_id, process.id, _digest(token))


def _digest(token: str) -> bytes:
    digest = rules.token_digest(token)
    if digest is None:
        raise Problem("unknown-follow")
    return digest


async def stop_known(database: Database, process: Process, digests: Sequence[bytes]) -> None:
    """Forget followers named by what is stored of the secrets in their links."""
    async with database.transaction(process.organisation_id) as connection:
        for digest in digests:
            await queries.stop(connection, process.organisation_id, process.id, digest)


async def forget_unconfirmed(database: Database, organisation_id: UUID, now: datetime) -> int:
    """Delete followers whose mail address nobody confirmed within seven days, and record it; how many."""
    async with database.transaction(organisation_id) as connection:
        gone = await queries.forget_unconfirmed(connection, organisation_id, (now - UNCONFIRMED_KEPT).date())
        return await note(connection, organisation_id, now.date(), "followers", gone)
