"""What somebody shows that it is really them, and the server's word about it."""

from typing import Annotated, Literal

import msgspec
from msgspec import Meta, Struct

Proof = Literal["none", "door_code", "at_door", "email", "paper", "verified"]
LEVELS: tuple[Proof, ...] = ("none", "door_code", "at_door", "email", "paper", "verified")
"""From the weakest to the strongest; the view `counted_opinion` says the same, and a test holds them together."""
PROVEN: tuple[Proof, ...] = ("at_door", "email", "paper", "verified")


class ProofV1(Struct, frozen=True, forbid_unknown_fields=True):
    """`at_door`: the digits of a facilitator's screen · `mail`: an address to send digits to · `code`: those digits."""

    v: Literal[1]
    means: Literal["at_door", "mail", "code"]
    value: Annotated[str, Meta(max_length=254)]


class Proven(Struct, frozen=True):
    """The voter's level now; `status` is `sent` when a mail is on its way."""

    status: Literal["proven", "sent"]
    proof: Proof


DECODERS = {1: msgspec.json.Decoder(ProofV1)}
