"""Pictures that a stranger may send, made by a seeded generator: honest, wrong each in its own way, or none at all.

Nothing is committed: the same seed and number give the same bytes.
"""

import struct
import zlib
from collections.abc import Callable
from functools import cache
from random import Random

from PIL import Image

from tests.server.photos.pictures import bomb, encoded, photographed, png

SECRET = b"Fairphone of Camille"
"""Stands in the metadata of every honest picture, and must stand in no file that is kept."""
PHOTOS = 32
"""How many honest ones all others are made of: a HEIC takes half a second to write."""
KINDS = ("JPEG", "PNG", "WEBP", "HEIF")


def honest(chance: Random) -> bytes:
    return _photo(chance.randrange(PHOTOS))


@cache
def _photo(number: int) -> bytes:
    """A small photo of a phone, in any of the four formats, turned, in colours or grey, with its metadata."""
    chance = Random(number)
    size = (chance.randrange(8, 160), chance.randrange(8, 160))
    image = Image.frombytes("L", size, chance.randbytes(size[0] * size[1]))
    return encoded(image.convert(chance.choice(("L", "RGB"))), KINDS[number % 4], exif=photographed(1 + number % 8))


def cut(chance: Random) -> bytes:
    content = honest(chance)
    return content[: chance.randrange(12, len(content))]


def flipped(chance: Random) -> bytes:
    """A few bits of an honest picture are wrong; its beginning is left so that a decoder takes it up."""
    content = bytearray(honest(chance))
    for _ in range(chance.randrange(1, 40)):
        content[chance.randrange(16, len(content))] ^= 1 << chance.randrange(8)
    return bytes(content)


def overwritten(chance: Random) -> bytes:
    content = bytearray(honest(chance))
    at = chance.randrange(16, len(content))
    content[at : at + 64] = chance.choice((b"\xff" * 64, bytes(64), chance.randbytes(64)))
    return bytes(content)


def disguised(chance: Random) -> bytes:
    """Begins as one format and goes on as another."""
    heads = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"RIFF\0\0\0\0WEBP", b"\0\0\0\x18ftypheic\0\0\0\0heicmif1")
    return chance.choice(heads) + honest(chance)[chance.randrange(0, 40) :]


def with_a_tail(chance: Random) -> bytes:
    """A program, a page or an archive after the picture's end."""
    tail = chance.choice((b"<script>alert(1)</script>", b"PK\x03\x04" + bytes(400), b"\x7fELF" + bytes(400)))
    return honest(chance) + tail * chance.randrange(1, 200)


def lying(chance: Random) -> bytes:
    """A PNG whose header speaks of more or other pixels than there are."""
    sides = (0, 1, 7000, 7072, 65_535, 2**31 - 1, 2**32 - 1)
    depth, colour = chance.choice((1, 2, 8, 16, 99)), chance.choice((0, 2, 3, 4, 6, 9))
    size = chance.choice(sides), chance.choice(sides)
    header = struct.pack(">IIBBBBB", *size, depth, colour, 0, 0, chance.randrange(3))
    return png((b"IHDR", header), (b"IDAT", zlib.compress(bytes(chance.randrange(2000)))), (b"IEND", b""))


def chunks(chance: Random) -> bytes:
    """A PNG with chunks of text that unpack to megabytes, animations without frames, palettes without colours."""
    header = struct.pack(">IIBBBBB", 20, 20, 8, chance.choice((2, 3)), 0, 0, 0)
    strange = [
        (b"zTXt", b"a\0\0" + zlib.compress(bytes(2_000_000))), (b"iCCP", b"a\0\0" + zlib.compress(bytes(2_000_000))),
        (b"acTL", struct.pack(">II", 2**31 - 1, 0)), (b"PLTE", bytes(chance.randrange(0, 800))),
        (b"eXIf", chance.randbytes(60)), (b"tRNS", chance.randbytes(7)), (b"IHDR", header),
    ]  # fmt: skip
    chosen = chance.sample(strange, chance.randrange(1, 4))
    return png((b"IHDR", header), *chosen, (b"IDAT", zlib.compress(bytes(20 * 61))), (b"IEND", b""))


def large(chance: Random) -> bytes:
    """A few kilobytes that truly hold tens of millions of pixels."""
    return bomb(*chance.choice([(9000, 7000), (6000, 6000), (50_000, 40), (40, 50_000), (1, 60_000)]))


def boxes(chance: Random) -> bytes:
    """A HEIC file of boxes inside boxes with false lengths."""
    head = struct.pack(">I", 24) + b"ftypheic" + bytes(4) + b"mif1heic"
    names = (b"meta", b"iloc", b"iinf", b"iprp", b"ipco", b"ispe", b"mdat", b"hvcC")
    lengths = (0, 1, 8, 16, 200, 2**31, 2**32 - 1)
    made = (struct.pack(">I", chance.choice(lengths)) + chance.choice(names) + chance.randbytes(30) for _ in range(20))
    return head + b"".join(made)


def nothing(chance: Random) -> bytes:
    """No picture: empty, noise, or another kind of file."""
    others = (b"", b"GIF89a" + bytes(60), b"<svg onload='alert(1)'/>", b"%PDF-1.7", b"II*\0" + bytes(60), b"BM")
    return chance.choice((*others, chance.randbytes(chance.randrange(1, 3000))))


MAKERS: tuple[Callable[[Random], bytes], ...] = (
    honest, cut, cut, flipped, flipped, flipped, overwritten, overwritten, disguised, with_a_tail, lying, lying, chunks,
    large, boxes, nothing,
)  # fmt: skip


def picture(seed: str, number: int) -> tuple[str, bytes]:
    """The picture of this number, and what it is."""
    maker = MAKERS[number % len(MAKERS)]
    return maker.__name__.replace("_", " "), maker(Random(f"{seed}/{number}"))
