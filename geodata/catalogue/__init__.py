"""The activity catalogue: `python -m geodata catalogue` builds it, everything else only reads catalogue.json."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
CATALOGUE = HERE / "catalogue.json"


def load() -> dict[str, Any]:
    """The committed catalogue, in the shape of docs/interchange.md."""
    catalogue: dict[str, Any] = json.loads(CATALOGUE.read_text(encoding="utf-8"))
    return catalogue


def activity_of_tag(catalogue: dict[str, Any]) -> dict[str, str]:
    """OSM tag (`shop=bakery`) to activity code, for premises only: a bench is not a shop."""
    shops = {family["code"] for family in catalogue["families"] if family["kind"] == "premises"}
    return {
        tag: activity["code"]
        for activity in catalogue["activities"]
        if activity["family"] in shops
        for tag in activity["osm"]
    }


def main(argv: Sequence[str]) -> None:
    """The command; the builder is imported late because reading the catalogue needs none of it."""
    from geodata.catalogue.build import main as build

    build(argv)
