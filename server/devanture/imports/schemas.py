"""The files of a town folder (docs/interchange.md), decoded strictly: an unknown field, a wrong type or a text that is
too long is refused. What takes two fields or two files to judge is in `rules.py`."""

from datetime import date
from typing import Annotated, Generic, Literal, TypeVar

from msgspec import Meta, Raw, Struct

_PRINTABLE = r"\A[^\x00-\x1f\x7f]*\Z"
Short = Annotated[str, Meta(min_length=1, max_length=200, pattern=_PRINTABLE)]
Long = Annotated[str, Meta(min_length=1, max_length=1000, pattern=_PRINTABLE)]
Code = Annotated[str, Meta(pattern=r"\A[a-z][a-z0-9-]{1,39}\Z")]
Ref = Annotated[str, Meta(pattern=r"\A[A-Za-z0-9][A-Za-z0-9-]{0,47}\Z")]
Icon = Annotated[str, Meta(pattern=r"\A[A-Za-z0-9][A-Za-z0-9_-]{0,59}\Z")]
Colour = Annotated[str, Meta(pattern=r"\A#[0-9A-Fa-f]{6}\Z")]
# A year, a month or a day: what is known of when a shop closed is seldom more.
Since = Annotated[str, Meta(pattern=r"\A(1[89]|2[01])\d\d(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?\Z")]
Surface = Annotated[int, Meta(gt=0, le=1_000_000)] | Annotated[float, Meta(gt=0, le=1_000_000)]
Rent = Annotated[int, Meta(ge=0, le=10_000_000)] | Annotated[float, Meta(ge=0, le=10_000_000)]
Words = Annotated[list[Short], Meta(max_length=100)]


class Strict(Struct, frozen=True, forbid_unknown_fields=True):
    """What every record of a folder is: all that is not named here is refused."""


class Bilingual(Strict, frozen=True):
    fr: Long
    en: Long


class Synonyms(Strict, frozen=True):
    fr: Words = []
    en: Words = []


class Source(Strict, frozen=True):
    name: Short
    licence: Short
    attribution: Short
    date: Short | None = None


class Organisation(Strict, frozen=True):
    """`colours`: the awning's, then one more; pages mend their contrast (organisations/rules.py)."""

    slug: Code
    name: Short
    colours: Annotated[list[Colour], Meta(min_length=2, max_length=2)] | None = None


class Sector(Strict, frozen=True):
    """A part of the town where people may say they live."""

    code: Ref
    fr: Short
    en: Short


class Manifest(Strict, frozen=True):
    """town.json; `bounds` is west, south, east, north in degrees."""

    format: Literal[1]
    slug: Code
    name: Bilingual
    organisation: Organisation
    timezone: Short
    bounds: tuple[float, float, float, float]
    sources: Annotated[list[Source], Meta(min_length=1, max_length=50)]
    demonstration: bool = False
    left_out: dict[Short, Annotated[int, Meta(ge=0)]] = {}
    sectors: Annotated[list[Sector], Meta(max_length=8)] = []


class Family(Strict, frozen=True):
    code: Code
    kind: Literal["premises", "site"]
    fr: Short
    en: Short
    icon: Icon
    shop: bool = True


class Activity(Strict, frozen=True):
    code: Code
    family: Code
    fr: Short
    en: Short
    icon: Icon
    one: Bilingual
    synonyms: Synonyms = Synonyms()
    sensitive: bool = False
    osm: Words = []
    bdcom: Words = []
    naf: Words = []


class Catalogue(Strict, frozen=True):
    version: Short
    naf_version: Short
    sources: Annotated[list[Source], Meta(max_length=50)]
    families: Annotated[list[Family], Meta(min_length=1, max_length=100)]
    activities: Annotated[list[Activity], Meta(min_length=1, max_length=2000)]


class Neighbour(Strict, frozen=True, omit_defaults=True):
    name: Short | None = None
    activity: Code | None = None


State = Literal["vacant", "works", "occupied", "open"]


class ListedPlace(Strict, frozen=True, kw_only=True):
    """What an agency's list can say of a place; a state that is not said stays as it is."""

    ref: Ref
    kind: Literal["premises", "site"]
    state: State | None = None
    number: Short | None = None
    street: Short | None = None
    near_street: Short | None = None
    name: Short | None = None
    left: Neighbour | None = None
    right: Neighbour | None = None
    stance: Literal["partner", "informed", "silent", "refuses"] | None = None
    plan: Bilingual | None = None
    vacant_since: Since | None = None
    surface_m2: Surface | None = None
    rent_month_eur: Rent | None = None
    landlord: Short | None = None
    source: Short | None = None
    source_id: Short | None = None
    seen: date | None = None


class Place(ListedPlace, frozen=True, kw_only=True):
    """Properties of a feature of places.geojson, which always says the state."""

    state: State


class Shop(Strict, frozen=True):
    """Properties of a feature of supply.geojson."""

    ref: Ref
    activity: Code | None = None
    name: Short | None = None
    number: Short | None = None
    street: Short | None = None
    source: Short | None = None
    source_id: Short | None = None
    seen: date | None = None
    confirmed: bool = False


class StreetProperties(Strict, frozen=True, rename={"rank": "class"}):
    """Properties of a feature of streets.geojson."""

    name: Short
    rank: Literal["major", "minor", "path"]


class AreaProperties(Strict, frozen=True):
    """Properties of a feature of areas.geojson."""

    ref: Ref
    name: Short


class Address(Strict, frozen=True):
    """A row of addresses.csv."""

    number: Short
    street: Short
    lon: Annotated[float, Meta(ge=-180, le=180)]
    lat: Annotated[float, Meta(ge=-85, le=85)]


Position = tuple[float, float]
P = TypeVar("P", covariant=True)
G = TypeVar("G")


class Point(Strict, frozen=True, tag_field="type"):
    coordinates: Position


class LineString(Strict, frozen=True, tag_field="type"):
    coordinates: Annotated[list[Position], Meta(min_length=2)]


class Polygon(Strict, frozen=True, tag_field="type"):
    coordinates: list[list[Position]]


class MultiPolygon(Strict, frozen=True, tag_field="type"):
    coordinates: list[list[list[Position]]]


class Feature(Strict, Generic[G, P], frozen=True):
    type: Literal["Feature"]
    geometry: G
    properties: P
    id: str | int | None = None
    bbox: list[float] | None = None


class Features(Strict, Generic[G, P], frozen=True):
    type: Literal["FeatureCollection"]
    features: Annotated[list[Feature[G, P]], Meta(max_length=200_000)]
    name: str | None = None
    bbox: list[float] | None = None


AreaFeature = Feature[Polygon | MultiPolygon, AreaProperties]
StreetFeature = Feature[LineString, StreetProperties]


class DemoOpinion(Strict, frozen=True):
    """One line of opinions.ndjson.gz; `opinion` is decoded by the opinions noun, as if a phone had sent it."""

    voter: Annotated[int, Meta(ge=0, le=2**31 - 1)]
    id: Annotated[str, Meta(max_length=36)]
    days_ago: Annotated[int, Meta(ge=0, le=3650)]
    channel: Literal["web", "paper", "phone", "tablet", "for_another"]
    proof: Literal["none", "door_code", "at_door", "email", "paper", "verified"]
    opinion: Raw
