"""A photo on the phone: light and without metadata before it leaves, kept until the server says that it has it."""

import asyncio
import io
from pathlib import Path
from typing import Any

import pytest
from asyncpg import Record
from PIL import Image
from playwright.async_api import BrowserContext, Page, Route, expect

from devanture.db.pool import Database
from devanture.settings import Settings
from tests.browser.conftest import Install, Server
from tests.browser.phone import answer, kept, ready, until
from tests.seed import CLOSES, Clock, Seeded, journal
from tests.server.photos.pictures import encoded, photographed, picture

pytestmark = pytest.mark.anyio

PHOTO = encoded(picture(size=(3000, 2000)), exif=photographed(6))
HEIC = encoded(picture(), "HEIF", exif=photographed())
CAMERA, GALLERY = "input[capture=environment]", "input[type=file][multiple]"
PATIENCE_MS = 30_000
"""A photo is prepared, sent and drawn anew: a busy machine takes its time."""


def file(body: bytes, name: str = "IMG_1.jpg", kind: str = "image/jpeg") -> Any:
    return {"name": name, "mimeType": kind, "buffer": body}


async def photos(database: Database, town: Seeded) -> list[Record]:
    async with database.transaction(town.organisation_id) as connection:
        return list(await connection.fetch("SELECT * FROM photo"))


async def answer_with(page: Page, *files: Any, by: str = GALLERY) -> None:
    """Answer at a door, then open the fold of photos and add these."""
    await answer(page, "Poissonnerie")
    await expect(page.locator(".saved")).to_be_visible()
    await page.locator("summary", has_text="Ajouter une photo").click()
    for one in files:
        await page.locator(by).set_input_files([one])


async def test_a_photo_taken_offline_outlives_a_killed_browser_and_is_stored_once_without_metadata(
    server: Server, install: Install, database: Database, town: Seeded, settings: Settings
) -> None:
    phone = await install()
    await phone.page.goto(f"{server.url}/rue/?lang=fr")
    await ready(phone.page)
    server.stop()
    await phone.page.goto(f"{server.url}/rue/lieux/C12")
    await answer_with(phone.page, file(PHOTO))
    await expect(phone.page.locator(".photos__state")).to_have_text("Gardée sur ce téléphone, partira d’elle-même.")
    await phone.kill()

    server.start()
    again = await install()
    await again.page.goto(f"{server.url}/rue/mes-avis?lang=fr")
    await until(lambda: kept(again.page, "outbox"), lambda count: count == 0)
    (row,) = await photos(database, town)
    (sending,) = await journal(database, town)
    assert (row["opinion_id"], row["voter"]) == (sending["id"], sending["voter"])
    stored = await asyncio.to_thread((_folder(settings, town) / row["file"]).read_bytes)
    assert b"Fairphone" not in stored and b"EXIF" not in stored
    assert Image.open(io.BytesIO(stored)).size == (1066, 1600)
    await expect(again.page.locator(".card .thumbs")).to_have_text("1 photo reçue")
    await expect(again.page.locator(".card img.thumb")).to_be_visible()


def _folder(settings: Settings, town: Seeded) -> Path:
    return settings.data / "photos" / str(town.organisation_id)


async def test_what_leaves_the_phone_is_small_and_says_nothing_of_where_it_was_taken(bare_page: Page) -> None:
    page, sent = bare_page, list[bytes]()

    async def look(route: Route) -> None:
        sent.append(route.request.post_data_buffer or b"")
        await route.continue_()

    await page.route("**/api/v1/rue/photos/**", look)
    await page.goto("/rue/lieux/C12")
    await answer_with(page, file(PHOTO), by=CAMERA)
    await expect(page.locator(".photos__state")).to_have_text("Reçue. Une personne la regardera.", timeout=PATIENCE_MS)
    (body,) = sent
    assert b"Fairphone" in PHOTO and b"Fairphone" not in body and b"Exif" not in body
    assert Image.open(io.BytesIO(body)).size == (1365, 2048)


async def test_what_this_browser_cannot_draw_goes_as_it_is(
    page: Page, database: Database, town: Seeded
) -> None:
    await page.goto("/rue/lieux/C12")
    await answer_with(page, file(HEIC, "IMG_1.HEIC", ""))
    await expect(page.locator(".photos__state")).to_have_text("Reçue. Une personne la regardera.", timeout=PATIENCE_MS)
    (row,) = await photos(database, town)
    assert (row["width"], row["height"]) == (80, 60)


async def test_a_photo_that_waits_can_be_removed_and_one_that_is_none_is_refused_at_once(
    phone: BrowserContext, page: Page, database: Database, town: Seeded
) -> None:
    await page.goto("/rue/?autour")
    await ready(page)
    await page.goto("/rue/lieux/C12?lang=en")
    await answer(page, "Fishmonger")
    await phone.set_offline(True)
    await page.locator("summary", has_text="Add a photo").click()
    await expect(page.locator(".photos")).to_contain_text("No face and no number plate, please.")
    await page.locator(GALLERY).set_input_files([file(b"<svg/>", "x.svg", "image/svg+xml")])
    await expect(page.locator(".photos__said")).to_have_text("This picture cannot be read. Choose another one.")
    await page.locator(GALLERY).set_input_files([file(PHOTO)])
    await expect(page.locator(".photos [role=status]")).to_have_text("The photo is kept.")
    await page.get_by_role("button", name="Remove", exact=True).click()
    await expect(page.locator(".photos__one")).to_have_count(0)
    assert await kept(page, "photos") == 0
    await phone.set_offline(False)
    await until(lambda: journal(database, town), lambda rows: len(rows) == 1)
    assert await photos(database, town) == []


async def test_a_photo_refused_for_good_is_shown_in_words_and_its_answer_stays(
    phone: BrowserContext, page: Page, database: Database, town: Seeded, clock: Clock
) -> None:
    await page.goto("/rue/?autour")
    await ready(page)
    await page.goto("/rue/lieux/C12")
    await answer(page, "Poissonnerie")
    await until(lambda: journal(database, town), lambda rows: len(rows) == 1)
    await phone.set_offline(True)
    await page.locator("summary", has_text="Ajouter une photo").click()
    await page.locator(GALLERY).set_input_files([file(PHOTO)])
    await expect(page.locator(".photos__state")).to_contain_text("Gardée")
    clock.set(CLOSES.replace(year=CLOSES.year + 1))
    await phone.set_offline(False)
    state = page.locator(".photos__state")
    await expect(state).to_contain_text("Non enregistrée. Les avis sont pris du", timeout=PATIENCE_MS)
    await page.goto("/rue/mes-avis")
    await expect(page.locator(".card .thumbs")).to_have_text("1 photo non enregistrée")
    await expect(page.locator(".card")).to_contain_text("une poissonnerie")


async def test_a_withdrawn_answer_takes_its_photos_off_the_phone(page: Page) -> None:
    await page.goto("/rue/lieux/C12")
    await answer_with(page, file(PHOTO))
    await expect(page.locator(".photos__state")).to_contain_text("Reçue", timeout=PATIENCE_MS)
    await page.goto("/rue/mes-avis")
    await expect(page.locator(".card .thumbs")).to_have_text("1 photo reçue")
    await page.get_by_role("button", name="Retirer").click()
    await expect(page.locator(".card .thumbs")).to_have_count(0)
    assert await kept(page, "answers") == 0
