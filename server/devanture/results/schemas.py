"""The latest public release, as programs read it."""

from datetime import datetime
from uuid import UUID

from msgspec import Struct

from devanture.releases.schemas import Scope


class Headline(Struct, frozen=True):
    """One release: `participants` are those that it counts, `late` opinions came after closing and are in no figure."""

    id: UUID
    number: int
    scope: Scope
    instant: datetime
    participants: int
    opinions: int
    wishes: int
    late: int
    places_shown: int
    places_hidden: int


class Asked(Struct, frozen=True):
    level: str
    code: str


class Bar(Struct, frozen=True):
    """`persons` are distinct people, `share` is of all who answered there (0 to 1)."""

    code: str
    label: str
    icon: str
    family: str | None
    persons: int
    share: float


class FamilyCount(Struct, frozen=True):
    code: str
    label: str
    icon: str
    persons: int


class Splits(Struct, frozen=True):
    """People by how they answered and by proof; null where a part is too small to be told."""

    channel: dict[str, int] | None
    proof: dict[str, int] | None


class PlaceResult(Struct, frozen=True):
    """`participants` are live; `answered` and `persons` are of the release, null where they are not published."""

    ref: str
    title: str
    lon: float
    lat: float
    url: str
    participants: int
    shown: bool
    missing: int
    top: list[Bar]
    answered: int | None
    persons: int | None


class Results(Struct, frozen=True):
    """`participants` is live; `release` is null before the first one."""

    participants: int
    release: Headline | None
    asked: Asked | None
    activities: list[Bar]
    families: list[FamilyCount]
    splits: Splits
    places: list[PlaceResult]
