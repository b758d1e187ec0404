"""A shop's name as its drawn sign bears it: no article, capitals, shortened at a word where the board is too short."""

import re

MOST = 11
"""Capitals that the smaller type fits on the board that is seen of a neighbour (`.f-sign--long` of place.css)."""
_ARTICLE = re.compile(r"^(?:l’|(?:le|la|les|une?|the|an?) )", re.IGNORECASE)
_LEAST = 4
"""A sign does not end on « DE » or « ET »."""


def sign(name: str) -> str:
    """« la pharmacie » → « PHARMACIE », « Coiffure Perrine » → « COIFFURE… »; places/sign.ts says the same."""
    bare = _ARTICLE.sub("", name).upper()
    if len(bare) <= MOST:
        return bare
    words = bare.split(" ")
    while len(words) > 1 and (len(" ".join(words)) >= MOST or len(words[-1]) < _LEAST):
        words.pop()
    return " ".join(words)[: MOST - 1] + "…"
