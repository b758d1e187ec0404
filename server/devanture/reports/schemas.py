"""What a phone reports of a vacancy, by version, and what waits for the desk."""

from datetime import date
from typing import Annotated, Literal
from uuid import UUID

import msgspec
from msgspec import Meta, Struct

from devanture.opinions.schemas import Ref

Finding = Literal["vacant", "occupied", "works", "not-found", "missing"]


class ReportV1(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """What was found at a place; or (`missing`) where a vacant shop stands that the list lacks, in degrees.

    `another`: the list has a door at that address, the sender has seen it, and means another shop.
    """

    v: Literal[1]
    finding: Finding
    place: Ref | None = None
    lon: float | None = None
    lat: float | None = None
    street: Annotated[str, Meta(max_length=120)] = ""
    number: Annotated[str, Meta(max_length=20)] = ""
    note: Annotated[str, Meta(max_length=300)] = ""
    another: bool = False


class StoredReport(Struct, frozen=True):
    """The server's word about one report: it is stored, and waits for the desk."""

    id: str
    status: Literal["stored"] = "stored"


class Checked(Struct, frozen=True):
    """A place that people reported on: distinct people by finding, and the last day."""

    place_id: UUID
    ref: str
    findings: dict[str, int]
    last: date


class Missing(Struct, frozen=True):
    """A vacant shop that the list lacks, as one person told it; `another` than the door listed at its address."""

    id: UUID
    lon: float
    lat: float
    street: str | None
    number: str | None
    note: str | None
    another: bool
    day: date


class Queue(Struct, frozen=True):
    """What waits for the desk, newest first."""

    places: list[Checked]
    missing: list[Missing]


DECODERS = {1: msgspec.json.Decoder(ReportV1)}
