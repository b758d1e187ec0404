"""French words in French order."""

import unicodedata


def order(label: str) -> tuple[str, str]:
    """A sorting key: accents, case and punctuation count only between words otherwise equal.

    « Épicerie » comes before « Fromagerie » and « Œuvre » beside « oeuvre », on any machine's locale.
    """
    opened = unicodedata.normalize("NFKD", label.casefold().replace("œ", "oe").replace("æ", "ae"))
    letters = "".join(c if c.isalnum() else " " for c in opened if not unicodedata.combining(c))
    return " ".join(letters.split()), label
