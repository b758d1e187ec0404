from datetime import datetime
from typing import Literal, NamedTuple
from uuid import UUID

from msgspec import Struct

Scope = Literal["desk", "public"]


class Release(Struct, frozen=True):
    """The figures of a process at an instant; `late` opinions came after closing and are in no other figure.

    `overturned`: the proven alone, or all without one kind of proof, would put another wish first, in all.
    `places_overturned`: at so many places what stands first is rarer among the proven than chance explains, or another
    wish would come first without one kind of proof.
    """

    id: UUID
    scope: Scope
    number: int
    made_at: datetime
    inputs: str
    participants: int
    opinions: int
    wishes: int
    late: int
    places_shown: int
    places_hidden: int
    overturned: bool = False
    places_overturned: int = 0


class First(NamedTuple):
    """A wish that stands first in an area, seen without part of the people; `firsts.sql` says what each is."""

    view: str
    area: UUID
    kept: int
    others: int
    kept_votes: int
    other_votes: int
    holds: bool


class Item(Struct, frozen=True):
    """What people are counted by: `level` says what `code` names (see `tables.py`)."""

    level: str
    code: str
    family: str | None = None
    sensitive: bool = False


class Count(Struct, frozen=True):
    level: str
    code: str
    persons: int
    wishes: int
