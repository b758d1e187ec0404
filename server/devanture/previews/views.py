"""What a preview says: the same words and the same public figures as the pages."""

from typing import Any

from devanture.opinions.crowds import participants_at
from devanture.opinions.rulebook import Rulebook
from devanture.organisations.rules import theme
from devanture.places.rules import hint, title
from devanture.places.schemas import Place
from devanture.previews.schemas import Bar, Cloth, Preview
from devanture.processes.schemas import Process
from devanture.program import Program
from devanture.releases.figures import figures_of_place, figures_of_process
from devanture.web.i18n import ntranslate, number, short_day, translate

MOST = 3
"""Wishes on a preview: what is read in a glance."""
_BADGES = {"vacant": "Vacant premises", "open": "Vacant premises", "works": "Works", "occupied": "Occupied"}


async def place_preview(running: Program, book: Rulebook, place: Place, lang: str) -> Preview:
    """One place: its name, its neighbours, its question, and its first wishes once they are public."""
    known, site = book.catalogue.by_code(), place.kind == "site"
    people = await participants_at(running.database, book.process, place.id)
    figures = await figures_of_place(running.database, book.process, place.id, people, book.catalogue, lang)
    question = "What would you like to do here?" if site else "What would you like to find here?"
    here = ntranslate(lang, "%(num)s person answered here", "%(num)s people answered here", people)
    return Preview(
        town=book.process.organisation,
        name=book.process.name[lang],
        title=title(place, lang),
        hint=hint(place, known, lang),
        question=translate(lang, question),
        people=here if people else translate(lang, "Be the first person to answer.").rstrip("."),
        sign=place.number or "",
        poster=translate(lang, "WHAT IF…"),
        cloth=_cloth(book.process),
        badge=translate(lang, "To imagine" if site else _BADGES[place.state]) if place.kind != "spot" else "",
        vacant=place.state in ("vacant", "open") and not site,
        site=site,
        **_wishes(figures, translate(lang, "Wished for here"), lang),
    )


async def process_preview(running: Program, book: Rulebook, lang: str) -> Preview:
    """The whole consultation: how many doors, how many people, and what leads once it is public."""
    people = (await running.crowd(book.process)).total
    figures = await figures_of_process(running.database, book.process, book.catalogue, lang)
    answered = ntranslate(lang, "%(num)s person has answered.", "%(num)s people have answered.", people)
    return Preview(
        town=book.process.organisation,
        name="",
        title=book.process.name[lang],
        hint=_places(book, lang),
        question=translate(lang, "What should open behind this shutter?"),
        people=(answered if people else translate(lang, "Be the first person to answer.")).rstrip("."),
        sign="?",
        poster=translate(lang, "WHAT IF…"),
        cloth=_cloth(book.process),
        **_wishes(figures, translate(lang, "Wished for most"), lang),
    )


def _cloth(process: Process) -> Cloth:
    """The town's two colours where it has them, mended as on its pages; else the program's own."""
    if not process.colours:
        return Cloth()
    tokens = theme(process.colours, "light")
    return Cloth(tokens["awning"], tokens["on-awning"], tokens["awning-other"], tokens["green"], tokens["green-pale"])


def _places(book: Rulebook, lang: str) -> str:
    vacant = sum(place.kind == "premises" and place.state == "vacant" for place in book.places.values())
    sites = sum(place.kind == "site" for place in book.places.values())
    parts = [ntranslate(lang, "%(num)s vacant shopfront", "%(num)s vacant shopfronts", vacant)] if vacant else []
    parts += [ntranslate(lang, "%(num)s place to imagine", "%(num)s places to imagine", sites)] if sites else []
    return ", ".join(parts)


def _wishes(figures: dict[str, Any], heading: str, lang: str) -> dict[str, Any]:
    top = figures["top"][:MOST]
    if not top:
        return {}
    note = translate(lang, "as of %(day)s", day=short_day(lang, figures["instant"]))
    return {
        "heading": heading,
        "bars": tuple(Bar(row["label"], row["persons"], number(lang, row["persons"])) for row in top),
        "note": f"{note} · {translate(lang, 'this is not a survey')}",
    }

