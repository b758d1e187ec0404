"""Vacant premises and existing shops out of the elements of an extract."""

import re
from typing import Any

from geodata.catalogue import activity_of_tag
from geodata.folder import Place, Shop
from geodata.osm import tags
from geodata.osm.model import Element, Extract

SOURCE = "OpenStreetMap"
LIVE = ("shop", "craft", "amenity")
FORMER = ("disused:shop", "disused:amenity")
FORMER_NAMES = ("disused:name", "old_name", "was:name", "name")
SEEN = ("check_date:shop", "check_date:opening_hours", "check_date", "survey:date")
DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


class Premises:
    """Reads premises with the words of `catalogue`; `extract` gives the box and the day."""

    def __init__(self, extract: Extract, catalogue: dict[str, Any]) -> None:
        inside = [e for e in extract.elements if tags.is_premises(e.tags) and extract.box.covers(e.spot())]
        self.elements = inside
        self.day = extract.day
        self.activities = activity_of_tag(catalogue)
        self.one = {activity["code"]: activity["one"]["fr"] for activity in catalogue["activities"]}

    def vacant(self) -> list[Place]:
        """Units that stand empty, as places of kind `premises`."""
        return [self.place(element) for element in self.elements if tags.is_vacant(element.tags)]

    def shops(self) -> list[Shop]:
        """Shops that trade; a type that the catalogue does not know stays without activity."""
        return [self.shop(element) for element in self.elements if tags.is_shop(element.tags)]

    def place(self, element: Element) -> Place:
        """One vacant unit. Most have neither number nor street: their point stands for them."""
        return Place(
            **self.common(element),
            kind="premises",
            state="vacant",
            name=self.former(element.tags),
        )

    def shop(self, element: Element) -> Shop:
        """One shop, a draft until somebody has walked by."""
        return Shop(
            **self.common(element),
            activity=self.activity(element.tags, LIVE),
            name=element.tags.get("name") or element.tags.get("brand"),
        )

    def common(self, element: Element) -> dict[str, Any]:
        """What a place and a shop share."""
        spot = element.spot()
        return {
            "lon": spot.x,
            "lat": spot.y,
            "ref": element.ref,
            "number": element.tags.get("addr:housenumber"),
            "street": element.tags.get("addr:street") or element.tags.get("addr:place"),
            "source": SOURCE,
            "source_id": element.ref,
            "seen": self.seen(element.tags),
        }

    def seen(self, own: tags.Tags) -> str:
        """The day of the last survey that a mapper noted, else the day of the data."""
        noted = [own[key] for key in SEEN if DAY.fullmatch(own.get(key, ""))]
        return max(noted, default=self.day)

    def activity(self, own: tags.Tags, keys: tuple[str, ...]) -> str | None:
        """The catalogue's code for the first of `keys` that it knows; the first of several values counts."""
        values = ((key, own[key].split(";")[0].strip()) for key in keys if key in own)
        codes = (self.activities.get(f"{key.removeprefix('disused:')}={value}") for key, value in values)
        return next(filter(None, codes), None)

    def former(self, own: tags.Tags) -> str | None:
        """The former sign, or « ancienne boulangerie » when only the former type is known."""
        sign = next((own[key] for key in FORMER_NAMES if key in own), None)
        code = self.activity(own, FORMER)
        return sign or (former_words(self.one[code]) if code else None)


def former_words(one: str) -> str | None:
    """« une boulangerie » → « ancienne boulangerie »."""
    article, _, words = one.partition(" ")
    before = "ancienne" if article == "une" else "ancien" if article == "un" else None
    return f"{before} {words}" if before else None
