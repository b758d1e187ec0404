"""The shapes of what programs are answered, for the OpenAPI document. A test decodes real answers with them."""

from datetime import date
from typing import Annotated, Any, Generic, Literal, TypeVar

from msgspec import Meta, Struct

Longitude = Annotated[float, Meta(ge=-180, le=180, description="Degrees, EPSG:4326.")]
Latitude = Annotated[float, Meta(ge=-90, le=90, description="Degrees, EPSG:4326.")]
Metres = Annotated[int, Meta(ge=0)]
P = TypeVar("P")


class Problem(Struct):
    """A refusal (RFC 9457), in the asker's language; decide by `code`."""

    type: str
    title: str
    status: int
    detail: str
    code: str


class PlaceProperties(Struct, forbid_unknown_fields=True):
    """One place, in one language: `title` is ready to print, `hint` tells the door from its neighbours."""

    ref: str
    kind: Literal["premises", "site", "spot"]
    state: Literal["vacant", "works", "occupied", "open"]
    vacant: bool
    number: str | None
    street: str | None
    near_street: str | None
    name: str | None
    title: str
    hint: str
    left: str | None
    right: str | None
    stance: str | None
    stance_label: str | None
    plan: str | None
    round: Annotated[str | None, Meta(description="The street, or part of a long one, that this door is walked with.")]
    step: Annotated[int | None, Meta(description="Its turn in that round, from 0.")]
    side: Annotated[Literal["left", "right"] | None, Meta(description="Of the street, as the walk begins.")]
    along_m: Annotated[float | None, Meta(description="Metres along the street from where the walk begins.")]
    seen: Annotated[date | None, Meta(description="The day on which its source last looked.")]
    stale: Annotated[bool, Meta(description="Vacant, and nobody has seen it so for 180 days.")]
    url: str
    participants: Annotated[int, Meta(ge=0, description="People who answered and did not withdraw; live.")]


class NearProperties(PlaceProperties, forbid_unknown_fields=True):
    """One place and how far it is, in a straight line from the rounded point."""

    distance_m: Metres


class Point(Struct, forbid_unknown_fields=True):
    type: Literal["Point"]
    coordinates: tuple[Longitude, Latitude]


class Feature(Struct, Generic[P], forbid_unknown_fields=True):
    type: Literal["Feature"]
    id: str
    geometry: Point
    properties: P


class FeatureCollection(Struct, Generic[P], forbid_unknown_fields=True):
    """GeoJSON (RFC 7946)."""

    type: Literal["FeatureCollection"]
    features: list[Feature[P]]


class PlaceView(PlaceProperties, forbid_unknown_fields=True):
    """One place as its page shows it; `answered` is the voter's own wish in words, where a voter is asked about."""

    lon: Longitude
    lat: Latitude
    short: str
    answered: str | None


class SupplyRow(Struct, forbid_unknown_fields=True):
    """Existing shops of one kind: within 200 m, within five minutes on foot, and the nearest."""

    code: str
    label: str
    icon: str
    count: int
    within_walk: int
    nearest_m: Metres
    nearest_name: str | None
    confirmed: bool


class Supply(Struct, forbid_unknown_fields=True):
    """`within_m` is how far shops were looked for: a kind without a row has none within it."""

    rows: list[SupplyRow]
    within_m: Metres
    source: str | None
    seen: date | None
    not_surveyed: bool


class PlaceAnswer(Struct, forbid_unknown_fields=True):
    """The view model of a place's page. `figures.top` is empty until enough people have answered there."""

    place: PlaceView
    supply: Supply
    figures: dict[str, Any]


class Sector(Struct, forbid_unknown_fields=True):
    """A sector of residence that the town named."""

    code: str
    label: str


class Logo(Struct, forbid_unknown_fields=True):
    """A PNG, with its size in pixels."""

    src: str
    width: int
    height: int


class Look(Struct, forbid_unknown_fields=True):
    """The organisation's own look: a style sheet and a logo where it has them; the colour around the page by scheme."""

    theme: str | None
    logo: Logo | None
    screen: dict[Literal["light", "dark"], str]


class ProcessInfo(Struct, forbid_unknown_fields=True):
    slug: str
    name: str
    organisation: str
    demonstration: bool
    state: Literal["soon", "open", "closed"]
    open: bool
    opens: date
    closes: date
    handover: date | None
    max_wishes: int
    timezone: str
    bounds: Annotated[list[float], Meta(min_length=4, max_length=4, description="West, south, east, north.")]
    attribution: str
    basemap: str
    colours: list[str]
    sectors: list[Sector]
    asker: str
    look: Look
    who_asks: str
    who_decides: str
    not_open: str


class PackOrigin(Struct, forbid_unknown_fields=True):
    """Where the existing shops of a process come from, and the latest day that one of them was seen."""

    source: str | None
    seen: date | None


class PackProcess(ProcessInfo, forbid_unknown_fields=True):
    supply: PackOrigin


class PackFamily(Struct, forbid_unknown_fields=True):
    """A family of activities, in the order drawn for this voter; `shop` is false for what is no shop."""

    code: str
    kind: Literal["premises", "site"]
    label: str
    icon: str
    shop: bool


class PackActivity(Struct, forbid_unknown_fields=True):
    code: str
    family: str
    label: str
    one: str
    icon: str
    synonyms: list[str]


class PackSupply(Struct, forbid_unknown_fields=True):
    """Existing shops of one kind: `near` within 200 m, `count` within five minutes on foot."""

    activity: str
    near: int
    count: int
    confirmed: bool
    nearest_m: Metres


class PackPlace(PlaceView, forbid_unknown_fields=True):
    supply: list[PackSupply]


class Pack(Struct, forbid_unknown_fields=True):
    """Everything a phone needs to walk and answer without a network, in one language."""

    process: PackProcess
    families: list[PackFamily]
    activities: list[PackActivity]
    places: list[PackPlace]
