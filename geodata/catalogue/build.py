"""Builds catalogue.json from the hand-kept tables and the tagging schema, and copies the icons it names."""

import argparse
import json
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from geodata.catalogue import CATALOGUE, npm, tables
from geodata.catalogue.icons import ICONS, copy_icons
from geodata.catalogue.presets import LANGUAGES, Presets
from geodata.catalogue.tables import Activity, BdcomCode, Family
from geodata.errors import GeodataError
from geodata.files import write_text
from geodata.french import order

VERSION = "2026-11"
NAF_VERSION = "NAF rév. 2"
SOURCES = [
    {
        "name": "id-tagging-schema",
        "licence": "ISC",
        "attribution": "© iD Contributors; tags: © OpenStreetMap contributors",
    },
    {
        "name": "BDCom",
        "licence": "ODbL 1.0",
        "attribution": "Codes d’activité : Ville de Paris / APUR, BDCom",
    },
]


def main(argv: Sequence[str]) -> None:
    """Build catalogue.json and the icons from the npm packages."""
    parser = argparse.ArgumentParser(prog="geodata catalogue", description=__doc__)
    parser.add_argument("--icons", type=Path, default=ICONS, help="folder of the SVG files")
    options = parser.parse_args(argv)
    with tempfile.TemporaryDirectory() as directory:
        fetched = {package: fetch(package, Path(directory)) for package in PACKAGES}
        catalogue = build(Presets(fetched[npm.TAGGING_SCHEMA]))
        copied = copy_icons(used_icons(catalogue), fetched, options.icons)
    write_text(CATALOGUE, text(catalogue))
    print(f"{len(catalogue['activities'])} activities, {copied} icons")


PACKAGES = (npm.TAGGING_SCHEMA, npm.MAKI, npm.TEMAKI, npm.LUCIDE)


def fetch(package: str, directory: Path) -> Path:
    """Fetch one package, saying so."""
    print(f"fetching {package}", flush=True)
    return npm.unpack(package, directory)


def build(presets: Presets) -> dict[str, Any]:
    """The whole catalogue, checked: shape of docs/interchange.md."""
    families = tables.read("families.csv", tables.family)
    activities = tables.read("activities.csv", tables.activity)
    bdcom = tables.read("bdcom.csv", tables.bdcom_code)
    check_codes(families, activities, bdcom)
    ranks = {family.code: rank for rank, family in enumerate(families)}
    activities.sort(key=lambda a: (ranks[a.family], order(a.label["fr"])))
    entries = [entry(activity, presets, bdcom) for activity in activities]
    check_tags(entries)
    return {
        "version": VERSION,
        "naf_version": NAF_VERSION,
        "sources": SOURCES,
        "families": [asdict(family) for family in families],
        "activities": entries,
    }


def entry(activity: Activity, presets: Presets, bdcom: Iterable[BdcomCode]) -> dict[str, Any]:
    """One activity of catalogue.json."""
    return {
        "code": activity.code,
        "family": activity.family,
        **activity.label,
        "icon": activity.icon,
        "one": activity.one,
        "synonyms": {lang: presets.synonyms(activity, lang) for lang in LANGUAGES},
        "sensitive": activity.sensitive,
        "osm": presets.tags(activity),
        "bdcom": [row.code for row in bdcom if row.activity == activity.code],
        "naf": activity.naf,
    }


def check_codes(families: list[Family], activities: list[Activity], bdcom: list[BdcomCode]) -> None:
    """Refuse a code that stands for two things, or one that stands for nothing."""
    groups, codes = {family.code for family in families}, {activity.code for activity in activities}
    for twin in groups & codes:
        raise GeodataError(f"activities.csv: {twin} is a family too")
    for activity in activities:
        if activity.family not in groups:
            raise GeodataError(f"activities.csv, {activity.code}: unknown family {activity.family}")
    for row in bdcom:
        if bool(row.activity) == bool(row.left_out) or (row.activity and row.activity not in codes):
            raise GeodataError(f"bdcom.csv, {row.code}: give one known activity, or why it is left out")


def check_tags(entries: list[dict[str, Any]]) -> None:
    """Refuse an OSM tag that would count one shop under two activities."""
    owners: dict[str, str] = {}
    for item in entries:
        for tag in item["osm"]:
            if owners.setdefault(tag, item["code"]) != item["code"]:
                raise GeodataError(f"activities.csv: {tag} is in both {owners[tag]} and {item['code']}")


def used_icons(catalogue: dict[str, Any]) -> set[str]:
    """Every icon that a family or an activity names."""
    return {item["icon"] for item in [*catalogue["families"], *catalogue["activities"]]}


def text(catalogue: dict[str, Any]) -> str:
    """JSON with one family or activity a line, so that a change can be read."""
    parts = [f"{json.dumps(key)}: {lines(value)}" for key, value in catalogue.items()]
    return "{" + ",\n".join(parts) + "}\n"


def lines(value: Any) -> str:
    """A list as one item a line; anything else as it is."""
    if not isinstance(value, list):
        return json.dumps(value, ensure_ascii=False)
    return "[\n" + ",\n".join(json.dumps(item, ensure_ascii=False) for item in value) + "\n]"
