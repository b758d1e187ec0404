"""What OSM's tagging schema knows of a preset: its tag and its words in French and English."""

import json
import re
from pathlib import Path
from typing import Any

from geodata.catalogue.tables import Activity
from geodata.errors import GeodataError

LANGUAGES = ("fr", "en")
TOO_VAGUE = {"magasin", "boutique", "produits", "aliments", "shop", "store", "market", "retail"}


class Presets:
    """The tagging schema as unpacked from its npm package (ISC)."""

    def __init__(self, package: Path) -> None:
        """Read presets, deprecated tags and the two translations from `package`/dist."""
        dist = package / "dist"
        self.presets: dict[str, Any] = read_json(dist / "presets.json")
        self.older = older_tags(read_json(dist / "deprecated.json"))
        self.words = {
            lang: read_json(dist / "translations" / f"{lang}.json")[lang]["presets"]["presets"] for lang in LANGUAGES
        }

    def tags(self, activity: Activity) -> list[str]:
        """The OSM tags of an activity, each with its deprecated spellings, sorted."""
        known = [*activity.osm, *(self.tag(preset, activity.code) for preset in activity.presets)]
        return sorted({spelling for tag in known for spelling in (tag, *self.older.get(tag, ()))})

    def tag(self, preset: str, code: str) -> str:
        """The one tag of a preset, as `shop=bakery`."""
        tags = self.presets.get(preset, {}).get("tags", {})
        if len(tags) != 1:
            raise GeodataError(f"activities.csv, {code}: the preset {preset} has {len(tags)} tags, not one")
        ((key, value),) = tags.items()
        return f"{key}={value}"

    def synonyms(self, activity: Activity, lang: str) -> list[str]:
        """Words that lead to an activity: ours first, then the schema's, without twins or the label."""
        found = {activity.label[lang].casefold(): ""}
        theirs = [word for preset in activity.presets for word in self.terms(preset, lang)]
        for word in [*activity.synonyms[lang], *theirs]:
            found.setdefault(word.casefold(), word)
        return [word for word in found.values() if word]

    def terms(self, preset: str, lang: str) -> list[str]:
        """Name, aliases and search terms of a preset, in lower case, with curled apostrophes."""
        entry = self.words[lang].get(preset) or {}
        text = ",".join(entry.get(key, "") for key in ("name", "aliases", "terms"))
        words = re.split(r"[,\n/]", re.sub(r"\([^)]*\)", "", text))
        plain = [word.strip().lower().replace("'", "’") for word in words]
        return [word for word in plain if word and word not in TOO_VAGUE]


def older_tags(deprecated: list[dict[str, Any]]) -> dict[str, list[str]]:
    """Tag to the older spellings that stand for exactly it."""
    older: dict[str, list[str]] = {}
    for entry in deprecated:
        old, new = entry["old"], entry.get("replace", {})
        if len(old) == len(new) == 1 and old.keys() <= {"shop", "craft"}:
            older.setdefault(joined(new), []).append(joined(old))
    return older


def joined(tag: dict[str, str]) -> str:
    """One tag as `key=value`."""
    ((key, value),) = tag.items()
    return f"{key}={value}"


def read_json(path: Path) -> Any:
    """A JSON file of the package."""
    return json.loads(path.read_text(encoding="utf-8"))
