"""What a phone says when its person has everything erased, and the server's word about it."""

from typing import Annotated, Literal

import msgspec
from msgspec import Meta, Struct

Stays = Literal["nothing", "counted"]


class ErasureV1(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """`follows`: the secret words of the pages of what this phone follows, which the server cannot know by itself."""

    v: Literal[1]
    follows: Annotated[tuple[Annotated[str, Meta(max_length=100)], ...], Meta(max_length=100)] = ()


class Erased(Struct, frozen=True):
    """`stays`: `counted` when the consultation has closed, so that what was counted stays in the results."""

    stays: Stays
    status: Literal["erased"] = "erased"


DECODERS = {1: msgspec.json.Decoder(ErasureV1)}
