"""Who answers on a phone, and the sum that a phone does when its network was given many voters (ALTCHA, version 2)."""

from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta, Struct

Person = Annotated[int, Meta(ge=0, le=5)]
"""Who answers on a phone: 0 its own person, 1 to 5 somebody it was lent to."""

_Hex = Annotated[str, Meta(pattern=r"^[0-9a-f]{1,128}$(?!\n)")]
_Whole = Annotated[int, Meta(ge=0, le=2**40)]


class Parameters(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True, rename="camel"):
    """What ALTCHA signs; `cost` is scrypt's N, `memory_cost` its r, so that one try takes 128 · N · r bytes."""

    algorithm: Literal["SCRYPT"]
    nonce: _Hex
    salt: _Hex
    cost: _Whole
    key_length: _Whole
    key_prefix: _Hex
    memory_cost: _Whole
    parallelism: _Whole
    expires_at: _Whole
    data: dict[Annotated[str, Meta(max_length=20)], Annotated[str, Meta(max_length=64)]]


class Challenge(Struct, frozen=True, forbid_unknown_fields=True):
    parameters: Parameters
    signature: _Hex


class Solution(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True, rename="camel"):
    counter: Annotated[int, Meta(ge=0, le=2**32 - 1)]
    derived_key: _Hex
    time: float = 0


class Puzzle(Struct, frozen=True):
    """No challenge: this voter needs none."""

    challenge: Challenge | None = None


class PuzzleV1(Struct, frozen=True, forbid_unknown_fields=True):
    """A challenge as it was given, and its solution."""

    v: Literal[1]
    challenge: Challenge
    solution: Solution


class PuzzleSolved(Struct, frozen=True):
    status: Literal["solved"] = "solved"


DECODERS: dict[int, msgspec.json.Decoder[Any]] = {1: msgspec.json.Decoder(PuzzleV1)}
