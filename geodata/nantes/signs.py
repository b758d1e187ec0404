"""Street names as the enamel signs write them: « R EUGENE VARLIN » becomes « Rue Eugène Varlin ».

BD TOPO mostly repeats the national address base, which knows cases and most accents but not those on capitals;
a tenth of the names come only in its short form, in capitals and without any. The words that need more than a
capital are listed: they were read one by one in the 709 names.
"""

import re

KINDS = {
    "ALL": "Allée",
    "AV": "Avenue",
    "BD": "Boulevard",
    "CRS": "Cours",
    "ESP": "Esplanade",
    "IMP": "Impasse",
    "JARD": "Jardin",
    "PAS": "Passage",
    "PL": "Place",
    "PLE": "Passerelle",
    "QU": "Quai",
    "R": "Rue",
    "RLE": "Ruelle",
    "SQ": "Square",
}
SMALL = {"de", "du", "des", "la", "le", "les", "et", "aux", "au", "lo"}
ARTICLES = {
    "La Fayette",
    "La Pérouse",
    "Jean de La Fontaine",
    "La Tour",
    "La Noue",
    "La Motte",
    "Le Nôtre",
    "Le Panse",
    "Le Lou",
}
FAULTS = {
    "Penthiévre": "Penthièvre",
    "Lefévre": "Lefèvre",
    "65 ème": "65e",
    "De Clisson": "de Clisson",
    "De Loynes": "de Loynes",
    "Psallette": "Psalette",
    "Traceurs de Coques": "Traceurs de Coque",
    "l'Herminier": "L’Herminier",
}
ACCENTED = """
Aimé Andrée André Arnodin Céline Chêne Cœur Écluse École Écoles Écuries Échelle Échevins Écorchard
Édit Édouard Électrique Élie Élisabeth Émery Émile Érables États Étienne Eugène Eugénie Évariste
Évêché Carcouët Desgrées Dupré Faïencerie Félix Éboué Généraux Général Hélie Hélène Île Jégou
Kernéis Laënnec Lévêque Mercœur Mirallié Oberlé Orléans Pérouse République Résistance Sœurs
Schœlcher Sémard Défense
"""


def _plain(word: str) -> str:
    table = str.maketrans("ÀÂÄÇÉÈÊËÎÏÔÖÛÙÜàâäçéèêëîïôöûùü", "AAACEEEEIIOOUUUaaaceeeeiioouuu")
    return word.replace("œ", "oe").replace("Œ", "Oe").translate(table).casefold()


SPELT = {_plain(word): word for word in ACCENTED.split()}


def sign(name: str) -> str:
    """The name for a sign; empty stays empty."""
    words = name.strip()
    if words.upper() == words or words.lower() == words:
        words = _lengthened(words)
    for fault, right in FAULTS.items():
        words = words.replace(fault, right)
    words = re.sub(r"[\w]+", lambda found: _spelt(found.group()), words)
    words = re.sub(r"\b(Saint|Sainte) (?=[A-ZÉ])", r"\1-", words)
    return _with_articles(words).replace("'", "’")


def _lengthened(name: str) -> str:
    """« PL DE LA BONDE » → « Place de la Bonde »."""
    kind, _, rest = name.upper().partition(" ")
    capitals = re.sub(r"[\w]+", lambda found: found.group().capitalize(), rest)
    capitals = re.sub(r"\b([DL])'", lambda found: found.group().lower(), capitals)
    small = [word.lower() if word.lower() in SMALL else word for word in capitals.split(" ")]
    return " ".join([KINDS.get(kind, kind.capitalize()), *small]).strip()


def _spelt(word: str) -> str:
    """The word with its accents, when it is one of those that need them and begins with a capital."""
    right = SPELT.get(_plain(word))
    return right if right and word[0].isupper() else word


def _with_articles(name: str) -> str:
    """An article that belongs to a person's name has its capital: « Rue La Pérouse »."""
    for article in ARTICLES:
        name = name.replace(article.replace("L", "l"), article)
    return name
