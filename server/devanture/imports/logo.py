"""A town's logo: rebuilt from its pixels, so that nothing but a picture reaches the pages."""

from io import BytesIO

from PIL import Image, UnidentifiedImageError

from devanture.imports.errors import BadFile

MOST_PIXELS = 4_000_000
TOO_LARGE = f"has more than {MOST_PIXELS:,} pixels"
SHOWN = (640, 192)
"""At most this wide and high in pixels: three times what the pages show, for the finest screens."""


def cleaned_logo(content: bytes) -> bytes:
    """A PNG without metadata, made smaller where it is larger than pages show. Raises `BadFile`."""
    try:
        with Image.open(BytesIO(content), formats=["PNG"]) as image:
            # The header alone is read so far: ten kilobytes of PNG may hold a gigabyte of pixels.
            if image.width * image.height > MOST_PIXELS:
                raise BadFile("logo.png", TOO_LARGE)
            pixels = image.convert("RGBA")
    except Image.DecompressionBombError as error:
        raise BadFile("logo.png", TOO_LARGE) from error
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError) as error:
        raise BadFile("logo.png", "is not a PNG picture that can be read") from error
    pixels.thumbnail(SHOWN, Image.Resampling.LANCZOS)
    rebuilt = Image.frombytes("RGBA", pixels.size, pixels.tobytes())
    output = BytesIO()
    rebuilt.save(output, "PNG", optimize=True)
    return output.getvalue()
