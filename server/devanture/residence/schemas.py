"""The one question about a person, each part of which may be left out."""

from typing import Annotated, Literal

import msgspec
from msgspec import Meta, Struct

from devanture.voters.schemas import Person

Tie = Literal["lives", "works", "shopkeeper", "passing"]
Age = Literal["under-15", "15-29", "30-44", "45-59", "60-74", "75-plus"]
"""The broad age bands of the French census (Insee, recensement de la population, tables POP T0 and POP G2), so that a
town can hold who answered against who lives there."""
ELSEWHERE = "elsewhere"


class ResidenceV1(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """`sector` is a code of the process's sectors, or `elsewhere`; `person` who of a phone's persons says it."""

    v: Literal[1]
    sector: Annotated[str, Meta(min_length=1, max_length=40)] | None = None
    ties: Annotated[tuple[Tie, ...], Meta(max_length=4)] = ()
    age: Age | None = None
    person: Person = 0


class ResidenceStored(Struct, frozen=True):
    """The server's word: an answer of this voter stands, this one or the first."""

    id: str
    status: Literal["stored"] = "stored"


DECODERS = {1: msgspec.json.Decoder(ResidenceV1)}
