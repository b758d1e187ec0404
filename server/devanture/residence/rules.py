"""Decisions about the one question, without database or clock."""

from collections.abc import Iterable, Mapping
from typing import Any

from devanture.errors import Problem
from devanture.residence.schemas import ELSEWHERE, ResidenceV1
from devanture.web.i18n import translate

TIES = {
    "lives": "I live here",
    "works": "I work here",
    "shopkeeper": "I keep a shop here",
    "passing": "I am passing by",
}
AGES = {
    "under-15": "Under 15",
    "15-29": "15 to 29",
    "30-44": "30 to 44",
    "45-59": "45 to 59",
    "60-74": "60 to 74",
    "75-plus": "75 or more",
}


def check(answer: ResidenceV1, sectors: Iterable[Mapping[str, str]]) -> ResidenceV1:
    """Something is answered, nothing twice, and the sector is one of the process's; raises `bad-sending`."""
    if not (answer.sector or answer.ties or answer.age):
        raise Problem("bad-sending", field="sector")
    if len(set(answer.ties)) != len(answer.ties):
        raise Problem("bad-sending", field="ties")
    if answer.sector not in (None, ELSEWHERE, *(sector["code"] for sector in sectors)):
        raise Problem("bad-sending", field="sector")
    return answer


def choices(sectors: Iterable[Mapping[str, str]], lang: str) -> dict[str, Any]:
    """What may be ticked, in one language: pairs of code and words, « ailleurs » last."""
    known = [(sector["code"], sector[lang]) for sector in sectors]
    return {
        "sectors": [*known, (ELSEWHERE, translate(lang, "Elsewhere"))],
        "ties": [(code, translate(lang, words)) for code, words in TIES.items()],
        "ages": [(code, translate(lang, words)) for code, words in AGES.items()],
    }
