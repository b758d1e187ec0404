"""Figures and places as files to take home."""

import hashlib
from collections.abc import AsyncIterable, AsyncIterator
from contextlib import ExitStack
from datetime import datetime
from tempfile import SpooledTemporaryFile
from zoneinfo import ZoneInfo

from asyncpg import Record

from devanture.activities.schemas import Catalogue
from devanture.db.pool import Connection, Database
from devanture.errors import Problem
from devanture.exports import queries, rules
from devanture.exports.formats import MEDIA_TYPES, Format, new_format
from devanture.exports.schemas import File, Order
from devanture.processes.schemas import Process
from devanture.releases.schemas import Release
from devanture.releases.service import latest

Rows = AsyncIterable[Record | dict[str, str]]
IN_MEMORY = 1 << 20
"""Bytes of a file that wait in memory; longer ones wait on disk."""


async def export(database: Database, process: Process, catalogue: Catalogue, order: Order, now: datetime) -> File:
    """Write one file of the latest release of the scope; raises `no-release` before there is one.

    The whole file is written before the first byte is sent: a slow reader holds no connection of the database, and
    what breaks on the way is an error, never a file cut short.
    """
    release = await latest(database, process, order.scope) if order.layer.released else None
    if order.layer.released and release is None:
        raise Problem("no-release")
    form = new_format(order.format, order.layer, rules.about(process, order, release), ZoneInfo(process.timezone))
    name = rules.file_name(process, order, release.made_at if release else now)
    digest = hashlib.sha256()
    with ExitStack() as stack:
        content = stack.enter_context(SpooledTemporaryFile(IN_MEMORY))
        async with database.transaction(process.organisation_id) as connection:
            await queries.begin(connection)
            async for piece in _pieces(_rows(connection, process, order, release), form, order, release, catalogue):
                content.write(piece)
                digest.update(piece)
        size = content.tell()
        content.seek(0)
        stack.pop_all()
    return File(name, MEDIA_TYPES[order.format], digest.hexdigest()[:32], size, release, content)


async def _pieces(
    rows: Rows, form: Format, order: Order, release: Release | None, catalogue: Catalogue
) -> AsyncIterator[bytes]:
    words, same = rules.words_of(catalogue), rules.same_in_every_row(release)
    yield form.head()
    async for row in rows:
        yield form.row(rules.completed(dict(row) | same, order.layer, words))
    yield form.tail()


def _rows(connection: Connection, process: Process, order: Order, release: Release | None) -> Rows:
    organisation_id = process.organisation_id
    if order.layer.name == "supply":
        return queries.supply(connection, organisation_id, process.bounds)
    if release is None:
        return _dictionary()
    if order.layer.name == "places":
        return queries.places(connection, organisation_id, process.id, release.id)
    of_release = {"wishes": queries.wishes, "hexagons": queries.hexagons}[order.layer.name]
    return of_release(connection, organisation_id, release.id)


async def _dictionary() -> AsyncIterator[dict[str, str]]:
    for row in rules.dictionary():
        yield row
