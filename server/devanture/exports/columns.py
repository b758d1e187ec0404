"""The columns of every exported layer: the files and their data dictionary are both written from here."""

from typing import Literal

from msgspec import Struct

Kind = Literal["text", "integer", "decimal", "day", "instant", "boolean"]


class Column(Struct, frozen=True):
    """`unit` is empty for what has none; the meaning is given in both languages."""

    name: str
    kind: Kind
    unit: str
    fr: str
    en: str


class Layer(Struct, frozen=True):
    """What one file holds. `geometry` is its shape in GeoJSON, none for what is only a table."""

    name: str
    fr: str
    en: str
    columns: tuple[Column, ...]
    geometry: Literal["point", "hexagon"] | None = "point"
    released: bool = True


REF = Column(
    "ref",
    "text",
    "",
    "Référence du lieu, la même dans tous les fichiers",
    "Reference of the place, the same in every file",
)
NUMBER = Column("number", "text", "", "Numéro dans la rue", "House number")
STREET = Column("street", "text", "", "Rue, telle que la source l’écrit", "Street, as its source writes it")
SOURCE = Column("source", "text", "", "D’où vient cette ligne", "Where this row comes from")
TITLES = (
    Column("title_fr", "text", "", "Nom du lieu en français", "What the place is called in French"),
    Column("title_en", "text", "", "Nom du lieu en anglais", "What the place is called in English"),
)
POINT = (
    Column("lon", "decimal", "degrees", "Longitude, WGS 84 (EPSG:4326)", "Longitude, WGS 84 (EPSG:4326)"),
    Column("lat", "decimal", "degrees", "Latitude, WGS 84 (EPSG:4326)", "Latitude, WGS 84 (EPSG:4326)"),
)
CODE = Column("code", "text", "", "Code de l’activité ou de la famille", "Code of the activity or family")
LABELS = (
    Column("label_fr", "text", "", "Nom de l’activité ou de la famille en français", "Its name in French"),
    Column("label_en", "text", "", "Nom de l’activité ou de la famille en anglais", "Its name in English"),
    Column("family", "text", "", "Code de la famille de l’activité", "Code of the family that the activity belongs to"),
)
ASKED = (
    Column(
        "level",
        "text",
        "",
        "Ce que « code » nomme : activity, family (la somme de ses activités, chaque personne comptée une fois) "
        "ou choice (other : autre chose)",
        "What “code” names: activity, family (its activities together, each person counted once) "
        "or choice (other: something else)",
    ),
    CODE,
    *LABELS,
    Column(
        "persons", "integer", "persons", "Personnes distinctes qui l’ont demandé", "Distinct people who asked for it"
    ),
    Column("wishes", "integer", "wishes", "Souhaits de ces personnes", "Wishes of these people"),
)
RELEASE = (
    Column(
        "scope",
        "text",
        "",
        "public, ou desk : chiffres exacts réservés au bureau",
        "public, or desk: exact figures for staff",
    ),
    Column(
        "released_at",
        "instant",
        "UTC",
        "Instant auquel les chiffres ont été comptés ; à l’heure locale dans les fichiers pour Excel",
        "The instant at which the figures were counted; in local time in the files for Excel",
    ),
)


def _participants(fr: str, en: str) -> Column:
    return Column("participants", "integer", "persons", fr, en)


PLACES = Layer(
    "places",
    "Lieux",
    "Places",
    (
        REF,
        Column(
            "kind", "text", "", "premises (local), site (terrain ou bâtiment) ou spot (point)", "premises, site or spot"
        ),
        Column(
            "state",
            "text",
            "",
            "État au moment de l’export : vacant, works, occupied, open",
            "State when exported: vacant, works, occupied, open",
        ),
        NUMBER,
        STREET,
        Column(
            "near_street",
            "text",
            "",
            "Rue voisine, quand l’adresse manque",
            "Street close by, where there is no address",
        ),
        Column("name", "text", "", "Nom propre du lieu", "The place’s own name"),
        *TITLES,
        *POINT,
        Column(
            "shown",
            "boolean",
            "",
            "Les souhaits de ce lieu sont publiés",
            "Whether the wishes of this place are published",
        ),
        _participants(
            "Personnes qui ont répondu ici ; vide tant que le lieu n’est pas publié",
            "People who answered here; empty while the place is not shown",
        ),
        Column(
            "wishes",
            "integer",
            "wishes",
            "Souhaits déposés ici ; vide tant que le lieu n’est pas publié",
            "Wishes made here; empty while the place is not shown",
        ),
        Column(
            "merged_into",
            "text",
            "",
            "Référence du lieu qui a pris la suite de celui-ci",
            "Reference of the place that this one was merged into",
        ),
        SOURCE,
        *RELEASE,
    ),
)
WISHES = Layer(
    "wishes",
    "Souhaits par lieu",
    "Wishes by place",
    (
        REF,
        *TITLES,
        *POINT,
        _participants("Personnes qui ont répondu à ce lieu", "People who answered at this place"),
        *ASKED,
        *RELEASE,
    ),
)
HEXAGONS = Layer(
    "hexagons",
    "Souhaits par hexagone",
    "Wishes by hexagon",
    (
        Column("cell", "text", "", "Identifiant H3 de l’hexagone", "H3 index of the hexagon"),
        Column(
            "resolution",
            "integer",
            "",
            "Résolution H3 : 8, 9 ou 10, soit des côtés d’environ 531, 201 ou 76 m",
            "H3 resolution: 8, 9 or 10, with edges of about 531, 201 or 76 m",
        ),
        Column(
            "lon",
            "decimal",
            "degrees",
            "Longitude du centre, WGS 84 (EPSG:4326)",
            "Longitude of the centre, WGS 84 (EPSG:4326)",
        ),
        Column(
            "lat",
            "decimal",
            "degrees",
            "Latitude du centre, WGS 84 (EPSG:4326)",
            "Latitude of the centre, WGS 84 (EPSG:4326)",
        ),
        _participants(
            "Personnes distinctes qui ont répondu dans l’hexagone", "Distinct people who answered in the hexagon"
        ),
        *ASKED,
        *RELEASE,
    ),
    geometry="hexagon",
)
SUPPLY = Layer(
    "supply",
    "Commerces existants",
    "Existing shops",
    (
        Column("ref", "text", "", "Référence du commerce", "Reference of the shop"),
        CODE,
        *LABELS,
        Column("name", "text", "", "Enseigne", "Name of the shop"),
        NUMBER,
        STREET,
        *POINT,
        Column(
            "seen",
            "day",
            "",
            "Jour du dernier passage ou du relevé de la source",
            "Day last seen, or surveyed by the source",
        ),
        Column(
            "confirmed",
            "boolean",
            "",
            "Vérifié sur place ; sinon tiré de données ouvertes",
            "Checked on foot; else taken from open data",
        ),
        SOURCE,
    ),
    released=False,
)
DICTIONARY = Layer(
    "dictionary",
    "Dictionnaire des colonnes",
    "Data dictionary",
    (
        Column("layer", "text", "", "Fichier", "File"),
        Column("column", "text", "", "Colonne", "Column"),
        Column("type", "text", "", "Type", "Type"),
        Column("unit", "text", "", "Unité", "Unit"),
        Column("meaning_fr", "text", "", "Sens en français", "Meaning in French"),
        Column("meaning_en", "text", "", "Sens en anglais", "Meaning in English"),
    ),
    geometry=None,
    released=False,
)
DESCRIBED = (PLACES, WISHES, HEXAGONS, SUPPLY)
LAYERS = {layer.name: layer for layer in (*DESCRIBED, DICTIONARY)}
