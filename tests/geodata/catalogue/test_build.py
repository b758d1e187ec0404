"""The builder on a schema of three presets: what it refuses, and what it makes of words and drawings."""

import json
from pathlib import Path
from typing import Any

import pytest

from geodata.catalogue import build, tables
from geodata.catalogue.icons import copy_icons, plain
from geodata.catalogue.presets import Presets
from geodata.catalogue.tables import Activity, BdcomCode, Family
from geodata.errors import GeodataError

PRESETS: dict[str, Any] = {
    "shop/seafood": {"tags": {"shop": "seafood"}},
    "shop/bakery": {"tags": {"shop": "bakery"}},
    "shop/bakery/organic": {"tags": {"shop": "bakery", "organic": "only"}},
}
WORDS = {
    "fr": {"shop/seafood": {"name": "Poissonnerie / Vente d'huîtres", "terms": "magasin,Fruits de mer,poisson"}},
    "en": {"shop/seafood": {"name": "Seafood Shop (fresh)", "aliases": "Fishmonger\nFish Bar", "terms": ""}},
}
DEPRECATED = [
    {"old": {"shop": "fish"}, "replace": {"shop": "seafood"}},
    {"old": {"shop": "fish", "fish": "frozen"}, "replace": {"shop": "frozen_food"}},
    {"old": {"highway": "abandoned"}},
]
FAMILY = Family("food", "premises", True, "Manger", "Food", "maki-grocery")


def activity(code: str = "fishmonger", **changes: Any) -> Activity:
    given: dict[str, Any] = {
        "code": code,
        "family": "food",
        "label": {"fr": "Poissonnerie", "en": "Fishmonger"},
        "one": {"fr": "une poissonnerie", "en": "a fishmonger"},
        "synonyms": {"fr": ["poisson", "PMU"], "en": ["oysters"]},
        "icon": "temaki-fish_cleaning",
        "sensitive": False,
        "presets": ["shop/seafood"],
        "osm": [],
        "naf": ["47.23Z"],
    }
    return Activity(**(given | changes))


@pytest.fixture
def presets(tmp_path: Path) -> Presets:
    (tmp_path / "dist" / "translations").mkdir(parents=True)
    files = {"presets.json": PRESETS, "deprecated.json": DEPRECATED}
    translations = {f"translations/{k}.json": {k: {"presets": {"presets": v}}} for k, v in WORDS.items()}
    for name, content in {**files, **translations}.items():
        (tmp_path / "dist" / name).write_text(json.dumps(content), encoding="utf-8")
    return Presets(tmp_path)


def test_words_of_the_schema_follow_ours_without_twins_or_vague_ones(presets: Presets) -> None:
    assert presets.synonyms(activity(), "fr") == ["poisson", "PMU", "vente d’huîtres", "fruits de mer"]
    assert presets.synonyms(activity(), "en") == ["oysters", "seafood shop", "fish bar"]


def test_a_tag_brings_its_deprecated_spelling(presets: Presets) -> None:
    assert presets.tags(activity(osm=["shop=oysters"])) == ["shop=fish", "shop=oysters", "shop=seafood"]


@pytest.mark.parametrize("preset", ["shop/gone", "shop/bakery/organic"])
def test_a_preset_that_is_gone_or_needs_two_tags_is_named(presets: Presets, preset: str) -> None:
    with pytest.raises(GeodataError, match=f"fishmonger: the preset {preset} has"):
        presets.tags(activity(presets=[preset]))


def test_a_tag_under_two_activities_is_refused() -> None:
    entries = [{"code": "a", "osm": ["shop=seafood"]}, {"code": "b", "osm": ["shop=seafood"]}]
    with pytest.raises(GeodataError, match="shop=seafood is in both a and b"):
        build.check_tags(entries)


@pytest.mark.parametrize(
    ("activities", "bdcom", "why"),
    [
        ([activity("food")], [], "food is a family too"),
        ([activity(family="fish")], [], "fishmonger: unknown family fish"),
        ([activity()], [BdcomCode("CA110", "fish", "")], "CA110: give one known activity"),
        ([activity()], [BdcomCode("CA110", "fishmonger", "no")], "CA110: give one known activity"),
        ([activity()], [BdcomCode("CA110", "", "")], "CA110: give one known activity"),
    ],
)
def test_codes_that_do_not_fit_are_refused(activities: list[Activity], bdcom: list[BdcomCode], why: str) -> None:
    with pytest.raises(GeodataError, match=why):
        build.check_codes([FAMILY], activities, bdcom)


@pytest.mark.parametrize(
    ("rows", "why"),
    [
        ("A;x;\nA;y;\n", "line 3: A comes twice"),
        ("A;x\n", "line 2: wrong number"),
        ("A;x;;y\n", "line 2: wrong number"),
    ],
)
def test_a_bad_row_is_named_with_its_line(tmp_path: Path, rows: str, why: str) -> None:
    (tmp_path / "bdcom.csv").write_text("code;activity;left_out\n" + rows, encoding="utf-8")
    with pytest.raises(GeodataError, match=why):
        tables.read("bdcom.csv", tables.bdcom_code, tmp_path)


def test_a_drawing_loses_its_size_and_names_and_takes_the_colour_of_the_text() -> None:
    head = '<?xml version="1.0"?>\n<svg xmlns="x" width="15" viewBox="0 0 15 15" id="a">\n'
    drawing = f'{head} <path id="b" fill="#000" d="M0 0"/>\n</svg>'
    assert plain(drawing) == (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 15 15" fill="currentColor"><path d="M0 0"/></svg>\n'
    )


def test_strokes_stay_strokes() -> None:
    drawing = (
        '<!-- licence -->\n<svg class="l" viewBox="0 0 24 24" fill="none" stroke="currentColor"><path d="M5 5"/></svg>'
    )
    assert plain(drawing).startswith(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" fill="none" stroke="currentColor">'
    )


def test_an_icon_that_is_in_no_set_is_named(tmp_path: Path) -> None:
    with pytest.raises(GeodataError, match="there is no icon fas-fish"):
        copy_icons({"fas-fish"}, {}, tmp_path)
