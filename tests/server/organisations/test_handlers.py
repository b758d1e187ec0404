"""A town's own look: its colours in a style sheet, its logo, and their names on every page."""

import re
from io import BytesIO

import pytest
from httpx2 import AsyncClient
from PIL import Image

from devanture.db.pool import Database
from devanture.organisations.bulk import dress_organisation
from tests.seed import Seeded

pytestmark = pytest.mark.anyio

COLOURS = ["#ffd400", "#b0006d"]


def logo(width: int = 120, height: int = 48) -> bytes:
    file = BytesIO()
    Image.new("RGBA", (width, height), (176, 0, 109, 255)).save(file, "PNG")
    return file.getvalue()


async def dress(database: Database, town: Seeded, picture: bytes | None = None) -> None:
    async with database.transaction() as connection:
        await dress_organisation(connection, town.organisation_id, COLOURS, picture)


async def test_a_town_without_colours_has_no_style_sheet_of_its_own(client: AsyncClient, town: Seeded) -> None:
    page = (await client.get("/rue/")).text
    assert "theme.css" not in page and "logo.png" not in page
    assert (await client.get("/rue/theme.css")).status_code == 404
    assert (await client.get("/rue/logo.png")).status_code == 404


async def test_a_towns_colours_reach_its_pages(client: AsyncClient, database: Database, town: Seeded) -> None:
    await dress(database, town)
    page = (await client.get("/rue/")).text
    address = re.findall(r'<link rel="stylesheet" href="([^"]*theme[^"]*)">', page)[0]
    assert '<meta name="theme-color" content="#ffd400" media="(prefers-color-scheme: light)">' in page
    sheet = await client.get(address)
    assert sheet.headers["content-type"].startswith("text/css") and "--awning: #ffd400;" in sheet.text
    assert sheet.headers["cache-control"] == "public, max-age=31536000"
    assert "set-cookie" not in sheet.headers
    again = await client.get("/rue/theme.css", headers={"If-None-Match": sheet.headers["etag"]})
    assert (again.status_code, again.headers["cache-control"]) == (304, "public, max-age=300")
    manifest = (await client.get("/rue/manifest.webmanifest")).json()
    assert manifest["theme_color"] == "#ffd400"


async def test_a_logo_stands_for_the_name_and_says_it(client: AsyncClient, database: Database, town: Seeded) -> None:
    await dress(database, town, logo())
    page = (await client.get("/rue/")).text
    shown = re.search(r'<img class="logo" src="(\S+)" width="120" height="48" alt="Ville de ville">', page)
    assert shown is not None
    picture = await client.get(shown[1])
    assert picture.headers["content-type"] == "image/png" and picture.content == logo()


async def test_other_towns_keep_their_own_look(client: AsyncClient, database: Database, town: Seeded) -> None:
    await dress(database, town, logo())
    home = (await client.get("/")).text
    assert "theme.css" not in home and "logo.png" not in home
