"""Photos as phones and strangers make them."""

import io
import struct
import zlib
from typing import Any
from uuid import UUID, uuid4

import pillow_heif
from httpx2 import AsyncClient, Response
from PIL import Image

from tests.seed import opinion, send

pillow_heif.register_heif_opener()


def picture(mode: str = "RGB", size: tuple[int, int] = (80, 60), colour: Any = (200, 30, 30)) -> Image.Image:
    return Image.new(mode, size, colour)


def street() -> Image.Image:
    """Red on the left, blue on the right: shows which way up it stands."""
    image = picture()
    image.paste((30, 30, 200), (40, 0, 80, 60))
    return image


def encoded(image: Image.Image, kind: str = "JPEG", **options: Any) -> bytes:
    body = io.BytesIO()
    image.save(body, kind, **options)
    return body.getvalue()


def photographed(orientation: int = 1) -> bytes:
    """What a phone writes into a photo: which way it was held, whose it is, where and when it was taken."""
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x0110] = "Fairphone of Camille"
    exif[0x0132] = "2026:11:20 08:15:00"
    exif.get_ifd(0x8825).update({1: "N", 2: (47.0, 12.0, 46.8), 3: "W", 4: (1.0, 33.0, 39.6)})
    return exif.tobytes()


def png(*chunks: tuple[bytes, bytes]) -> bytes:
    """A PNG of any chunks, however false."""
    parts = [
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data)) for name, data in chunks
    ]
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


def bomb(width: int, height: int) -> bytes:
    """A PNG of a few kilobytes that says it is very large, and is."""
    row = b"\0" + bytes(width // 8 + 1)
    packer = zlib.compressobj(9)
    data = b"".join(packer.compress(row) for _ in range(height)) + packer.flush()
    return png((b"IHDR", struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)), (b"IDAT", data), (b"IEND", b""))


async def answered(client: AsyncClient, place: str = "C12", seq: int = 1, **fields: Any) -> UUID:
    """An answer at a place, to which photos can be added."""
    sending = uuid4()
    answer = await send(client, opinion(place, seq, **fields), sending)
    assert answer.status_code == 201
    return sending


async def put(
    client: AsyncClient, body: bytes, added_to: UUID | str, photo: UUID | str | None = None, place: str = "C12"
) -> Response:
    query = {"place": place, "opinion": str(added_to)}
    headers = {"Content-Type": "text/plain"}
    return await client.put(f"/api/v1/rue/photos/{photo or uuid4()}", params=query, content=body, headers=headers)
