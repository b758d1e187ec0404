"""An opinion told back in words: « une poissonnerie au 12 ». Pure."""

from collections.abc import Mapping

from devanture.activities.schemas import Activity
from devanture.opinions.schemas import OpinionV1
from devanture.places.rules import title, within_sentence
from devanture.places.schemas import Place
from devanture.web.i18n import translate


def wishes_in_words(opinion: OpinionV1, known: Mapping[str, Activity], lang: str) -> str:
    """« une poissonnerie et un primeur »; an empty text for a withdrawal."""
    words = [known[code].one[lang] for code in opinion.wishes if code in known]
    if opinion.other:
        words.append(f"« {opinion.other} »" if lang == "fr" else f"“{opinion.other}”")
    if len(words) < 2:
        return "".join(words)
    return translate(lang, "%(first)s and %(last)s", first=", ".join(words[:-1]), last=words[-1])


def thanks(opinion: OpinionV1, place: Place, known: Mapping[str, Activity], lang: str) -> str:
    """What the thank-you page says was stored."""
    words = wishes_in_words(opinion, known, lang)
    if place.number and place.kind != "spot":
        return translate(lang, "Recorded: %(wishes)s at number %(number)s.", wishes=words, number=place.number)
    there = within_sentence(title(place, lang), lang)
    return translate(lang, "Recorded: %(wishes)s. %(place)s.", wishes=words, place=there)
