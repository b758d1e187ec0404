"""Released figures as pages show them: in one language, most people first."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from devanture.activities.schemas import Catalogue
from devanture.db.pool import Database
from devanture.processes.schemas import Process
from devanture.releases import service
from devanture.releases.rules import missing
from devanture.releases.schemas import Count, Scope
from devanture.web.i18n import translate

MOST_HERE, MOST = 3, 5
"""Bars under a place, read standing with the way to the next door below them; bars of a whole process."""


async def figures_of_place(
    database: Database,
    process: Process,
    place_id: UUID,
    participants: int,
    catalogue: Catalogue,
    lang: str,
    scope: Scope = "public",
    own: frozenset[str] = frozenset(),
) -> dict[str, Any]:
    """`figures` of a place's page: `participants` are live, everything else is of the latest release.

    `own` are the codes that the reader wished for: they follow the first ones where the release holds them.
    """
    release = await service.latest(database, process, scope)
    found = await service.place_counts(database, process, release, place_id) if release else {}
    counts = found.get(place_id, [])
    return {
        "participants": participants,
        "shown": bool(counts),
        "missing": missing(participants, shown=bool(counts)),
        "instant": release.made_at.astimezone(ZoneInfo(process.timezone)) if release else None,
        "top": with_own(ranked(counts, catalogue, lang), catalogue, own),
    }


def with_own(rows: list[dict[str, Any]], catalogue: Catalogue, own: frozenset[str]) -> list[dict[str, Any]]:
    """The first rows, then those of the reader's own wishes, which are marked `own` wherever they stand.

    A wish that is published by family only is marked at its family.
    """
    discreet = {a.code: family.code for family in catalogue.families if family.discreet for a in family.activities}
    mine = {discreet.get(code, code) for code in own}
    marked = [row | {"own": True} if row["code"] in mine else row for row in rows]
    return marked[:MOST_HERE] + [row for row in marked[MOST_HERE:] if "own" in row]


async def figures_of_process(
    database: Database, process: Process, catalogue: Catalogue, lang: str
) -> dict[str, Any]:
    """What leads in the whole process by the latest public release; `top` is empty while there is none."""
    release = await service.latest(database, process, "public")
    counts = await service.total_counts(database, process, release) if release else []
    return {
        "instant": release.made_at.astimezone(ZoneInfo(process.timezone)) if release else None,
        "top": ranked(counts, catalogue, lang)[:MOST],
    }


def ranked(counts: Iterable[Count], catalogue: Catalogue, lang: str) -> list[dict[str, Any]]:
    """What was asked for, most people first; `share` is of all who answered there (0 to 1).

    Activities, « autre chose », and in the place of activities that are published by family only, their family.
    """
    counts = list(counts)
    answered = max((count.persons for count in counts if count.level == "all"), default=0)
    words = _words(catalogue, lang)
    rows = [
        words[count.level, count.code] | {"persons": count.persons, "share": round(count.persons / answered, 4)}
        for count in counts
        if (count.level, count.code) in words
    ]
    return sorted(rows, key=lambda row: (-row["persons"], row["label"]))


def _words(catalogue: Catalogue, lang: str) -> dict[tuple[str, str], dict[str, Any]]:
    words = {("choice", "other"): _row("other", translate(lang, "Something else"), "lucide-pencil", None)}
    for family in catalogue.families:
        for activity in family.activities:
            words["activity", activity.code] = _row(activity.code, activity.label[lang], activity.icon, family.code)
        if family.discreet:
            words["family", family.code] = _row(family.code, family.label[lang], family.icon, family.code)
    return words


def _row(code: str, label: str, icon: str, family: str | None) -> dict[str, Any]:
    return {"code": code, "label": label, "icon": icon, "family": family}
