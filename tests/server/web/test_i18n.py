"""Words, numbers and days in both languages; and that no screen is left half translated."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from jinja2 import Environment

from devanture.errors import PROBLEMS
from devanture.follows.mails import CONFIRMATION
from devanture.follows.rules import STEPS
from devanture.places.rules import STANCES
from devanture.residence.rules import AGES, TIES
from devanture.results.words import CHANNELS, PROOFS
from devanture.web import i18n

ROOT = Path(i18n.__file__).parents[1]
METHODS = [("**/templates/**.html", "jinja2"), ("**.py", "python")]
KEYWORDS = {"_": None, "gettext": None, "ngettext": (1, 2), "translate": (2,), "ntranslate": (2, 3), "_split": (3,)}
HIGH_PUNCTUATION = re.compile(r"(?<![\u202f\u00a0?!])[;:!?](?!//)|[^\u202f\u00a0]»|«[^\u202f\u00a0]")


def messages_in_use() -> Iterator[str]:
    """Every message id that templates and code name, and those that tables hold."""
    for _file, _line, message, _comments, _context in extract_from_dir(str(ROOT), METHODS, keywords=KEYWORDS):
        yield message if isinstance(message, str) else message[0]
    for kind in PROBLEMS.values():
        yield from (kind.title, kind.detail)
    for table in (STANCES, CHANNELS, PROOFS, TIES, AGES, STEPS):
        yield from table.values()
    yield CONFIRMATION


def french() -> dict[str, tuple[str, ...]]:
    with (i18n.LOCALES / "fr" / "LC_MESSAGES" / "devanture.po").open("rb") as source:
        catalogue = read_po(source, locale="fr", abort_invalid=True)
    found = {}
    for message in catalogue:
        if message.id and not message.fuzzy:
            key = message.id if isinstance(message.id, str) else message.id[0]
            found[key] = (message.string,) if isinstance(message.string, str) else tuple(message.string or ())
    return found


def test_every_message_in_use_is_said_in_french() -> None:
    known = french()
    missing = sorted({message for message in messages_in_use() if not all(known.get(message, ("",)))})
    assert missing == []


def test_the_search_for_messages_finds_those_of_templates_code_and_tables() -> None:
    found = set(messages_in_use())
    assert {"Send my wish", "between %(left)s and %(right)s", "Unknown place", "%(num)s person"} <= found


def wrongly_set(text: str) -> bool:
    plain = re.sub(r"%\(\w+\)s", "x", text)
    return "'" in plain or "..." in plain or HIGH_PUNCTUATION.search(plain) is not None


def test_french_typography_is_true() -> None:
    assert [text for texts in french().values() for text in texts if wrongly_set(text)] == []


@pytest.mark.parametrize("text", ["l'heure", "Merci !", "Ici: 12", "« mot »", "attendez..."])
def test_careless_typography_is_noticed(text: str) -> None:
    assert wrongly_set(text)


def holes(text: str) -> set[str]:
    return set(re.findall(r"%\((\w+)\)s", text)) - {"num"}


def test_a_translation_fills_the_same_holes_as_its_source() -> None:
    assert [text for key, texts in french().items() for text in texts if holes(text) != holes(key)] == []


@pytest.mark.parametrize("lang", i18n.LANGUAGES)
def test_each_catalogue_compiles_as_pybabel_does(lang: str, tmp_path: Path) -> None:
    with (i18n.LOCALES / lang / "LC_MESSAGES" / "devanture.po").open("rb") as source:
        catalogue = read_po(source, locale=lang, abort_invalid=True)
    with (tmp_path / "devanture.mo").open("wb") as compiled:
        write_mo(compiled, catalogue)
    assert (tmp_path / "devanture.mo").stat().st_size > 0


def test_a_message_is_said_in_the_language_asked_for_and_in_french_by_default() -> None:
    assert i18n.translate("fr", "Send my wish") == "Envoyer mon souhait"
    assert i18n.translate("en", "Send my wish") == "Send my wish"
    assert i18n.translate("xx", "Send my wish") == "Envoyer mon souhait"


def test_none_is_singular_in_french_and_plural_in_english() -> None:
    one, many = "%(num)s person answered here", "%(num)s people answered here"
    assert i18n.ntranslate("fr", one, many, 0) == "0\u00a0personne a répondu ici"
    assert i18n.ntranslate("en", one, many, 0) == "0 people answered here"
    assert i18n.ntranslate("fr", one, many, 1200) == "1\u202f200\u00a0personnes ont répondu ici"


@pytest.mark.parametrize(
    ("lang", "value", "written"),
    [("fr", 3012, "3\u202f012"), ("fr", 1234.5, "1\u202f234,5"), ("en", 3012, "3,012"), ("fr", 7, "7")],
)
def test_numbers_are_grouped_as_the_language_does(lang: str, value: float, written: str) -> None:
    assert i18n.number(lang, value) == written


@pytest.mark.parametrize(
    ("lang", "value", "written"),
    [
        ("fr", date(2026, 5, 15), "15\u00a0mai 2026"),
        ("fr", date(2026, 5, 1), "1er\u00a0mai 2026"),
        ("fr", date(2026, 5, 21), "21\u00a0mai 2026"),
        ("fr", "2026-08-01", "1er\u00a0août 2026"),
        ("en", date(2026, 5, 1), "1\u00a0May 2026"),
    ],
)
def test_days_are_written_in_full(lang: str, value: date | str, written: str) -> None:
    assert i18n.day(lang, value) == written


def test_a_day_inside_a_sentence_leaves_this_year_out_and_no_other() -> None:
    today = date(2026, 11, 23)
    assert i18n.short_day("fr", datetime(2026, 3, 1, tzinfo=UTC), today) == "1er\u00a0mars"
    assert i18n.short_day("fr", "2027-06-21", today) == "21\u00a0juin 2027"


def test_an_instant_shows_its_hour() -> None:
    moment = datetime(2026, 3, 12, 18, 5, tzinfo=UTC)
    assert i18n.instant("fr", moment) == "12\u00a0mars 2026, 18\u202fh\u202f05"
    assert i18n.instant("en", moment) == "12\u00a0March 2026, 18:05"


@pytest.mark.parametrize(
    ("lang", "value", "written"),
    [
        ("fr", 149.6, "150\u202fm"),
        ("fr", 999.4, "999\u202fm"),
        ("fr", 999.6, "1\u202fkm"),
        ("fr", 1240, "1,2\u202fkm"),
        ("en", 1240, "1.2\u00a0km"),
    ],
)
def test_distances_change_unit_at_a_kilometre(lang: str, value: float, written: str) -> None:
    assert i18n.metres(lang, value) == written


def test_templates_speak_the_language_of_their_context_and_escape_what_they_are_given() -> None:
    environment = Environment(autoescape=True)
    i18n.install(environment)
    template = environment.from_string(
        '{{ _("Your wish: %(wish)s", wish=wish) }} {{ 1500|number }} {{ 40|metres }} '
        '{{ ngettext("%(num)s place", "%(num)s places", 2) }}'
    )
    assert template.render(lang="en", wish="<b>") == "Your wish: &lt;b&gt; 1,500 40\u00a0m 2 places"
    said = template.render(lang="fr", wish="pain")
    assert said == "Votre souhait\u202f: pain 1\u202f500 40\u202fm 2\u00a0locaux"
