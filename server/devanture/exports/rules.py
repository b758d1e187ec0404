"""What a file is called, what it says of itself, and how a row of the database becomes one of a file. Pure."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import h3
import msgspec

from devanture.activities.schemas import Catalogue
from devanture.errors import Problem
from devanture.exports.columns import DESCRIBED, LAYERS, Layer
from devanture.exports.formats import MEDIA_TYPES
from devanture.exports.schemas import Order
from devanture.places.rules import title
from devanture.places.schemas import Place
from devanture.processes.schemas import Process
from devanture.releases.schemas import Release, Scope
from devanture.web.i18n import LANGUAGES, translate

Words = Mapping[tuple[str, str], dict[str, str | None]]


def read_order(name: str, scope: Scope) -> Order:
    """What `layer.format` asks for; raises `unknown-export`."""
    known, _, form = name.partition(".")
    layer = LAYERS.get(known)
    if layer is None or form not in formats_of(layer):
        raise Problem("unknown-export", layers=", ".join(LAYERS), formats=", ".join(MEDIA_TYPES))
    return Order(layer, form, scope)


def formats_of(layer: Layer) -> list[str]:
    return [form for form in MEDIA_TYPES if layer.geometry or form != "geojson"]


def file_name(process: Process, order: Order, day: datetime) -> str:
    """Process, layer and day, in the town's time; what only the desk may see says so."""
    local = day.astimezone(ZoneInfo(process.timezone))
    seal = "-bureau" if order.layer.released and order.scope == "desk" else ""
    return f"{process.slug}-{order.layer.name}{seal}-{local:%Y-%m-%d}.{order.format}"


def about(process: Process, order: Order, release: Release | None) -> dict[str, Any]:
    """What a GeoJSON says of itself, and a table cannot: release, sources with their licences, what it is not."""
    return {
        "process": {"slug": process.slug, "name": process.name, "organisation": process.organisation},
        "demonstration": process.demonstration,
        "release": release
        and {"number": release.number, "scope": release.scope, "instant": f"{release.made_at:%Y-%m-%dT%H:%M:%SZ}"},
        "attribution": " · ".join(source["attribution"] for source in process.sources),
        "sources": process.sources,
        "note": {lang: translate(lang, "this is not a survey") for lang in LANGUAGES},
        "dictionary": f"/{process.slug}/exports/dictionary.csv",
    }


def same_in_every_row(release: Release | None) -> dict[str, Any]:
    return {"scope": release.scope, "released_at": release.made_at} if release else {}


def words_of(catalogue: Catalogue) -> Words:
    """Labels in both languages and the family, by level and code."""
    other = {f"label_{lang}": translate(lang, "Something else") for lang in LANGUAGES}
    words: dict[tuple[str, str], dict[str, str | None]] = {("choice", "other"): {**other, "family": None}}
    for family in catalogue.families:
        words["family", family.code] = _named(family.label, family.code)
        for activity in family.activities:
            words["activity", activity.code] = _named(activity.label, family.code)
    return words


def _named(label: Mapping[str, str], family: str) -> dict[str, str | None]:
    return {**{f"label_{lang}": label[lang] for lang in LANGUAGES}, "family": family}


def completed(row: dict[str, Any], layer: Layer, words: Words) -> dict[str, Any]:
    """The row with what the database does not know: titles, labels, the centre of a hexagon."""
    if layer.geometry == "hexagon":
        row["lat"], row["lon"] = h3.cell_to_latlng(row["cell"])
    if "near_street" in row:
        place = msgspec.convert(row, Place)
        row |= {f"title_{lang}": title(place, lang) for lang in LANGUAGES}
    if "code" in row:
        nameless = {"label_fr": row["code"], "label_en": row["code"], "family": None}
        row |= words.get((row["level"], row["code"]), nameless)
    return row


def dictionary() -> Iterator[dict[str, str]]:
    """One row a column of every layer."""
    for layer in DESCRIBED:
        for column in layer.columns:
            yield {
                "layer": layer.name,
                "column": column.name,
                "type": column.kind,
                "unit": column.unit,
                "meaning_fr": column.fr,
                "meaning_en": column.en,
            }
