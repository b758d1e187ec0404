"""Hostile pictures cost the server nothing that lasts; 2,000 by command (`python -m tests.images`)."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from devanture.photos.files import PHOTOS
from tests.images.making import MAKERS, SECRET, picture
from tests.images.sending import MOST_GROWTH, Outcome, left_behind, send_pictures
from tests.rig.program import Program
from tests.seed import Seeded
from tests.server.photos.pictures import encoded, photographed
from tests.server.photos.pictures import picture as plain

pytestmark = pytest.mark.anyio
MANY, WARM = 64, 32


@pytest.fixture
async def program(environ: dict[str, str], town: Seeded, tmp_path: Path) -> AsyncIterator[Program]:
    running = Program(environ | {"DEVANTURE_DATA": str(tmp_path)})
    await running.start()
    yield running
    await running.kill()


async def test_no_original_remains_and_the_server_does_not_grow(program: Program, tmp_path: Path) -> None:
    folder, address = tmp_path / PHOTOS, f"http://127.0.0.1:{program.port}"
    outcome = await send_pictures(address, program.pid, folder, "ci", MANY, WARM)
    assert outcome.troubles == []
    assert outcome.growth < MOST_GROWTH
    assert outcome.answers.total() == MANY
    told = {code for _, code in outcome.answers}
    assert {"stored", "photo-unreadable", "photo-type"} <= told


def test_the_same_number_is_the_same_picture_and_honest_ones_hold_what_must_not_be_kept() -> None:
    assert [picture("a", number) for number in range(16)] == [picture("a", number) for number in range(16)]
    assert len({maker.__name__ for maker in MAKERS}) == 11
    assert all(SECRET in picture("a", 16 * number)[1] for number in range(8))


def test_a_file_that_should_not_be_there_is_found(tmp_path: Path) -> None:
    original = encoded(plain(), "WEBP", exif=photographed())
    (tmp_path / "kept.webp").write_bytes(original)
    (tmp_path / "forgotten.tmp").write_bytes(b"GIF89a")
    found = " ".join(left_behind(tmp_path, Outcome()))
    assert all(words in found for words in ("holds metadata", "is no plain WebP", "2 files are kept of 0 photos"))
