"""What a phone sends, by version. Decoders are kept for ever: a phone may come back after a year in a drawer."""

from datetime import date
from typing import Annotated, Literal

import msgspec
from msgspec import Meta, Struct

from devanture.aside.schemas import Aside
from devanture.voters.schemas import Person

# Python's `$` also stands before a last line break, which `(?!\n)` rules out; for a JSON Schema it changes nothing.
Code = Annotated[str, Meta(pattern=r"^[a-z][a-z0-9-]{1,39}$(?!\n)")]
Ref = Annotated[str, Meta(pattern=r"^[A-Za-z0-9][A-Za-z0-9-]{0,47}$(?!\n)")]
Door = Annotated[str, Meta(pattern=r"^([A-HJ-NP-Z2-9]{8})?$(?!\n)")]
"""The code of a poster, `?c=` in its address."""
Seq = Annotated[int, Meta(ge=1, le=2**31 - 1)]
Frequency = Literal["daily", "weekly", "monthly", "rarely"]
Nuisance = Literal["noise", "smells", "deliveries"]


class OpinionV1(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """What one voter wants at one place, or (`withdraw`) that they take it back. See docs/api.md."""

    v: Literal[1]
    place: Ref
    seq: Seq
    wishes: Annotated[tuple[Code, ...], Meta(max_length=50)] = ()
    other: Annotated[str, Meta(max_length=120)] = ""
    frequency: Frequency | None = None
    nuisances: Annotated[tuple[Nuisance, ...], Meta(max_length=3)] = ()
    comment: Annotated[str, Meta(max_length=1000)] = ""
    families_shown: Annotated[tuple[Code, ...], Meta(max_length=40)] = ()
    for_another: bool = False
    withdraw: bool = False
    person: Person = 0
    door: Door = ""


class Stored(Struct, frozen=True):
    """The server's word about one sending: it is stored. With `receipt` anyone sees later what became of it."""

    id: str
    place: str
    seq: int
    receipt: str
    status: Literal["stored"] = "stored"


class Current(Struct, frozen=True):
    """A voter's own current answer at one place; `day` in the zone of the process."""

    place: str
    seq: int
    id: str
    day: date
    receipt: str
    opinion: OpinionV1


class Fate(Struct, frozen=True):
    """What became of a sending: `day` it came on, `since` when another one took its place, `aside` why it is out."""

    state: Literal["counted", "late", "withdrawal", "replaced", "withdrawn", "aside"]
    day: date
    since: date | None = None
    aside: Aside | None = None


class VoterState(Struct, frozen=True):
    """What a phone that lost its storage needs to go on: the next `seq`, and the current answers of all its persons.

    `residence_answered`: the one question about the person is not to be asked again. `puzzle`: many phones came from
    this network within the hour; what this one says waits aside until it has done a sum (`GET …/puzzle`). `age`:
    whole seconds since its cookie was made, by which a phone knows whether its words are older than its cookie.
    """

    next_seq: int
    current: list[Current]
    residence_answered: bool = False
    puzzle: bool = False
    age: int = 0


DECODERS = {1: msgspec.json.Decoder(OpinionV1)}
