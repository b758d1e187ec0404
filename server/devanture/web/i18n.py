"""Words, numbers and days in the reader's language.

The catalogues are the .po files of ``locales/``: they are read once, at first use, so that no compiled
twin can fall out of step with what a translator wrote. English is the source language; a test holds French
complete.
"""

from collections.abc import Callable
from datetime import UTC, date, datetime
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

from babel.dates import format_date
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal
from babel.support import Translations
from jinja2 import Environment, pass_context
from jinja2.runtime import Context

LOCALES = Path(__file__).resolve().parent.parent / "locales"
LANGUAGES = ("fr", "en")
DEFAULT = "fr"
NARROW = "\u202f"
"""The narrow no-break space of French typography: inside numbers, before units and high punctuation."""


@cache
def translations(lang: str) -> Translations:
    """The catalogue of a language; an unknown language answers in French, the product's first one."""
    known = lang if lang in LANGUAGES else DEFAULT
    with (LOCALES / known / "LC_MESSAGES" / "devanture.po").open("rb") as source:
        catalogue = read_po(source, locale=known, domain="devanture", abort_invalid=True)
    compiled = BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return Translations(compiled, domain="devanture")


def translate(lang: str, message: str, **values: object) -> str:
    """The message in a language, with ``%(name)s`` filled from ``values``: for code, outside templates."""
    text = translations(lang).gettext(message)
    return text % values if values else text


def ntranslate(lang: str, one: str, many: str, n: int, **values: object) -> str:
    """The form of the message that suits ``n``; ``%(num)s`` is ``n`` as this language writes numbers."""
    return translations(lang).ngettext(one, many, n) % {"num": number(lang, n), **values}


def number(lang: str, value: float) -> str:
    """« 1 234,5 » with narrow no-break spaces in French, "1,234.5" in English."""
    return format_decimal(value, locale=lang)


def day(lang: str, value: date | datetime | str) -> str:
    """« 1er mai 2026 », "1 May 2026". Instants must already stand in the process's zone; text is ISO 8601."""
    return _written(lang, value, "d MMMM y")


def short_day(lang: str, value: date | datetime | str, today: date | None = None) -> str:
    """« 15 mai », "15 May": inside a sentence; with its year where that is another than `today`'s (now)."""
    year = (today or datetime.now(UTC)).year
    return _written(lang, value, "d MMMM" if _moment(value).year == year else "d MMMM y")


def _written(lang: str, value: date | datetime | str, pattern: str) -> str:
    moment = _moment(value)
    text = format_date(moment, pattern, locale=lang).replace(" ", "\u00a0", 1)
    first = lang == "fr" and moment.day == 1
    return text.replace("1\u00a0", "1er\u00a0", 1) if first else text


def _moment(value: date | datetime | str) -> date | datetime:
    return datetime.fromisoformat(value) if isinstance(value, str) else value


def instant(lang: str, value: datetime | str) -> str:
    """« 12 mars 2026, 18 h 05 », "12 March 2026, 18:05": an instant, in the zone it stands in."""
    moment = datetime.fromisoformat(value) if isinstance(value, str) else value
    clock = f"{moment.hour}{NARROW}h{NARROW}{moment:%M}" if lang == "fr" else f"{moment:%H:%M}"
    return f"{day(lang, moment)}, {clock}"


def metres(lang: str, value: float) -> str:
    """« 150 m », « 1,2 km »: whole metres below a kilometre, one decimal above."""
    space = NARROW if lang == "fr" else "\u00a0"
    if round(value) < 1000:
        return f"{round(value)}{space}m"
    return f"{number(lang, round(value / 1000, 1))}{space}km"


def install(environment: Environment) -> None:
    """Give the templates ``_``, ``ngettext`` and the filters; each reads ``lang`` from the context.

    ``%(num)s`` of ``ngettext`` is already written in the reader's way.
    """
    environment.globals.update({"_": _gettext, "gettext": _gettext, "ngettext": _ngettext})
    for write in (number, day, short_day, instant, metres):
        environment.filters[write.__name__] = _in_language(write)


@pass_context
def _gettext(context: Context, message: str, **values: object) -> str:
    return translate(context["lang"], message, **values)


@pass_context
def _ngettext(context: Context, one: str, many: str, num: int, **values: object) -> str:
    return ntranslate(context["lang"], one, many, num, **values)


def _in_language(write: Callable[[str, Any], str]) -> Any:
    @pass_context
    def filtered(context: Context, value: Any) -> str:
        return write(context["lang"], value)

    return filtered
