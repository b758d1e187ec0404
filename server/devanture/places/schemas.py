from datetime import date
from uuid import UUID

from msgspec import Struct


class Neighbour(Struct, frozen=True):
    """Who stands beside the door; either may be unknown."""

    name: str | None = None
    activity: str | None = None


class Place(Struct, frozen=True):
    """The public fields of a place. Coordinates in degrees, EPSG:4326; `plan` by language.

    `round`, `step`, `side` and `along_m` say its turn in a walk (streets/rules.py); a site or spot has none.
    `seen` is the day on which its source last looked.
    """

    id: UUID
    ref: str
    kind: str
    state: str
    lon: float
    lat: float
    number: str | None = None
    street: str | None = None
    near_street: str | None = None
    name: str | None = None
    left: Neighbour | None = None
    right: Neighbour | None = None
    stance: str | None = None
    plan: dict[str, str] | None = None
    source: str | None = None
    round: str | None = None
    step: int | None = None
    side: str | None = None
    along_m: float | None = None
    seen: date | None = None


class NewSpot(Struct, frozen=True):
    """A point that someone marked, rounded along its street, in degrees; `ref` is made of where it lies."""

    ref: str
    lon: float
    lat: float
    street: str | None
    number: str | None
    near_street: str | None
