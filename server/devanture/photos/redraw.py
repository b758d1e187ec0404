"""Draws one photo anew from its pixels: `redraw.py KIND PIXELS SIDE`, the photo on stdin, the new one on stdout.

The answer is width and height (two big-endian uint32), then a WebP; or the exit status says what was wrong. A program
of its own, run by `shut_in.py`, that imports nothing of Devanture: whoever takes it over holds one photo, no key.

WebP: about a third smaller than a JPEG that looks the same, and every browser that runs the phone's app reads it.
"""

import io
import struct
import sys
from typing import BinaryIO

import pillow_heif
from PIL import Image, ImageCms, ImageOps

UNREADABLE, TOO_MANY_PIXELS = 10, 11
FORMATS = {"jpeg": "JPEG", "png": "PNG", "webp": "WEBP", "heic": "HEIF"}
QUALITY = 80


class TooManyPixels(Exception):
    pass


def redraw(photo: BinaryIO, kind: str, most_pixels: int, side: int) -> Image.Image:
    """The first picture in `photo`: upright, opaque, in sRGB, at most `side` pixels long, and nothing but pixels."""
    image: Image.Image = Image.open(photo, formats=[FORMATS[kind]])
    if image.width * image.height > most_pixels:
        raise TooManyPixels
    # A JPEG can be decoded at a half, a quarter or an eighth: a large one then costs a fraction.
    image.draft(None, (side, side))
    image = _plain(image)
    image.thumbnail((side, side), Image.Resampling.LANCZOS, reducing_gap=3.0)
    image = _srgb(_opaque(ImageOps.exif_transpose(image)))
    return Image.frombytes("RGB", image.size, image.tobytes())


def _plain(image: Image.Image) -> Image.Image:
    """In a mode that can be resampled: palettes are looked up, 16 bits of grey become 8."""
    if image.mode.startswith("I"):
        return image.point(lambda value: value * (1 / 256)).convert("L")
    if image.mode in ("L", "RGB", "RGBA", "CMYK"):
        image.load()
        return image
    return image.convert("RGBA" if image.has_transparency_data else "RGB")


def _opaque(image: Image.Image) -> Image.Image:
    if image.mode != "RGBA":
        return image
    paper = Image.new("RGB", image.size, "white")
    paper.paste(image, mask=image.getchannel("A"))
    paper.info = image.info
    return paper


def _srgb(image: Image.Image) -> Image.Image:
    """Phones photograph in wider colours than screens are sure to show; a profile that makes no sense is ignored."""
    try:
        profile = ImageCms.ImageCmsProfile(io.BytesIO(image.info["icc_profile"]))
        converted = ImageCms.profileToProfile(image, profile, ImageCms.createProfile("sRGB"), outputMode="RGB")
    except (KeyError, TypeError, OSError, ImageCms.PyCMSError):
        converted = None
    return converted or image.convert("RGB")


def main() -> None:
    kind, most_pixels, side = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    # Pixels are bounded by ourselves, and what is over is told apart from what is broken.
    Image.MAX_IMAGE_PIXELS = None
    pillow_heif.register_heif_opener(thumbnails=False)
    try:
        image = redraw(sys.stdin.buffer, kind, most_pixels, side)
    except TooManyPixels:
        sys.exit(TOO_MANY_PIXELS)
    except Exception:
        sys.exit(UNREADABLE)
    webp = io.BytesIO()
    image.save(webp, "WEBP", quality=QUALITY)
    sys.stdout.buffer.write(struct.pack(">II", *image.size) + webp.getvalue())


if __name__ == "__main__":
    main()
