"""What a town is called, and its time zone, as far as an extract tells."""

import re
import unicodedata
from collections import Counter
from pathlib import Path

from babel.core import get_global

from geodata.osm.model import Element, Extract

RANKS = ("city", "town", "suburb", "village", "quarter", "neighbourhood")
TIMEZONE = "Europe/Paris"


def town_name(extract: Extract, path: Path) -> dict[str, str]:
    """French and English name of the greatest place inside, else the file's own name."""
    inside = [e for e in extract.elements if {"place", "name"} <= e.tags.keys() and extract.box.covers(e.spot())]
    ranked = [e for e in inside if e.tags["place"] in RANKS]
    if not ranked:
        stem = path.name.partition(".")[0].replace("-", " ").replace("_", " ").title()
        return {"fr": stem, "en": stem}
    first = min(ranked, key=lambda e: (RANKS.index(e.tags["place"]), -population(e), e.ref))
    return {lang: first.tags.get(f"name:{lang}", first.tags["name"]) for lang in ("fr", "en")}


def population(element: Element) -> int:
    """People who live there, 0 when unknown."""
    text = element.tags.get("population", "")
    return int(text) if text.isdecimal() else 0


def slug(name: str) -> str:
    """`Genève` → `geneve`: what docs/interchange.md allows, or `town` when nothing is left."""
    opened = unicodedata.normalize("NFKD", name.lower().replace("œ", "oe"))
    letters = "".join(sign for sign in opened if not unicodedata.combining(sign))
    short = re.sub(r"[^a-z0-9]+", "-", letters).strip("-0123456789")[:40].rstrip("-")
    return short if len(short) > 1 else "town"


def timezone(extract: Extract) -> str:
    """The zone of the country that addresses and borders name, when that country has one zone only."""
    named = Counter(e.tags["addr:country"] for e in extract.elements if "addr:country" in e.tags)
    zones = get_global("territory_zones").get(named.most_common(1)[0][0], []) if named else []
    return str(zones[0]) if len(zones) == 1 else TIMEZONE
