"""The sealed days and the proofs, as programs read them. Bytes are written in hexadecimal."""

from datetime import date
from typing import Literal

from msgspec import Struct


class SealedDay(Struct, frozen=True):
    """One day's tree: how many leaves, their root, and the chain over this day and all before it."""

    day: date
    leaves: int
    root: str
    chain: str


class Seals(Struct, frozen=True):
    """Every sealed day of a consultation, first one first."""

    process: str
    days: list[SealedDay]
    hashing: Literal["RFC 6962, SHA-256"] = "RFC 6962, SHA-256"


class Inclusion(Struct, frozen=True):
    """That the leaf of a receipt is in a day's tree; `sealed` is none until the next tree is made.

    `index` counts from 0; `path` are the sisters from the leaf up (RFC 6962, 2.1.1).
    """

    leaf: str
    sealed: SealedDay | None = None
    index: int | None = None
    path: list[str] | None = None
