"""How the figures were counted, in sentences: what every published page must say beside them."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from devanture.releases.rules import FROZEN, SHOWN_FROM
from devanture.releases.schemas import Count, Release
from devanture.web.i18n import instant, ntranslate, number, translate

CHANNELS = {
    "web": "online",
    "paper": "on paper",
    "phone": "by telephone",
    "tablet": "on a tablet, with an officer",
    "for_another": "by someone else for them",
}
PROOFS = {
    "none": "without proof",
    "door_code": "with the poster’s code",
    "at_door": "at the door, with an officer",
    "email": "by e-mail",
    "paper": "on a numbered paper",
    "verified": "verified",
}


def method(
    release: Release, counts: Iterable[Count], zoned: datetime, out: Sequence[str], lang: str
) -> list[str]:
    """Sentences on who is counted, what is held back, how people answered, and (`out`) what was set aside."""
    counts = list(counts)
    return [
        ntranslate(
            lang,
            "%(num)s person is counted in these figures of %(instant)s.",
            "%(num)s people are counted in these figures of %(instant)s.",
            release.participants,
            instant=instant(lang, zoned),
        ),
        *_held_back(lang),
        *_split(counts, "channel", "How people answered: %(parts)s.", CHANNELS, lang),
        *_split(counts, "proof", "What shows that they are who they are: %(parts)s.", PROOFS, lang),
        *_overturned(release, lang),
        *out,
        *_late(release, lang),
        translate(
            lang,
            "Anyone may answer, without an account. It is not a survey: nobody can say how many people it speaks for.",
        ),
    ]


def _held_back(lang: str) -> list[str]:
    hours = int(FROZEN.total_seconds() // 3600)
    return [
        translate(
            lang,
            "The wishes of a place are shown once %(n)s people have answered there, and change only after "
            "%(n)s have come, changed or withdrawn.",
            n=SHOWN_FROM,
        ),
        translate(
            lang, "They stand still for the last %(hours)s hours before closing, and are exact afterwards.", hours=hours
        ),
        translate(lang, "What hints at belief or health is shown by family only."),
    ]


def _split(counts: Iterable[Count], level: str, sentence: str, words: dict[str, str], lang: str) -> list[str]:
    """The sentence with « en ligne 1 234 · sur papier 56 »; none where the split is not published."""
    parts = [
        f"{translate(lang, words.get(count.code, count.code))} {number(lang, count.persons)}"
        for count in counts
        if count.level == level
    ]
    return [translate(lang, sentence, parts=" · ".join(parts))] if parts else []


def _overturned(release: Release, lang: str) -> list[str]:
    """A first rank that rests on the unproven, or on one kind of proof, is told, in all and by how many doors."""
    lines = []
    if release.overturned:
        lines.append(
            translate(
                lang,
                "Careful: another wish would come first overall among the proven answers alone, or without "
                "one kind of proof.",
            )
        )
    if release.places_overturned:
        lines.append(
            ntranslate(
                lang,
                "Careful: at %(num)s place what stands first is far rarer among the proven answers than among the "
                "others, or another wish would come first without one kind of proof.",
                "Careful: at %(num)s places what stands first is far rarer among the proven answers than among the "
                "others, or another wish would come first without one kind of proof.",
                release.places_overturned,
            )
        )
    return lines


def _late(release: Release, lang: str) -> list[str]:
    if not release.late:
        return []
    return [
        ntranslate(
            lang,
            "%(num)s answer came just after closing: it is kept, and counted apart.",
            "%(num)s answers came just after closing: they are kept, and counted apart.",
            release.late,
        )
    ]
