"""What comes out of the process that draws photos anew: pixels, upright, and nothing else; or a clear refusal."""

import io
import struct
import tempfile
import zlib
from typing import Any

import pytest
from PIL import Image, ImageCms

from devanture.errors import Problem
from devanture.photos import rules
from devanture.photos.cleaner import Cleaner
from tests.server.photos.pictures import bomb, encoded, photographed, picture, png, street

pytestmark = pytest.mark.anyio

RED, BLUE, WHITE = (200, 30, 30), (30, 30, 200), (255, 255, 255)
SECRETS = (b"Fairphone", b"Camille", b"2026:11:20", b"EXIF", b"Exif", b"ICCP", b"XMP", b"<script", b"PK\x03\x04")
METADATA = {"exif": photographed(), "xmp": b"<x:xmpmeta>Camille</x:xmpmeta>"}


async def cleaned(body: bytes) -> Image.Image:
    """As the program does it, from bytes to bytes; whatever comes out holds none of the secrets."""
    with tempfile.TemporaryFile() as file:
        file.write(body)
        file.flush()
        drawn = await Cleaner().clean(file, rules.kind_of(body[: rules.HEAD]))
    image = Image.open(io.BytesIO(drawn.webp), formats=["WEBP"])
    image.load()
    assert image.mode == "RGB" and image.size == (drawn.width, drawn.height)
    assert [secret for secret in SECRETS if secret in drawn.webp] == []
    assert drawn.webp[12:16] == b"VP8 ", "a file with pixels only has no other chunk"
    return image


async def refusal(body: bytes) -> str:
    with pytest.raises(Problem) as refused:
        await cleaned(body)
    return refused.value.code


def near(image: Image.Image, x: int, y: int, colour: tuple[int, int, int]) -> bool:
    pixel = image.getpixel((x, y))
    assert isinstance(pixel, tuple)
    return all(abs(a - b) < 30 for a, b in zip(pixel, colour, strict=True))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "HEIF"])
async def test_every_kind_comes_out_as_its_pixels_without_what_the_phone_wrote(kind: str) -> None:
    sent = encoded(street(), kind, **METADATA)
    assert b"Fairphone" in sent
    image = await cleaned(sent)
    assert image.size == (80, 60)
    assert near(image, 10, 30, RED) and near(image, 70, 30, BLUE)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "HEIF"])
@pytest.mark.parametrize(("orientation", "size", "red_at"), [(3, (80, 60), (70, 30)), (6, (60, 80), (30, 10))])
async def test_a_photo_stands_the_way_it_was_held(
    kind: str, orientation: int, size: tuple[int, int], red_at: tuple[int, int]
) -> None:
    image = await cleaned(encoded(street(), kind, exif=photographed(orientation)))
    assert image.size == size
    assert near(image, *red_at, RED)


async def test_a_large_photo_is_scaled_and_a_small_one_is_not_blown_up() -> None:
    assert (await cleaned(encoded(picture(size=(4000, 3000))))).size == (1600, 1200)
    assert (await cleaned(encoded(picture(size=(30, 4000))))).size == (12, 1600)


async def test_what_follows_the_pixels_is_gone() -> None:
    for kind in ("JPEG", "PNG", "WEBP"):
        await cleaned(encoded(picture(), kind) + b"PK\x03\x04<script>alert(1)</script>")


@pytest.mark.parametrize(
    ("image", "kind", "colour"),
    [
        (picture("L", colour=128), "JPEG", (128, 128, 128)),
        (picture("CMYK", colour=(0, 255, 255, 0)), "JPEG", (255, 0, 0)),
        (picture("1", colour=1), "PNG", WHITE),
        (picture("P", colour=0).convert("RGB").quantize(4), "PNG", (0, 0, 0)),
        (picture("I;16", colour=0x8000), "PNG", (128, 128, 128)),
        (picture("LA", colour=(0, 0)), "PNG", WHITE),
        (picture("RGBA", colour=(200, 30, 30, 0)), "WEBP", WHITE),
    ],
    ids=["grey", "cmyk", "one bit", "palette", "16 bits", "grey and clear", "clear"],
)
async def test_every_way_to_write_a_colour_is_read(image: Image.Image, kind: str, colour: tuple[int, int, int]) -> None:
    assert near(await cleaned(encoded(image, kind)), 20, 20, colour)


async def test_a_profile_is_applied_and_a_false_one_is_no_obstacle() -> None:
    await cleaned(encoded(picture(), icc_profile=b"not a profile"))
    lab = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    assert near(await cleaned(encoded(picture(), icc_profile=lab)), 20, 20, RED)


@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
async def test_of_a_moving_picture_the_first_is_kept(kind: str) -> None:
    later = [picture(colour=BLUE)] * 3
    image = await cleaned(encoded(picture(), kind, save_all=True, append_images=later, duration=100))
    assert near(image, 20, 20, RED)


@pytest.mark.parametrize(
    "body",
    [
        encoded(picture("P", colour=0), "GIF"),
        encoded(picture(), "TIFF"),
        encoded(picture(), "BMP"),
        encoded(picture(), "AVIF"),
        b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
        b"%PDF-1.7",
        b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom",
        b"",
        b"\0" * 64,
    ],
    ids=["gif", "tiff", "bmp", "avif", "svg", "pdf", "mp4", "nothing", "zeros"],
)
async def test_other_kinds_are_refused_by_what_they_hold(body: bytes) -> None:
    assert await refusal(body) == "photo-type"


def says(width: int, height: int) -> bytes:
    """A PNG's head that says so, over pixels that are not there."""
    head = struct.pack(">IIBBBBB", width, height, 8, 6, 0, 0, 0)
    return png((b"IHDR", head), (b"IDAT", zlib.compress(b"\0")), (b"IEND", b""))


@pytest.mark.parametrize("body", [bomb(40_000, 40_000), says(2**31 - 1, 2**31 - 1), says(7072, 7072)])
async def test_pixels_are_counted_before_they_are_drawn(body: bytes) -> None:
    assert len(body) < 300_000
    assert await refusal(body) == "photo-pixels"


async def test_a_bomb_within_bounds_is_a_small_black_square() -> None:
    image = await cleaned(bomb(7000, 7000))
    assert image.size == (1600, 1600) and near(image, 800, 800, (0, 0, 0))


BROKEN: dict[str, bytes] = {
    "a jpeg cut short": encoded(picture(size=(800, 600)))[:2000],
    "a png cut short": encoded(picture(size=(800, 600)), "PNG")[:-60],
    "a webp cut short": encoded(picture(size=(800, 600)), "WEBP")[:60],
    "a heic cut short": encoded(picture(size=(800, 600)), "HEIF")[:-200],
    "a head alone": b"\xff\xd8\xff\xe0",
    "a png in a webp's coat": b"RIFF\0\0\0\0WEBP" + encoded(picture(), "PNG"),
    "a text that swells": png(
        (b"IHDR", struct.pack(">IIBBBBB", 8, 8, 8, 2, 0, 0, 0)),
        (b"zTXt", b"a\0\0" + zlib.compress(bytes(50_000_000), 9)),
        (b"IEND", b""),
    ),
}


@pytest.mark.parametrize("body", BROKEN.values(), ids=BROKEN)
async def test_what_is_broken_is_refused_in_one_word(body: Any) -> None:
    assert await refusal(body) == "photo-unreadable"
