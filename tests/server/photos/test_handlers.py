"""A photo sent by a phone: stored once, whole, under its answer; or refused in one word with nothing left behind."""

import asyncio
import errno
import hashlib
import os
import tempfile
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import IO
from uuid import uuid4

import pytest
from asyncpg import Record
from httpx2 import AsyncClient
from starlette.applications import Starlette

from devanture.db.pool import Database
from devanture.photos import files, rules
from devanture.photos.service import forget_photos
from devanture.program import utc_now
from devanture.settings import Settings
from tests.seed import CLOSES, Clock, Seeded, browser_on, opinion, send
from tests.server.photos.pictures import answered, encoded, photographed, picture, put

pytestmark = pytest.mark.anyio

PHOTO = encoded(picture(size=(2000, 1500)), exif=photographed())
OTHER = encoded(picture(colour=(0, 200, 0)))


@pytest.fixture
def folder(settings: Settings) -> Path:
    """Empty of what other tests have photographed."""
    folder = settings.data / "photos"
    for path in kept(folder):
        path.unlink()
    return folder


async def rows(database: Database, town: Seeded) -> list[Record]:
    async with database.transaction(town.organisation_id) as connection:
        return list(await connection.fetch("SELECT * FROM photo ORDER BY state, id"))


def kept(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


async def test_a_photo_is_stored_as_pixels_under_a_name_that_nobody_guesses(
    client: AsyncClient, database: Database, town: Seeded, folder: Path
) -> None:
    sending, photo = await answered(client), uuid4()
    answer = await put(client, PHOTO, sending, photo)
    assert answer.status_code == 201
    assert answer.json() == {"id": str(photo), "place": "C12", "width": 1600, "height": 1200, "status": "stored"}
    (row,) = await rows(database, town)
    (file,) = kept(folder)
    assert file == folder / str(town.organisation_id) / row["file"]
    assert row["digest"] == hashlib.sha256(PHOTO).digest() and row["size"] == file.stat().st_size
    assert (row["opinion_id"], row["state"]) == (sending, "waiting")
    assert file.read_bytes()[8:16] == b"WEBPVP8 " and b"Fairphone" not in file.read_bytes()
    assert str(photo) not in file.name and os.stat(folder).st_mode & 0o077 == 0  # noqa: PTH116


async def test_the_same_again_gets_the_same_answer_and_another_body_is_a_conflict(
    client: AsyncClient, database: Database, town: Seeded, folder: Path, clock: Clock
) -> None:
    sending, photo = await answered(client), uuid4()
    first = await put(client, PHOTO, sending, photo)
    clock.set(CLOSES + timedelta(days=5))
    again = await put(client, PHOTO, sending, photo)
    assert (again.status_code, again.json()) == (200, first.json())
    other = await put(client, OTHER, sending, photo)
    assert (other.status_code, other.json()["code"]) == (409, "id-reused")
    assert len(await rows(database, town)) == len(kept(folder)) == 1


async def test_five_of_the_same_at_once_are_one(
    client: AsyncClient, database: Database, town: Seeded, folder: Path
) -> None:
    sending, photo = await answered(client), uuid4()
    answers = await asyncio.gather(*(put(client, PHOTO, sending, photo) for _ in range(5)))
    assert sorted(answer.status_code for answer in answers) == [200, 200, 200, 200, 201]
    assert len({answer.text for answer in answers}) == len(await rows(database, town)) == 1


async def test_a_photo_needs_an_answer_of_the_same_voter_at_the_same_place(
    client: AsyncClient, app: Starlette, database: Database, town: Seeded, folder: Path
) -> None:
    sending = await answered(client)
    async with browser_on(app) as other:
        await answered(other, "C14")
        refused = [await put(other, PHOTO, sending), await put(client, PHOTO, uuid4())]
    refused.append(await put(client, PHOTO, sending, place="C14"))
    assert [(answer.status_code, answer.json()["code"]) for answer in refused] == [(404, "unknown-opinion")] * 3
    assert await rows(database, town) == []
    assert kept(folder) == []


@pytest.mark.parametrize(
    ("photo", "sending", "place", "code"),
    [("1", None, "C12", "bad-uuid"), (None, "1", "C12", "bad-uuid"), (None, None, "none", "unknown-place")],
)
async def test_a_wrong_address_is_refused(
    client: AsyncClient, town: Seeded, photo: str | None, sending: str | None, place: str, code: str
) -> None:
    answer = await put(client, PHOTO, sending or await answered(client), photo, place)
    assert answer.json()["code"] == code


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        (b"<svg/>", 415, "photo-type"),
        (PHOTO[:500], 422, "photo-unreadable"),
        (PHOTO + bytes(rules.MOST_BYTES), 413, "too-large"),
    ],
)
async def test_what_is_no_photo_leaves_nothing_behind(
    client: AsyncClient, database: Database, town: Seeded, folder: Path, body: bytes, status: int, code: str
) -> None:
    answer = await put(client, body, await answered(client))
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert await rows(database, town) == []
    assert kept(folder) == []


async def test_photos_are_taken_while_answers_are(
    client: AsyncClient, town: Seeded, clock: Clock, folder: Path
) -> None:
    sending = await answered(client)
    clock.set(CLOSES + timedelta(hours=47))
    assert (await put(client, PHOTO, sending)).status_code == 201
    clock.set(CLOSES + timedelta(hours=49))
    assert (await put(client, PHOTO, sending)).json()["code"] == "phase-closed"


async def test_a_voter_gives_so_many_photos_and_no_more(
    client: AsyncClient, database: Database, town: Seeded, folder: Path
) -> None:
    sending = await answered(client)
    answers = await asyncio.gather(*(put(client, OTHER + bytes([n]), sending) for n in range(5)))
    assert sorted(answer.status_code for answer in answers) == [201, 201, 201, 403, 403]
    assert {answer.json().get("code") for answer in answers} == {None, "too-many-photos"}
    assert (await put(client, OTHER, await answered(client, "C14", 2), place="C14")).status_code == 201
    assert len(await rows(database, town)) == 4


def on_a_full_disk(**_: object) -> IO[bytes]:
    """A file that takes what fits in Python's buffer, and nothing after."""
    return Path("/dev/full").open("w+b")


@pytest.mark.parametrize("failing", ["write", "flush", "fsync", "rename"])
async def test_a_full_disk_says_come_back_and_leaves_nothing_half_written(
    client: AsyncClient, database: Database, town: Seeded, folder: Path, monkeypatch: pytest.MonkeyPatch, failing: str
) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    # A photo of a few hundred bytes: it lies in Python's own buffer until the end, and again when the file is closed.
    sending, photo = await answered(client), uuid4()
    with monkeypatch.context() as patched:
        if failing == "write":
            patched.setattr(tempfile, "TemporaryFile", full)
        elif failing == "flush":
            patched.setattr(tempfile, "TemporaryFile", on_a_full_disk)
        elif failing == "fsync":
            patched.setattr(os, "fsync", full)
        else:
            patched.setattr(Path, "rename", full)
        answer = await put(client, OTHER, sending, photo)
    assert (answer.status_code, answer.json()["code"], answer.headers["retry-after"]) == (503, "busy", "60")
    assert await rows(database, town) == []
    assert kept(folder) == []
    assert (await put(client, OTHER, sending, photo)).status_code == 201


async def test_a_photo_goes_with_the_answer_that_is_taken_back(
    client: AsyncClient, database: Database, town: Seeded, folder: Path
) -> None:
    sending = await answered(client)
    other = await answered(client, "C14", 2)
    assert (await put(client, PHOTO, sending)).status_code == (await put(client, OTHER, other, place="C14")).status_code
    await send(client, opinion("C12", 3, wishes=["bakery"]))
    assert await forget_photos(database, folder, town.organisation_id, utc_now()) == (0, 0)
    await send(client, opinion("C12", 4, withdraw=True))
    await send(client, opinion("C12", 5))
    assert (await put(client, OTHER, sending)).json()["code"] == "unknown-opinion"
    later = utc_now() + timedelta(hours=2)
    assert await forget_photos(database, folder, town.organisation_id, later) == (1, 1)
    waiting, withdrawn = await rows(database, town)
    assert (waiting["opinion_id"], withdrawn["opinion_id"]) == (other, sending)
    assert [file.name for file in kept(folder)] == [waiting["file"]]


async def test_files_that_no_photo_needs_are_swept_but_not_those_being_stored(
    database: Database, town: Seeded, folder: Path
) -> None:
    own = folder / str(town.organisation_id)
    files.keep(own, b"whole, its row never committed")
    (own / ".half.webp").write_bytes(b"a killed program's")
    assert await forget_photos(database, folder, town.organisation_id, utc_now()) == (0, 0)
    assert await forget_photos(database, folder, town.organisation_id, utc_now() + timedelta(hours=2)) == (0, 2)
    assert kept(folder) == []


async def test_no_address_serves_a_photo(client: AsyncClient, town: Seeded, folder: Path) -> None:
    sending, photo = await answered(client), uuid4()
    await put(client, PHOTO, sending, photo)
    (file,) = kept(folder)
    for path in (f"/api/v1/rue/photos/{photo}", f"/photos/{file.name}", f"/assets/{file.name}", f"/rue/photos/{photo}"):
        assert (await client.get(path)).status_code in (404, 405)


async def test_somebody_whom_the_phone_is_lent_to_adds_a_photo_to_their_own_answer(
    client: AsyncClient, database: Database, town: Seeded, folder: Path
) -> None:
    mine, theirs = await answered(client), await answered(client, seq=2, person=3)
    assert [(await put(client, PHOTO, sending)).status_code for sending in (mine, theirs)] == [201, 201]
    assert len({row["voter"] for row in await rows(database, town)}) == 2


async def chunks(read: list[int], until: asyncio.Event | None = None) -> AsyncIterator[bytes]:
    """A photo that comes in pieces, the last one only when it may; `read` grows with each that was asked for."""
    for at in range(0, len(OTHER), 1000):
        read.append(at)
        yield OTHER[at : at + 1000]
    if until:
        await until.wait()


async def test_nothing_of_a_stranger_s_photo_is_read(
    client: AsyncClient, town: Seeded, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def written(*_: object, **__: object) -> None:
        raise AssertionError("a stranger's photo reached the disk")

    monkeypatch.setattr(tempfile, "TemporaryFile", written)
    read: list[int] = []
    query = {"place": "C12", "opinion": str(uuid4())}
    refused = await client.put(f"/api/v1/rue/photos/{uuid4()}", params=query, content=chunks(read))
    assert (refused.json()["code"], read) == ("unknown-opinion", [])


async def test_a_photo_that_is_stored_already_is_compared_but_written_nowhere(
    client: AsyncClient, town: Seeded, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sending, photo = await answered(client), uuid4()
    first = await put(client, OTHER, sending, photo)
    monkeypatch.setattr(tempfile, "TemporaryFile", None)
    again = await put(client, OTHER, sending, photo)
    assert (again.status_code, again.json()) == (200, first.json())
    assert (await put(client, PHOTO, sending, photo)).json()["code"] == "id-reused"


async def test_so_many_photos_come_in_at_once_and_the_next_comes_back(
    client: AsyncClient, app: Starlette, town: Seeded, folder: Path
) -> None:
    running = app.state.program
    app.state.program = replace(running, darkroom=replace(running.darkroom, doors=asyncio.Semaphore(1)))
    sending, slow, read = await answered(client), asyncio.Event(), list[int]()
    url, query = f"/api/v1/rue/photos/{uuid4()}", {"place": "C12", "opinion": str(sending)}
    first = asyncio.create_task(client.put(url, params=query, content=chunks(read, slow)))
    while not read:  # noqa: ASYNC110 - the server says in no other way that it has begun to read
        await asyncio.sleep(0.01)
    refused = await put(client, OTHER, sending)
    assert (refused.status_code, refused.headers["retry-after"]) == (503, "10")
    slow.set()
    assert (await first).status_code == 201
    assert (await put(client, OTHER, sending)).status_code == 201
