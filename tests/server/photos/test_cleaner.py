"""A decoder that hangs, eats, talks or dies costs its own photo and nothing else."""

import asyncio
import os
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from devanture.errors import Problem
from devanture.photos import cleaner
from devanture.photos.cleaner import Cleaner, Drawn
from tests.server.photos.pictures import encoded, picture

pytestmark = pytest.mark.anyio


@pytest.fixture
def stand_in(tmp_path: Path) -> Callable[..., Cleaner]:
    """A cleaner whose decoder does what these lines of Python say."""

    def make(lines: str, seconds: float = 20) -> Cleaner:
        program = tmp_path / "decoder.py"
        program.write_text(lines)
        return Cleaner(program, seconds)

    return make


async def clean(by: Cleaner, kind: str = "jpeg") -> Drawn:
    with tempfile.TemporaryFile() as file:
        file.write(encoded(picture()))
        file.flush()
        return await by.clean(file, kind)


async def refusal(by: Cleaner) -> str:
    with pytest.raises(Problem) as refused:
        await clean(by)
    return refused.value.code


async def test_a_decoder_that_loops_is_ended_by_its_processor_time(
    stand_in: Callable[..., Cleaner], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cleaner, "CPU_SECONDS", 1)
    assert await refusal(stand_in("while True: pass", seconds=60)) == "photo-unreadable"


@pytest.mark.parametrize(("load", "code"), [(0.0, "photo-unreadable"), (99.0, "busy")])
async def test_a_decoder_that_waits_for_ever_is_killed_and_on_an_overloaded_machine_its_photo_is_not_blamed(
    stand_in: Callable[..., Cleaner], monkeypatch: pytest.MonkeyPatch, load: float, code: str
) -> None:
    monkeypatch.setattr(os, "getloadavg", lambda: (load, load, load))
    begun = time.monotonic()
    assert await refusal(stand_in("import time; time.sleep(60)", seconds=0.5)) == code
    assert time.monotonic() - begun < 30


@pytest.mark.parametrize(
    "lines",
    [
        "held = bytearray(1_100_000_000)",
        "import os; os.abort()",
        "raise SystemExit(3)",
        "open(__file__ + '.left', 'w').write('x')",
        "print('not a picture')",
        "import sys; sys.stdout.buffer.write(bytes(8) + b'GIF89a')",
        "import sys\nwhile True: sys.stdout.buffer.write(b'RIFF' * 100_000)",
    ],
)
async def test_whatever_a_decoder_does_its_photo_is_refused(stand_in: Callable[..., Cleaner], lines: str) -> None:
    assert await refusal(stand_in(lines)) == "photo-unreadable"


async def test_a_decoder_whose_words_pile_up_unread_is_ended_all_the_same(
    stand_in: Callable[..., Cleaner], monkeypatch: pytest.MonkeyPatch
) -> None:
    async def too_late(_: object) -> bytes:
        await asyncio.sleep(1)
        return bytes(cleaner.MOST_DRAWN + 1)

    monkeypatch.setattr(cleaner, "_read", too_late)
    async with asyncio.timeout(60):
        assert await refusal(stand_in("import os\nwhile True: os.write(1, bytes(100_000))")) == "photo-unreadable"


async def test_a_decoder_is_given_nothing_but_the_photo_and_may_write_no_file(
    stand_in: Callable[..., Cleaner]
) -> None:
    lines = """
import os, resource, struct, sys
settings = set(os.environ) - {"LC_CTYPE"}
handles = [name for name in os.listdir("/proc/self/fd") if int(name) > 3]
if not settings and not handles and resource.getrlimit(resource.RLIMIT_FSIZE) == (0, 0):
    sys.stdout.buffer.write(struct.pack(">II", 1, 2) + b"RIFF")
"""
    assert await clean(stand_in(lines)) == Drawn(1, 2, b"RIFF")


async def test_others_are_served_while_one_hangs(stand_in: Callable[..., Cleaner]) -> None:
    """The stand-in hangs on one photo alone: the one that is sent as a PNG."""
    lines = """
import struct, sys, time
if sys.argv[1] == "png": time.sleep(60)
sys.stdout.buffer.write(struct.pack(">II", 1, 2) + b"RIFF")
"""
    by = stand_in(lines, seconds=30)
    hanging = asyncio.create_task(clean(by, "png"))
    assert [await clean(by) for _ in range(3)] == [Drawn(1, 2, b"RIFF")] * 3
    hanging.cancel()
    with pytest.raises(asyncio.CancelledError):
        await hanging


async def test_a_crowd_is_told_to_come_back(
    stand_in: Callable[..., Cleaner], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cleaner, "WAITING", 3)
    by = stand_in("import time; time.sleep(1); raise SystemExit(3)")
    answers = await asyncio.gather(*(refusal(by) for _ in range(5)))
    assert sorted(answers) == ["busy"] * 2 + ["photo-unreadable"] * 3
