"""What the results page and its JSON show: one release, with the live number of people beside it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import msgspec

from devanture.activities.schemas import Catalogue
from devanture.aside.service import tallies
from devanture.aside.words import told
from devanture.exports.views import by_layer, export_links
from devanture.heatmap.rules import asked, published
from devanture.heatmap.schemas import EVERYONE, Ask
from devanture.opinions.rulebook import Rulebook
from devanture.places.views import place_views
from devanture.processes.service import process_view
from devanture.program import Program
from devanture.releases.figures import ranked
from devanture.releases.rules import missing
from devanture.releases.schemas import Count, Release
from devanture.releases.service import latest, place_counts, total_counts
from devanture.results.schemas import Results
from devanture.results.words import method
from devanture.web.i18n import translate

Context = dict[str, Any]
TOP = 3
"""Bars under each door of the ranking."""


@dataclass(frozen=True)
class Published:
    """A release with its counts: of the whole process, and of each place that is shown."""

    release: Release
    total: list[Count]
    places: dict[UUID, list[Count]]


async def results_context(running: Program, book: Rulebook, lang: str, code: str = "") -> Context:
    """The view model of `results/results.html`; with the code of an activity or family, places by who asked for it.

    Raises `unknown-activity`.
    """
    found = await _published(running, book)
    people = (await running.crowd(book.process)).total
    ask = asked(book.catalogue, code)
    shown = published(book.catalogue, ask, "public")
    ranking = _for(ask if shown else EVERYONE, await _ranking(running, book, found, lang))
    persons = {row["place"]["ref"]: row["persons"] or 0 for row in ranking}
    return {
        "process": process_view(book.process, lang, running.now()),
        "release": _headline(found.release, people, ranking, book) if found else None,
        "ranking": ranking,
        "asked": _asked(book.catalogue, ask, shown, lang) if ask != EVERYONE else None,
        "choices": _choices(book.catalogue, lang),
        "heat_svg": running.maps.heat(book, persons),
        "heat_key": running.maps.heat_key(persons),
        "activities": ranked(found.total, book.catalogue, lang) if found else [],
        "families": _families(found.total if found else [], book.catalogue, lang),
        "method": await _method(running, book, found, lang) if found else [],
        "exports": by_layer(export_links(book.process.slug, lang)) if found else [],
    }


async def _method(running: Program, book: Rulebook, found: Published, lang: str) -> list[str]:
    out = told(await tallies(running.database, book.process), lang)
    return method(found.release, found.total, _zoned(found.release, book), out, lang)


async def results_document(running: Program, book: Rulebook, lang: str, code: str) -> Results:
    """The same for programs; with the code of an activity or family, how many asked for it at each place."""
    found = await _published(running, book)
    ask = asked(book.catalogue, code)
    shown = published(book.catalogue, ask, "public")
    ranking = await _ranking(running, book, found, lang)
    document = {
        "participants": (await running.crowd(book.process)).total,
        "release": _document_of(found.release) if found else None,
        "asked": {"level": ask.level, "code": ask.code} if ask != EVERYONE else None,
        "activities": ranked(found.total, book.catalogue, lang) if found else [],
        "families": _families(found.total if found else [], book.catalogue, lang),
        "splits": {level: _split(found, level) for level in ("channel", "proof")},
        "places": [_row(row, (ask.level, ask.code) if shown else None) for row in ranking],
    }
    return msgspec.convert(document, Results)


async def _published(running: Program, book: Rulebook) -> Published | None:
    release = await latest(running.database, book.process, "public")
    if release is None:
        return None
    total = await total_counts(running.database, book.process, release)
    return Published(release, total, await place_counts(running.database, book.process, release))


async def _ranking(running: Program, book: Rulebook, found: Published | None, lang: str) -> list[Context]:
    """Every place, most people first; the order rests on the live number, which hides no choice."""
    counts = found.places if found else {}
    rows = []
    for place in await place_views(running, book, {}, lang):
        here = counts.get(book.places[place["ref"]].id, [])
        rows.append(
            {
                "place": place,
                "participants": place["participants"],
                "shown": bool(here),
                "missing": missing(place["participants"], shown=bool(here)),
                "top": ranked(here, book.catalogue, lang)[:TOP],
                "counts": {(count.level, count.code): count.persons for count in here},
            }
        )
    return sorted(rows, key=lambda row: -row["participants"])


def _for(ask: Ask, ranking: Iterable[Context]) -> list[Context]:
    """The rows with the released number of those who asked for this, most first; None where nothing is shown."""
    rows = [row | _here(row, ask) for row in ranking]
    if ask == EVERYONE:
        return sorted(rows, key=lambda row: -row["people"])
    return sorted(rows, key=lambda row: 1 if row["persons"] is None else -row["persons"])


def _here(row: Context, ask: Ask) -> Context:
    """`people` are those that the release counts here; live where it shows nothing, as the number still missing is."""
    counts = row["counts"]
    answered = counts.get(("all", ""))
    persons = counts.get(tuple(ask), 0) if row["shown"] else None
    return {"persons": persons, "answered": answered, "people": answered if row["shown"] else row["participants"]}


def _asked(catalogue: Catalogue, ask: Ask, told: bool, lang: str) -> Context:
    """What the page is about; `told` is false for what is published by family only."""
    if ask.code == "other":
        return {"code": ask.code, "label": translate(lang, "Something else"), "told": told}
    named = {family.code: family.label for family in catalogue.families}
    named |= {code: activity.label for code, activity in catalogue.by_code().items()} if ask.level == "activity" else {}
    return {"code": ask.code, "label": named[ask.code][lang], "told": told}


def _choices(catalogue: Catalogue, lang: str) -> list[Context]:
    """What can be asked for: each family, and its activities unless they are published together only."""
    return [
        {
            "code": family.code,
            "label": family.label[lang],
            "activities": [
                {"code": activity.code, "label": activity.label[lang]}
                for activity in (() if family.discreet else family.activities)
            ],
        }
        for family in catalogue.families
    ]


def _row(row: Context, asked_for: tuple[str, str] | None) -> Context:
    """One place for programs; `persons` is null where the place or the figure is not published."""
    counts = row["counts"]
    return {
        **{name: row["place"][name] for name in ("ref", "title", "lon", "lat", "url")},
        **{name: row[name] for name in ("participants", "shown", "missing", "top")},
        "answered": counts.get(("all", "")),
        "persons": counts.get(asked_for, 0) if asked_for and row["shown"] else None,
    }


def _families(counts: Iterable[Count], catalogue: Catalogue, lang: str) -> list[Context]:
    persons = {count.code: count.persons for count in counts if count.level == "family"}
    return [
        {"code": family.code, "label": family.label[lang], "icon": family.icon, "persons": persons.get(family.code, 0)}
        for family in catalogue.families
    ]


def _split(found: Published | None, level: str) -> dict[str, int] | None:
    parts = {count.code: count.persons for count in found.total if count.level == level} if found else {}
    return parts or None


def _headline(release: Release, people: int, ranking: list[Context], book: Rulebook) -> Context:
    """The figures of one instant; `people` are live, and told only while the release counts nobody."""
    shown = sum(row["shown"] for row in ranking)
    places = {"places_shown": shown, "places": len(ranking)}
    return _document_of(release) | places | {"people": people, "instant": _zoned(release, book)}


def _document_of(release: Release) -> Context:
    names = ("id", "number", "scope", "participants", "opinions", "wishes", "late", "places_shown", "places_hidden")
    return {name: getattr(release, name) for name in names} | {"instant": release.made_at}


def _zoned(release: Release, book: Rulebook) -> datetime:
    return release.made_at.astimezone(ZoneInfo(book.process.timezone))
