"""The order in which choices are offered: nothing is sorted by what is missing or by what others chose."""

import random
import unicodedata
from collections.abc import Iterable
from typing import Any

from devanture.activities.schemas import Activity, Family


def drawn_order(families: Iterable[Family], draw: str) -> list[Family]:
    """Families shuffled by `draw` (a voter's own), so that no family is always first; what is no shop comes last."""
    shops = [family for family in families if family.shop]
    others = [family for family in families if not family.shop]
    random.Random(draw).shuffle(shops)  # noqa: S311 - a fair order, not a secret
    return shops + others


def alphabetical(activities: Iterable[Activity], lang: str) -> list[Activity]:
    return sorted(activities, key=lambda activity: fold(activity.label[lang]))


def fold(text: str) -> str:
    """Without accents or case, for sorting and searching: « Épicerie » is found under e."""
    return "".join(c for c in unicodedata.normalize("NFKD", text).casefold() if not unicodedata.combining(c))


def family_view(family: Family, lang: str) -> dict[str, Any]:
    """A family and its activities in one language, activities in alphabetical order."""
    return {
        "code": family.code,
        "kind": family.kind,
        "label": family.label[lang],
        "icon": family.icon,
        "shop": family.shop,
        "activities": [
            {
                "code": activity.code,
                "family": family.code,
                "label": activity.label[lang],
                "one": activity.one[lang],
                "icon": activity.icon,
                "synonyms": activity.synonyms.get(lang, []),
            }
            for activity in alphabetical(family.activities, lang)
        ],
    }
