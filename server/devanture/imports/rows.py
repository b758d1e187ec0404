"""From the records of a folder or a list to the rows that each noun stores."""

from collections.abc import Iterator
from typing import Any

import msgspec

from devanture.activities.bulk import ActivityRow, FamilyRow
from devanture.imports import schemas
from devanture.places.bulk import DetailRow, PlaceRow
from devanture.places.rules import cells
from devanture.supply.bulk import ShopRow

# Rent is for the negotiation with the landlord; what else the desk knows is the desk's.
VISIBILITY = {
    "vacant_since": "desk",
    "surface_m2": "desk",
    "landlord": "desk",
    "rent_month_eur": "negotiation",
}


def place_row(feature: schemas.Feature[schemas.Point, schemas.ListedPlace]) -> PlaceRow:
    lon, lat = feature.geometry.coordinates
    public = msgspec.to_builtins(feature.properties)
    return msgspec.convert({**public, "lon": lon, "lat": lat, **cells(lon, lat)}, PlaceRow)


def detail_rows(place: schemas.ListedPlace) -> Iterator[DetailRow]:
    """The fields that do not begin as public, as far as they are known."""
    for name, visibility in VISIBILITY.items():
        value: Any = getattr(place, name)
        if value is not None:
            yield DetailRow(place.ref, name, value, visibility)


def shop_row(feature: schemas.Feature[schemas.Point, schemas.Shop]) -> ShopRow:
    lon, lat = feature.geometry.coordinates
    return ShopRow(lon=lon, lat=lat, **msgspec.structs.asdict(feature.properties))


def family_rows(catalogue: schemas.Catalogue) -> list[FamilyRow]:
    return [
        FamilyRow(f.code, f.kind, position, {"fr": f.fr, "en": f.en}, f.icon, f.shop)
        for position, f in enumerate(catalogue.families)
    ]


def activity_rows(catalogue: schemas.Catalogue) -> list[ActivityRow]:
    return [
        ActivityRow(
            code=a.code,
            family=a.family,
            label={"fr": a.fr, "en": a.en},
            one=msgspec.to_builtins(a.one),
            icon=a.icon,
            synonyms=msgspec.to_builtins(a.synonyms),
            sensitive=a.sensitive,
            osm=a.osm,
            bdcom=a.bdcom,
            naf=a.naf,
        )
        for a in catalogue.activities
    ]
