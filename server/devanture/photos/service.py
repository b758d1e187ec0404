"""What a person can do with photos: send one; and what the worker does: forget those that were taken back."""

import asyncio
import hashlib
from collections import Counter
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import IO, NamedTuple
from uuid import UUID

from asyncpg import Record

from devanture.db.pool import Database
from devanture.errors import Busy, Problem
from devanture.opinions.rulebook import Rulebook, knowing
from devanture.opinions.service import said
from devanture.photos import files, queries, rules
from devanture.photos.cleaner import Cleaner, Drawn
from devanture.photos.schemas import StoredPhoto
from devanture.places.schemas import Place
from devanture.processes.rules import local_day
from devanture.processes.service import is_late
from devanture.retention.service import note
from devanture.voters.rules import hashes_of

UNFINISHED = timedelta(hours=1)
"""A file that no row names may be of a photo that is being stored; after this long it is of none."""

RECEIVED_AT_ONCE = 40
"""However slowly phones send, at most so many times 12 MB lie half received on the disk."""


@dataclass(frozen=True)
class Darkroom:
    """Where photos are taken in: the folder, the processes that draw them anew, the database, the server's clock."""

    folder: Path
    cleaner: Cleaner
    database: Database
    clock: Callable[[], datetime]
    doors: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(RECEIVED_AT_ONCE))


@dataclass(frozen=True)
class Sent:
    """A photo on its way: the phone's id, the place, the sending that it belongs to, the cookie that came with it."""

    id: UUID
    place: str
    opinion_id: UUID
    voter: str | None
    content: AsyncIterator[bytes]


class _Owner(NamedTuple):
    place: Place
    voter: bytes


async def send_photo(darkroom: Darkroom, book: Rulebook, sent: Sent) -> tuple[StoredPhoto, bool]:
    """Take one photo, answered once its file and its row are on the disk; whether it is new. Raises a `Problem`.

    Nothing of the body is read before the photo is known or has an owner, so that strangers' bytes reach no disk.
    """
    if darkroom.doors.locked():
        raise Busy(10)
    async with darkroom.doors:
        # The answer to the first sending may have been lost on its way, and the consultation closed since.
        stored = await _stored(darkroom, book, sent)
        if stored is not None:
            return _same(stored, sent, await _read(sent.content)), False
        owner = await _judged(darkroom, book, sent)
        with files.nameless(darkroom.folder) as received:
            digest, head = await _receive(sent.content, received)
            drawn = await darkroom.cleaner.clean(received, rules.kind_of(head))
    if await _keep(darkroom, book, sent, digest, owner, drawn):
        return StoredPhoto(str(sent.id), owner.place.ref, drawn.width, drawn.height), True
    stored = await _stored(darkroom, book, sent)
    if stored is None:
        raise Problem("id-reused")
    return _same(stored, sent, digest), False


async def _read(content: AsyncIterator[bytes]) -> bytes:
    """The SHA-256 of what comes; nothing is kept."""
    digest = hashlib.sha256()
    async for chunk in content:
        digest.update(chunk)
    return digest.digest()


async def _receive(content: AsyncIterator[bytes], received: IO[bytes]) -> tuple[bytes, bytes]:
    """Write what comes as it comes, however slowly; returns its SHA-256 and its first bytes."""
    digest, head = hashlib.sha256(), b""
    async for chunk in content:
        digest.update(chunk)
        head += chunk[: rules.HEAD - len(head)]
        with files.disk_trouble_passes():
            await asyncio.to_thread(received.write, chunk)
    with files.disk_trouble_passes():
        received.flush()
    return digest.digest(), head


async def _stored(darkroom: Darkroom, book: Rulebook, sent: Sent) -> Record | None:
    """What is stored under the photo's id."""
    process = book.process
    async with darkroom.database.transaction(process.organisation_id) as connection:
        return await queries.photo(connection, process.organisation_id, process.id, sent.id)


def _same(stored: Record, sent: Sent, digest: bytes) -> StoredPhoto:
    """The answer to this very photo; raises `id-reused` when another one is stored under its id."""
    if stored["digest"] != digest:
        raise Problem("id-reused")
    return StoredPhoto(str(sent.id), stored["ref"], stored["width"], stored["height"])


async def _judged(darkroom: Darkroom, book: Rulebook, sent: Sent) -> _Owner:
    """Whose photo of which place this is, once every rule has had its say."""
    book = await knowing(darkroom.database, book, [sent.place])
    process, place = book.process, book.place(sent.place)
    is_late(process, darkroom.clock())
    key = (process.id, sent.opinion_id)
    opinion = (await said(darkroom.database, process.organisation_id, [key])).get(key)
    phone = hashes_of(book.voter_key, sent.voter) if sent.voter else []
    if opinion is None or opinion.voter not in phone or opinion.taken_back:
        raise Problem("unknown-opinion")
    book = await knowing(darkroom.database, book, [opinion.place])
    if book.place(opinion.place).id != place.id:
        raise Problem("unknown-opinion")
    async with darkroom.database.transaction(process.organisation_id) as connection:
        room = await queries.room(connection, process.organisation_id, process.id, place.id, opinion.voter)
    rules.check_room(*room)
    return _Owner(place, opinion.voter)


async def _keep(
    darkroom: Darkroom, book: Rulebook, sent: Sent, digest: bytes, owner: _Owner, drawn: Drawn
) -> bool:
    """File first, row second: a row never names a file that is not there. False when the id was taken meanwhile."""
    process = book.process
    organisation_id = process.organisation_id
    name = await asyncio.to_thread(files.keep, darkroom.folder / str(organisation_id), drawn.webp)
    day = local_day(darkroom.clock(), process.timezone)
    row = (process.id, sent.id, owner.place.id, sent.opinion_id, owner.voter, digest, day, name)
    async with darkroom.database.transaction(organisation_id) as connection:
        await queries.one_at_a_time(connection, owner.voter)
        rules.check_room(*await queries.room(connection, organisation_id, process.id, owner.place.id, owner.voter))
        return await queries.add(connection, organisation_id, (*row, drawn.width, drawn.height, len(drawn.webp)))


async def forget_photos(database: Database, folder: Path, organisation_id: UUID, now: datetime) -> tuple[int, int]:
    """Take back the photos whose answer was taken back, then remove files that no photo needs; how many of each."""
    async with database.transaction(organisation_id) as connection:
        rows = await queries.live(connection, organisation_id)
    sendings = {(row["process_id"], row["opinion_id"]) for row in rows}
    known = await said(database, organisation_id, sendings)
    gone = [row for row in rows if (found := known.get((row["process_id"], row["opinion_id"]))) and found.taken_back]
    async with database.transaction(organisation_id) as connection:
        await queries.withdraw(connection, organisation_id, gone)
        await note(connection, organisation_id, now.date(), "photos", Counter(row["process_id"] for row in gone))
        needed = {row["file"] for row in await queries.live(connection, organisation_id)}
    removed = await asyncio.to_thread(files.sweep, folder / str(organisation_id), needed, now - UNFINISHED)
    return len(gone), removed
