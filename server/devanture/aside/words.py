"""Why an opinion is out, and how many are: in words a resident understands."""

from collections.abc import Iterable, Mapping

from devanture.aside import rules
from devanture.aside.schemas import Aside, Tally
from devanture.web.i18n import ntranslate, number, translate

REASONS: Mapping[str, str] = {
    "over-limit": "Very many new phones came from your network within the hour. It counts as soon as your phone has "
    "solved a small puzzle, or you prove yourself.",
    "too-fast": "It came less than three seconds after the page was opened.",
    "too-many": "It came with more than thirty others within ten minutes.",
    "burst": "Many new phones of one network asked for the very same thing.",
}
NAMES: Mapping[str, str] = {
    "over-limit": "too many new phones from one network",
    "too-fast": "less than three seconds after opening",
    "too-many": "more than thirty in ten minutes",
    "burst": "the same wish many times from one network",
    "desk": "by hand",
}


def why(aside: Aside, lang: str) -> str:
    """The reason of a rule, or the desk's own words."""
    if aside.verdict == "voided":
        return aside.reason or ""
    return translate(lang, REASONS[aside.rule])


def told(tallies: Iterable[Tally], lang: str) -> list[str]:
    """What the method says: how many are out by which rule, and what the team decided by hand."""
    tallies = list(tallies)
    found = {tally.rule: tally.opinions for tally in tallies if tally.verdict == "set_aside"}
    restored = sum(tally.opinions for tally in tallies if tally.verdict == "restored")
    voided = sum(tally.opinions for tally in tallies if tally.verdict == "voided")
    unproven = sum(tally.opinions for tally in tallies if tally.verdict == "unproven")
    lines = [_set_aside(found, lang)] if found else []
    if unproven:
        lines.append(_unproven(unproven, lang))
    if restored:
        lines.append(
            ntranslate(
                lang,
                "%(num)s answer that a rule had set aside counts again.",
                "%(num)s answers that a rule had set aside count again.",
                restored,
            )
        )
    if voided:
        lines.append(
            ntranslate(
                lang,
                "%(num)s answer was taken out by the team, with a reason that its author can read.",
                "%(num)s answers were taken out by the team, each with a reason that its author can read.",
                voided,
            )
        )
    return lines


def _set_aside(found: Mapping[str, int], lang: str) -> str:
    ordered = [rule for rule in (*rules.RULES, "desk") if rule in found]
    parts = " · ".join(f"{translate(lang, NAMES[rule])} {number(lang, found[rule])}" for rule in ordered)
    return ntranslate(
        lang,
        "%(num)s answer is set aside, and in no figure: %(parts)s. It is not lost: its receipt says why, and the team "
        "may let it count again.",
        "%(num)s answers are set aside, and in no figure: %(parts)s. None is lost: each receipt says why, and the team "
        "may let it count again.",
        sum(found.values()),
        parts=parts,
    )


def _unproven(opinions: int, lang: str) -> str:
    return ntranslate(
        lang,
        "%(num)s answer counts, but not as proven: it belongs to many new phones that asked for the very same thing "
        "from one network, or with one facilitator’s code. The team may decide otherwise.",
        "%(num)s answers count, but not as proven: they belong to many new phones that asked for the very same thing "
        "from one network, or with one facilitator’s code. The team may decide otherwise.",
        opinions,
    )
