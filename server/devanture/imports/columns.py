"""Which column of an agency's list holds what, in French and English (docs/import.md lists them)."""

import re
import unicodedata
from collections.abc import Sequence

from devanture.imports.errors import BadFile

# Headers as `plain` writes them. A list may hold any of them, in any order; the others are ignored and said so.
NAMES: dict[str, tuple[str, ...]] = {
    "ref": ("reference", "ref", "reference du local", "ref local", "id", "id local", "identifiant", "identifier",
            "code", "code local"),
    "number": ("numero", "num", "no", "n", "numero de voie", "numero voie", "n voie", "n de voie", "number",
               "house number", "housenumber", "street number", "addr housenumber"),
    "suffix": ("indice", "indice de repetition", "repetition", "rep", "bis", "suffixe", "suffix"),
    "street": ("rue", "voie", "nom de voie", "nom de la voie", "nom voie", "nom rue", "nom de la rue", "libelle voie",
               "street", "street name", "addr street"),
    "address": ("adresse", "adresse complete", "adresse postale", "adresse du local", "address", "full address"),
    "lon": ("lon", "lng", "long", "longitude"),
    "lat": ("lat", "latitude"),
    "x": ("x", "coord x", "coordonnee x", "easting"),
    "y": ("y", "coord y", "coordonnee y", "northing"),
    "x_2154": ("x l93", "x lambert93", "x lambert 93", "x lambert", "lambert x", "lambert93 x", "x 2154"),
    "y_2154": ("y l93", "y lambert93", "y lambert 93", "y lambert", "lambert y", "lambert93 y", "y 2154"),
    "state": ("etat", "etat du local", "statut", "occupation", "situation", "state", "status"),
    "vacant_since": ("vacant depuis", "vide depuis", "vacance depuis", "date de vacance", "date vacance", "depuis",
                     "vacant since", "empty since", "vacancy date"),
    "surface": ("surface", "surface m2", "surface en m2", "surface totale", "superficie", "superficie m2", "area",
                "area m2", "floor area"),
    "rent": ("loyer", "loyer mensuel", "loyer mois", "loyer par mois", "loyer eur mois", "rent", "monthly rent",
             "rent month", "rent month eur"),
    "rent_year": ("loyer annuel", "loyer an", "loyer par an", "loyer eur an", "annual rent", "yearly rent"),
    "landlord": ("proprietaire", "nom du proprietaire", "bailleur", "landlord", "owner"),
    "stance": ("position du proprietaire", "position du bailleur", "accord du proprietaire", "stance",
               "landlord stance"),
    "name": ("nom", "enseigne", "nom enseigne", "nom du local", "ancienne enseigne", "name", "sign", "former sign",
             "former name"),
    "activity": ("activite", "derniere activite", "ancienne activite", "activite precedente", "activity",
                 "last activity", "former activity"),
    "left": ("voisin de gauche", "voisin gauche", "left neighbour", "left neighbor"),
    "right": ("voisin de droite", "voisin droite", "right neighbour", "right neighbor"),
}  # fmt: skip
POINTS = (("lon", "lat"), ("x_2154", "y_2154"), ("x", "y"))
_FIELDS = {name: field for field, names in NAMES.items() for name in names}
_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "ß": "ss", "Œ": "OE", "Æ": "AE"})


def unaccented(text: str) -> str:
    """« Œuvre » is « OEuvre »."""
    letters = unicodedata.normalize("NFKD", text.translate(_LIGATURES))
    return "".join(c for c in letters if not unicodedata.combining(c))


def plain(text: str) -> str:
    """Small letters and digits with single spaces between: « N° de la voie » is « n de la voie »."""
    return " ".join(re.findall(r"[a-z0-9]+", unaccented(text.casefold())))


def recognise(file: str, headers: Sequence[str]) -> dict[str, str]:
    """The header of each field that the list holds; raises `BadFile` when two headers mean the same."""
    found: dict[str, str] = {}
    for header in headers:
        field = _FIELDS.get(plain(header))
        if field is None:
            continue
        if field in found:
            raise BadFile(file, f"the columns « {found[field]} » and « {header} » mean the same ({field})")
        found[field] = header
    return found


def point_fields(file: str, found: dict[str, str]) -> tuple[str, str]:
    """The two fields that place a row; raises `BadFile` when a list without geometry has none."""
    for pair in POINTS:
        if pair[0] in found and pair[1] in found:
            return pair
    raise BadFile(file, "no columns hold a longitude and a latitude, or x and y (docs/import.md lists the names)")
