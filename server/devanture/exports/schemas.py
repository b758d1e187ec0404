from typing import IO

from msgspec import Struct

from devanture.exports.columns import Layer
from devanture.releases.schemas import Release, Scope


class Order(Struct, frozen=True):
    """Which file is asked for; `format` is a key of `formats.MEDIA_TYPES`."""

    layer: Layer
    format: str
    scope: Scope


class File(Struct, frozen=True):
    """A written file, open at its beginning; `digest` is that of its bytes. Whoever takes it closes it."""

    name: str
    media_type: str
    digest: str
    size: int
    release: Release | None
    content: IO[bytes]
