"""The committed catalogue: complete in both languages, without twins, every code accounted for."""

import csv
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from geodata.catalogue import CATALOGUE, activity_of_tag, load, tables
from geodata.catalogue.icons import ICONS
from geodata.french import order

CODE = re.compile(r"[a-z][a-z0-9-]{1,39}")
PARIS = Path(__file__).parents[4] / "shared" / "data" / "paris" / "nomenclature_bdcom.csv"
BELIEF_OR_HEALTH = {"medical-supplies", "religious-goods"}
"""Not the practices, pharmacies and opticians that everyone needs: wishing for them says nothing of one's health."""


@pytest.fixture(scope="module")
def catalogue() -> dict[str, Any]:
    return load()


@pytest.fixture(scope="module")
def activities(catalogue: dict[str, Any]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = catalogue["activities"]
    return found


def of_kind(catalogue: dict[str, Any], kind: str) -> list[dict[str, Any]]:
    families = {family["code"] for family in catalogue["families"] if family["kind"] == kind}
    return [activity for activity in catalogue["activities"] if activity["family"] in families]


def test_codes_are_unique_over_families_and_activities(catalogue: dict[str, Any]) -> None:
    codes = [item["code"] for item in [*catalogue["families"], *catalogue["activities"]]]
    assert [code for code, times in Counter(codes).items() if times > 1] == []
    assert [code for code in codes if not CODE.fullmatch(code)] == []


def test_premises_have_nine_families_of_shops_and_one_of_other_things(catalogue: dict[str, Any]) -> None:
    families = [family for family in catalogue["families"] if family["kind"] == "premises"]
    assert sum(family["shop"] for family in families) == 9
    assert [family["fr"] for family in families if not family["shop"]] == ["Pas un commerce"]
    assert 60 <= len(of_kind(catalogue, "premises")) <= 110


def test_every_family_has_activities_to_choose_from(catalogue: dict[str, Any]) -> None:
    held = Counter(activity["family"] for activity in catalogue["activities"])
    assert set(held) == {family["code"] for family in catalogue["families"]}
    assert min(held.values()) >= 2


def test_everything_is_named_in_french_and_english(catalogue: dict[str, Any]) -> None:
    for item in [*catalogue["families"], *catalogue["activities"]]:
        assert item["fr"].strip() and item["en"].strip(), item["code"]
    for activity in catalogue["activities"]:
        assert activity["one"]["fr"] and activity["one"]["en"], activity["code"]
        assert activity["synonyms"]["fr"] and activity["synonyms"]["en"] is not None, activity["code"]


def test_the_french_of_one_begins_with_its_article(catalogue: dict[str, Any]) -> None:
    for activity in of_kind(catalogue, "premises"):
        assert re.match(r"(un|une) \w|l’\w", activity["one"]["fr"]), activity["one"]["fr"]
    for use in of_kind(catalogue, "site"):
        assert re.match(r"(un|une|des|le|la) \w|l’\w", use["one"]["fr"]), use["one"]["fr"]


@pytest.mark.parametrize(
    ("code", "one"),
    [
        ("fishmonger", "une poissonnerie"),
        ("clothes", "un magasin de vêtements"),
        ("alterations", "un atelier de retouches"),
        ("estate-agent", "une agence immobilière"),
        ("driving-school", "une auto-école"),
        ("canteen", "une cantine de quartier"),
        ("leave-as-is", "le lieu tel quel"),
    ],
)
def test_the_article_is_the_right_one(activities: list[dict[str, Any]], code: str, one: str) -> None:
    assert next(a for a in activities if a["code"] == code)["one"]["fr"] == one


def test_the_gender_of_french_words_does_not_waver(activities: list[dict[str, Any]]) -> None:
    """A word such as « magasin » may not be masculine here and feminine there; -erie is always feminine."""
    genders: dict[str, set[str]] = {}
    for activity in activities:
        article, _, rest = activity["one"]["fr"].partition(" ")
        if article in ("un", "une"):
            genders.setdefault(rest.split()[0], set()).add(article)
    assert {word: articles for word, articles in genders.items() if len(articles) > 1} == {}
    assert {word for word, articles in genders.items() if word.endswith("erie") and articles != {"une"}} == set()


def test_the_english_of_one_has_a_or_an_before_the_right_sound(activities: list[dict[str, Any]]) -> None:
    for activity in activities:
        article, _, rest = activity["one"]["en"].partition(" ")
        if article in ("a", "an"):
            vowel = rest[0].lower() in "aeiou" and not rest.lower().startswith(("uni", "use", "one"))
            assert (article == "an") == vowel, activity["one"]["en"]


def test_french_words_are_set_with_true_typography(activities: list[dict[str, Any]]) -> None:
    for activity in activities:
        for text in [activity["fr"], activity["one"]["fr"], *activity["synonyms"]["fr"]]:
            assert "'" not in text and '"' not in text, text


def test_activities_stand_in_french_order_inside_their_family(catalogue: dict[str, Any]) -> None:
    ranks = [family["code"] for family in catalogue["families"]]
    keys = [(ranks.index(a["family"]), order(a["fr"])) for a in catalogue["activities"]]
    assert keys == sorted(keys)


@pytest.mark.parametrize("language", ["fr", "en"])
def test_labels_of_a_family_differ_by_more_than_accents(catalogue: dict[str, Any], language: str) -> None:
    labels = Counter((a["family"], order(a[language])[0]) for a in catalogue["activities"])
    assert [label for label, times in labels.items() if times > 1] == []


def test_accents_and_ligatures_sort_as_in_a_french_dictionary() -> None:
    words = ["Zoo", "Œuvre d’art", "Épicerie", "Eau", "oasis", "Épicerie fine", "Ouate"]
    assert sorted(words, key=order) == ["Eau", "Épicerie", "Épicerie fine", "oasis", "Œuvre d’art", "Ouate", "Zoo"]


@pytest.mark.parametrize(
    ("word", "code"),
    [
        ("pain", "bakery"),
        ("vélo", "bicycles"),
        ("cordonnier", "cobbler"),
        ("poisson", "fishmonger"),
        ("livres", "bookshop"),
    ],
)
def test_what_people_type_leads_to_an_activity(activities: list[dict[str, Any]], word: str, code: str) -> None:
    assert word in next(a for a in activities if a["code"] == code)["synonyms"]["fr"]


def test_synonyms_hold_neither_twins_nor_the_label_itself(activities: list[dict[str, Any]]) -> None:
    for activity in activities:
        for language in ("fr", "en"):
            words = [word.casefold() for word in activity["synonyms"][language]]
            assert len(words) == len(set(words)), activity["code"]
            assert activity[language].casefold() not in words, activity["code"]


def test_every_icon_is_a_file_that_takes_the_colour_of_the_text(catalogue: dict[str, Any]) -> None:
    for item in [*catalogue["families"], *catalogue["activities"]]:
        drawing = (ICONS / f"{item['icon']}.svg").read_text(encoding="utf-8")
        assert "currentColor" in drawing and "viewBox=" in drawing, item["icon"]
        assert "<script" not in drawing and " id=" not in drawing, item["icon"]


def test_no_icon_is_left_that_nothing_uses(catalogue: dict[str, Any]) -> None:
    used = {item["icon"] for item in [*catalogue["families"], *catalogue["activities"]]}
    shops = {path.stem for path in ICONS.glob("*.svg") if path.stem.startswith(("maki-", "temaki-"))}
    assert shops == {name for name in used if not name.startswith("lucide-")}


def test_an_osm_tag_belongs_to_one_activity_only(activities: list[dict[str, Any]]) -> None:
    tags = Counter(tag for activity in activities for tag in activity["osm"])
    assert [tag for tag, times in tags.items() if times > 1] == []
    assert [tag for tag in tags if not re.fullmatch(r"[a-z_:]+=[a-z_-]+", tag)] == []


def test_a_bench_is_no_shop(catalogue: dict[str, Any]) -> None:
    by_tag = activity_of_tag(catalogue)
    assert by_tag["shop=seafood"] == by_tag["shop=fishmonger"] == "fishmonger"
    assert "amenity=bench" not in by_tag


def test_naf_codes_have_the_form_of_the_version_that_is_named(catalogue: dict[str, Any]) -> None:
    assert catalogue["naf_version"] == "NAF rév. 2"
    for activity in of_kind(catalogue, "premises"):
        assert activity["naf"], activity["code"]
        assert all(re.fullmatch(r"\d\d\.\d\d[A-Z]", code) for code in activity["naf"]), activity["code"]


def test_what_hints_at_belief_or_health_is_sensitive(activities: list[dict[str, Any]]) -> None:
    assert {activity["code"] for activity in activities if activity["sensitive"]} == BELIEF_OR_HEALTH


def test_sensitive_activities_keep_to_a_family_of_their_own(activities: list[dict[str, Any]]) -> None:
    families = {activity["family"] for activity in activities if activity["sensitive"]}
    assert all(activity["sensitive"] for activity in activities if activity["family"] in families)


def test_each_of_the_220_bdcom_codes_has_an_activity_or_a_reason(activities: list[dict[str, Any]]) -> None:
    rows = tables.read("bdcom.csv", tables.bdcom_code)
    assert len({row.code for row in rows}) == 220
    mapped = {code: activity["code"] for activity in activities for code in activity["bdcom"]}
    assert mapped == {row.code: row.activity for row in rows if row.activity}
    assert all(len(row.left_out) > 20 for row in rows if not row.activity)


@pytest.mark.skipif(not PARIS.exists(), reason="BDCom's nomenclature is not beside this checkout")
def test_the_bdcom_codes_are_those_that_the_city_publishes() -> None:
    with PARIS.open(encoding="utf-8-sig", newline="") as sheet:
        published = {row["codact"] for row in csv.DictReader(sheet)} - {"NA"}
    assert {row.code for row in tables.read("bdcom.csv", tables.bdcom_code)} == published


def test_sources_are_credited(catalogue: dict[str, Any]) -> None:
    assert {source["name"] for source in catalogue["sources"]} == {"id-tagging-schema", "BDCom"}
    assert all(source["licence"] and source["attribution"] for source in catalogue["sources"])
    assert CATALOGUE.stat().st_size < 200_000


def test_the_committed_catalogue_says_what_the_tables_say(catalogue: dict[str, Any]) -> None:
    """Whoever edits a table runs the builder; words of the schema stand behind ours."""
    built = {activity["code"]: activity for activity in catalogue["activities"]}
    for row in tables.read("activities.csv", tables.activity):
        made = built.pop(row.code)
        assert (made["family"], made["icon"], made["sensitive"], made["naf"]) == (
            row.family,
            row.icon,
            row.sensitive,
            row.naf,
        )
        assert ({k: made[k] for k in ("fr", "en")}, made["one"]) == (row.label, row.one)
        assert set(row.osm) <= set(made["osm"])
        for language in ("fr", "en"):
            ours = [w for w in row.synonyms[language] if w.casefold() != row.label[language].casefold()]
            assert list(dict.fromkeys(ours)) == made["synonyms"][language][: len(set(ours))], row.code
    assert built == {}
    families = [(f.code, f.kind, f.shop, f.fr, f.en, f.icon) for f in tables.read("families.csv", tables.family)]
    assert families == [tuple(family.values()) for family in catalogue["families"]]
