"""How a place is called: number and street as one says them, else neighbours, else a name. Pure."""

from collections.abc import Mapping
from typing import Any

import h3

from devanture.activities.schemas import Activity
from devanture.places.schemas import Neighbour, Place
from devanture.web.i18n import translate

STANCES = {
    "partner": "partner",
    "informed": "informed",
    "silent": "not reached yet",
    "refuses": "opposed",
}
_ARTICLES = {
    **dict.fromkeys(("rue", "place", "route", "ruelle", "cour", "chaussée", "montée", "venelle", "rampe"), "de la "),
    **dict.fromkeys(("boulevard", "quai", "chemin", "passage", "cours", "square", "pont", "sentier"), "du "),
    **dict.fromkeys(("avenue", "allée", "impasse", "esplanade"), "de l’"),
}


def title(place: Place, lang: str) -> str:
    """« 12, rue Crébillon », "12 Rue Crébillon"; without a number the street, else what it is near to."""
    if place.kind == "site" and place.name:
        return place.name
    if place.kind == "spot":
        return _spot(place, lang)
    if place.street and place.number:
        return f"{place.number}, {_lowered(place.street)}" if lang == "fr" else f"{place.number} {place.street}"
    if place.street:
        return place.street
    return _near(place.near_street, lang) if place.near_street else place.name or translate(lang, "Vacant premises")


def within_sentence(words: str, lang: str) -> str:
    """A title as it reads inside a sentence: in French « devant le 14, rue Crébillon »."""
    return _beginning_small(words) if lang == "fr" else words


def cells(lon: float, lat: float) -> dict[str, int]:
    """The H3 cells of a point; their highest bit is 0, so that they fit PostgreSQL's signed bigint."""
    return {f"cell_{level}": h3.str_to_int(h3.latlng_to_cell(lat, lon, level)) for level in (8, 9, 10)}


def _spot(place: Place, lang: str) -> str:
    """« Devant le 14, rue Crébillon », « Rue Crébillon, près de la place Royale »: what lies nearest."""
    if place.street and place.number:
        if lang == "fr":
            return f"Devant le {place.number}, {_lowered(place.street)}"
        return f"Outside {place.number} {place.street}"
    near = _near(place.near_street, lang) if place.near_street else ""
    if place.street:
        return ", ".join(filter(None, (place.street, _beginning_small(near))))
    return near or translate(lang, "A point on the map")


def hint(place: Place, known: Mapping[str, Activity], lang: str) -> str:
    """« entre la pharmacie et l’opticien »: people cannot tell a door by its number alone.

    Without a number several doors may stand between the same two neighbours: what the place was tells them apart.
    """
    beside = _beside(place, known, lang)
    if place.kind != "premises":
        return beside or _close_by(place, lang)
    if not place.name or place.name == title(place, lang):
        return beside
    return beside if beside and place.number else " · ".join(filter(None, (beside, place.name)))


def _close_by(place: Place, lang: str) -> str:
    """« près de la rue Haute », where the title does not say it already: the square of that name, a spot's crossing."""
    told = place.kind == "spot" and not place.number
    if not place.near_street or told or place.near_street == place.name:
        return ""
    return _beginning_small(_near(place.near_street, lang))


def _beside(place: Place, known: Mapping[str, Activity], lang: str) -> str:
    left, right = (neighbour_text(side, known, lang) for side in (place.left, place.right))
    if left and right:
        return translate(lang, "between %(left)s and %(right)s", left=left, right=right)
    return translate(lang, "next to %(neighbour)s", neighbour=left or right) if left or right else ""


def neighbour_text(neighbour: Neighbour | None, known: Mapping[str, Activity], lang: str) -> str | None:
    """A neighbour's own name, else its kind with the article."""
    if neighbour is None:
        return None
    activity = known.get(neighbour.activity or "")
    return neighbour.name or (activity.one[lang] if activity else None)


def place_view(place: Place, slug: str, known: Mapping[str, Activity], lang: str) -> dict[str, Any]:
    """One place as the pages and the phone show it, in one language; the same words in both."""
    return {
        "ref": place.ref,
        "kind": place.kind,
        "state": place.state,
        "vacant": place.state in ("vacant", "open"),
        "number": place.number,
        "street": place.street,
        "near_street": place.near_street,
        "name": place.name,
        "title": title(place, lang),
        "short": "" if place.kind == "spot" else place.number or "",
        "hint": hint(place, known, lang),
        "lon": place.lon,
        "lat": place.lat,
        "left": neighbour_text(place.left, known, lang),
        "right": neighbour_text(place.right, known, lang),
        "stance": place.stance,
        "stance_label": translate(lang, STANCES[place.stance]) if place.stance in STANCES else None,
        "plan": (place.plan or {}).get(lang),
        "round": place.round,
        "step": place.step,
        "side": place.side,
        "along_m": place.along_m,
        "seen": place.seen,
        "url": f"/{slug}/lieux/{place.ref}",
    }


def street_of(place: Place) -> str:
    """The round that a door is walked with: its street, or a part of a long one."""
    return place.round or place.street or place.near_street or ""


def street_order(place: Place) -> tuple[str, int, int, str]:
    """As one walks: by the turn in the round; without one by number, « 12 bis » after 12, or by reference."""
    digits = "".join(c for c in place.number or "" if c.isdigit())
    return street_of(place), place.step or 0, int(digits or 0), place.number or place.ref


def _lowered(street: str) -> str:
    """« Rue Crébillon » inside a sentence: only the kind of street loses its capital."""
    first, _, rest = street.partition(" ")
    return f"{first.lower()} {rest}" if first.lower() in _ARTICLES else street


def _near(street: str, lang: str) -> str:
    if lang == "en":
        return f"Near {street}"
    kind = street.partition(" ")[0].lower()
    return f"Près {_ARTICLES[kind]}{_lowered(street)}" if kind in _ARTICLES else f"Près de {street}"


def _beginning_small(text: str) -> str:
    return text[:1].lower() + text[1:]
