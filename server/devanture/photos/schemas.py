"""What is answered about photos."""

from typing import Literal

from msgspec import Struct


class StoredPhoto(Struct, frozen=True):
    """The server's word about one photo: it is stored; `width` and `height` of what was kept, in pixels."""

    id: str
    place: str
    width: int
    height: int
    status: Literal["stored"] = "stored"
