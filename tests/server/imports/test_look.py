"""The two colours and the logo that a town folder may carry."""

import zlib
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from devanture.db.pool import Database
from devanture.errors import OperatorError
from devanture.imports.errors import BadFile
from devanture.imports.logo import cleaned_logo
from devanture.organisations.service import organisation_logo
from devanture.processes.service import find_process
from devanture.settings import Settings
from tests.server.imports.test_town import load
from tests.server.imports.town import MANIFEST, SLUG, write_town_folder

pytestmark = pytest.mark.anyio


def picture(size: tuple[int, int] = (900, 300), kind: str = "PNG") -> bytes:
    file, said = BytesIO(), PngInfo()
    said.add_text("Author", "Camille Dupont")
    extra = {"pnginfo": said} if kind == "PNG" else {}
    Image.new("RGB", size, (20, 90, 160)).save(file, kind, **extra)
    return file.getvalue()


def dressed(colours: object = ("#FFD400", "#b0006d")) -> dict[str, object]:
    return {**MANIFEST["organisation"], "colours": colours}


async def test_a_folder_dresses_its_organisation(database: Database, settings: Settings, tmp_path: Path) -> None:
    folder = write_town_folder(tmp_path, organisation=dressed())
    (folder / "logo.png").write_bytes(picture())
    await load(database, settings, folder)
    process = await find_process(database, SLUG)
    assert process.colours == ("#FFD400", "#b0006d")
    assert (process.logo_width, process.logo_height) == (576, 192)
    kept = await organisation_logo(database, process.organisation_id)
    assert kept is not None and b"Camille" not in kept


async def test_a_folder_without_a_look_leaves_the_one_that_is_there(
    database: Database, settings: Settings, tmp_path: Path
) -> None:
    folder = write_town_folder(tmp_path, organisation=dressed())
    (folder / "logo.png").write_bytes(picture())
    await load(database, settings, folder)
    (folder / "logo.png").unlink()
    await load(database, settings, write_town_folder(tmp_path))
    process = await find_process(database, SLUG)
    assert process.colours == ("#FFD400", "#b0006d") and process.logo is not None


@pytest.mark.parametrize(
    "colours", [["#ffd400"], ["#ffd400"] * 3, ["yellow", "#b0006d"], ["#fd4", "#b0006d"], ["#ffd400;}", "#b0006d"], "#"]
)
async def test_what_is_not_two_colours_is_refused(
    database: Database, settings: Settings, tmp_path: Path, colours: object
) -> None:
    with pytest.raises(OperatorError, match=r"town\.json.*organisation\.colours"):
        await load(database, settings, write_town_folder(tmp_path, organisation=dressed(colours)))


def bomb() -> bytes:
    """A PNG whose header promises 60,000 × 60,000 pixels."""
    header = b"IHDR" + (60_000).to_bytes(4, "big") * 2 + bytes([8, 6, 0, 0, 0])
    data = (1).to_bytes(4, "big") + b"IDAT\x00" + zlib.crc32(b"IDAT\x00").to_bytes(4, "big")
    return b"\x89PNG\r\n\x1a\n" + (13).to_bytes(4, "big") + header + zlib.crc32(header).to_bytes(4, "big") + data


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "not a PNG"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "not a PNG"),
        (picture((30, 30), "GIF"), "not a PNG"),
        (picture()[:200], "not a PNG"),
        (bomb(), "pixels"),
    ],
)
def test_what_is_no_small_picture_is_refused(content: bytes, why: str) -> None:
    with pytest.raises(BadFile, match=why):
        cleaned_logo(content)


def test_a_small_logo_keeps_its_size() -> None:
    with Image.open(BytesIO(cleaned_logo(picture((100, 40))))) as image:
        assert (image.format, image.size, image.info) == ("PNG", (100, 40), {})
