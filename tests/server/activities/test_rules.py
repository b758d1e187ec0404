"""The order in which choices are offered."""

from collections import Counter

from devanture.activities.rules import alphabetical, drawn_order, family_view, fold
from devanture.activities.schemas import Activity, Catalogue, Family


def activity(code: str, french: str) -> Activity:
    words = {"fr": french, "en": code}
    return Activity(code, "food", words, words, "i", {"fr": ["pain"], "en": []}, False)


def family(code: str, shop: bool = True, kind: str = "premises") -> Family:
    words = {"fr": code, "en": code}
    return Family(code, kind, words, "i", shop, (activity("b", "Épicerie"), activity("a", "Boucherie")))


FAMILIES = [family("other", shop=False), family("one"), family("two"), family("three")]


def test_every_family_is_first_as_often_as_the_others() -> None:
    firsts = Counter(drawn_order(FAMILIES, f"voter {n}")[0].code for n in range(3000))
    assert firsts.keys() == {"one", "two", "three"}
    assert min(firsts.values()) > 900


def test_a_voter_meets_the_same_order_again_and_what_is_no_shop_comes_last() -> None:
    assert drawn_order(FAMILIES, "v") == drawn_order(FAMILIES, "v")
    assert drawn_order(FAMILIES, "v")[-1].code == "other"


def test_inside_a_family_the_order_is_alphabetical_without_accents() -> None:
    codes = [activity("z", "Zoo"), activity("e", "Épicerie"), activity("f", "fleuriste"), activity("d", "Droguerie")]
    assert [one.code for one in alphabetical(codes, "fr")] == ["d", "e", "f", "z"]
    assert fold("Épicerie Œuvre ÇA") == "epicerie œuvre ca"


def test_a_family_is_shown_in_one_language() -> None:
    view = family_view(family("food"), "fr")
    assert [(one["label"], one["synonyms"]) for one in view["activities"]] == [
        ("Boucherie", ["pain"]),
        ("Épicerie", ["pain"]),
    ]


def test_each_kind_of_place_has_its_own_codes() -> None:
    catalogue = Catalogue((family("food"), family("green", kind="site")))
    assert [one.code for one in catalogue.of("site")] == ["green"]
    assert catalogue.codes("premises") == {"a", "b"}
    assert catalogue.codes("spot") == frozenset()
    assert catalogue.activity("nothing") is None
