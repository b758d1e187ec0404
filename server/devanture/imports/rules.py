"""What must hold between the fields and files of a town folder. Pure: each check gives its troubles as sentences."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo, available_timezones

from devanture.errors import OperatorError
from devanture.imports import schemas
from devanture.processes.rules import slug_trouble

Bounds = tuple[float, float, float, float]
Placed = schemas.Feature[schemas.Point, schemas.Place] | schemas.Feature[schemas.Point, schemas.Shop]
OPEN_DAYS = 180
HANDOVER_DAYS = 30
ELSEWHERE = "elsewhere"
"""What a resident of no sector answers: no sector may be called so."""
_WIDEST = 5.0
_STATES = {"premises": ("vacant", "works", "occupied"), "site": ("open",)}


class Dates(NamedTuple):
    """Days in the process's time zone, as the operator asked; None takes the default."""

    opens: date | None = None
    closes: date | None = None
    handover: date | None = None


class Calendar(NamedTuple):
    """When wishes are taken (instants) and when they are handed over (a day in the process's zone)."""

    opens_at: datetime
    closes_at: datetime
    handover_on: date


def calendar(asked: Dates, timezone: str, now: datetime) -> Calendar:
    """Opens now, closes at the end of the 180th day, hands over 30 days later, unless asked otherwise.

    Raises `OperatorError` when the days do not follow each other.
    """
    zone = ZoneInfo(timezone)
    first = asked.opens or now.astimezone(zone).date()
    last = asked.closes or first + timedelta(days=OPEN_DAYS)
    handover = asked.handover or last + timedelta(days=HANDOVER_DAYS)
    if not first <= last <= handover:
        raise OperatorError(f"The days must follow each other: opens {first}, closes {last}, handover {handover}.")
    opens_at = datetime.combine(asked.opens, time(), zone) if asked.opens else now
    # The last second of the last day, so that the day shown is the day meant.
    closes_at = datetime.combine(last, time(23, 59, 59), zone)
    return Calendar(opens_at.astimezone(UTC), closes_at.astimezone(UTC), handover)


def manifest_troubles(manifest: schemas.Manifest) -> Iterator[str]:
    west, south, east, north = manifest.bounds
    slug = slug_trouble(manifest.slug)
    if slug:
        yield f"town.json, slug: « {manifest.slug} » {slug}"
    if manifest.timezone not in available_timezones():
        yield f"town.json, timezone: « {manifest.timezone} » is not a time zone of the tz database"
    if not (-180 <= west < east <= 180 and -85 <= south < north <= 85):
        yield "town.json, bounds: must be west, south, east, north in degrees"
    elif max(east - west, north - south) > _WIDEST:
        yield f"town.json, bounds: a town is not wider than {_WIDEST:.0f} degrees"


def catalogue_troubles(catalogue: schemas.Catalogue) -> Iterator[str]:
    yield from _twins("catalogue.json, code", [f.code for f in catalogue.families + catalogue.activities])
    families = {family.code for family in catalogue.families}
    for activity in catalogue.activities:
        if activity.family not in families:
            yield f"catalogue.json, activity {activity.code}: its family « {activity.family} » is not listed"


def place_troubles(
    places: Sequence[schemas.Feature[schemas.Point, schemas.Place]], bounds: Bounds, codes: frozenset[str]
) -> Iterator[str]:
    """`codes` are the activities of the catalogue."""
    yield from _twins("places.geojson, ref", [place.properties.ref for place in places])
    yield from _outside("places.geojson", places, bounds)
    for number, place in enumerate(places, 1):
        here, where = place.properties, f"places.geojson, feature {number} ({place.properties.ref})"
        if here.state not in _STATES[here.kind]:
            yield f"{where}: a {here.kind} cannot be « {here.state} » but {' or '.join(_STATES[here.kind])}"
        for neighbour in (here.left, here.right):
            if neighbour and neighbour.activity and neighbour.activity not in codes:
                yield f"{where}: the catalogue has no activity « {neighbour.activity} »"


def shop_troubles(
    shops: Sequence[schemas.Feature[schemas.Point, schemas.Shop]], bounds: Bounds, codes: frozenset[str]
) -> Iterator[str]:
    yield from _twins("supply.geojson, ref", [shop.properties.ref for shop in shops])
    yield from _outside("supply.geojson", shops, bounds)
    for number, shop in enumerate(shops, 1):
        activity = shop.properties.activity
        if activity and activity not in codes:
            where = f"supply.geojson, feature {number} ({shop.properties.ref})"
            yield f"{where}: the catalogue has no activity « {activity} »"


def street_troubles(
    streets: Sequence[schemas.StreetFeature], sectors: Sequence[schemas.Sector]
) -> Iterator[str]:
    """Lines that are not on Earth, and sectors that could not be told apart."""
    yield from _twins("town.json, sectors", [*(sector.code for sector in sectors), ELSEWHERE])
    for number, street in enumerate(streets, 1):
        if not all(inside(lon, lat, (-180, -85, 180, 85)) for lon, lat in street.geometry.coordinates):
            yield f"streets.geojson, feature {number} ({street.properties.name}): is not in degrees"


def inside(lon: float, lat: float, bounds: Bounds) -> bool:
    west, south, east, north = bounds
    return west <= lon <= east and south <= lat <= north


def _outside(name: str, features: Sequence[Placed], bounds: Bounds) -> Iterator[str]:
    for number, feature in enumerate(features, 1):
        lon, lat = feature.geometry.coordinates
        if not inside(lon, lat, bounds):
            yield f"{name}, feature {number} ({feature.properties.ref}): {lon}, {lat} lies outside the bounds"


def _twins(where: str, names: Iterable[str]) -> Iterator[str]:
    seen: set[str] = set()
    for name in names:
        if name in seen:
            yield f"{where}: « {name} » stands twice"
        seen.add(name)
