from datetime import date, datetime
from typing import Any
from uuid import UUID

from msgspec import Struct


class Phase(Struct, frozen=True):
    """Opens and closes by itself; `allows` says what may be done meanwhile (`opinions`)."""

    code: str
    opens_at: datetime
    closes_at: datetime
    allows: tuple[str, ...]


class Process(Struct, frozen=True):
    """A consultation as everyone may know it. `bounds` is west, south, east, north in degrees.

    `sectors` are those of residence that the town named: `code`, and its words by language.
    `logo` is a digest of the organisation's logo, `logo_width` and `logo_height` its pixels; none without one.
    """

    organisation_id: UUID
    id: UUID
    slug: str
    kind: str
    name: dict[str, str]
    organisation: str
    colours: tuple[str, ...]
    logo: str | None
    logo_width: int | None
    logo_height: int | None
    texts: dict[str, dict[str, str]]
    timezone: str
    bounds: tuple[float, float, float, float]
    handover_on: date | None
    max_wishes: int
    demonstration: bool
    sources: list[dict[str, Any]]
    sectors: list[dict[str, str]]
    phases: tuple[Phase, ...]
