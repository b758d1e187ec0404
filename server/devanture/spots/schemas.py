"""What a phone sends to mark a spot, by version."""

from typing import Literal

import msgspec
from msgspec import Struct


class MarkV1(Struct, frozen=True, forbid_unknown_fields=True):
    """« Ici, il manque… »: a point on the map, in degrees. It is rounded before anything is stored."""

    v: Literal[1]
    lon: float
    lat: float


class StoredMark(Struct, frozen=True):
    """The server's word about one mark: `place` is the spot that near marks share, `joined` if it was there before."""

    id: str
    place: str
    title: str
    joined: bool
    status: Literal["stored"] = "stored"


DECODERS = {1: msgspec.json.Decoder(MarkV1)}
