"""Whatever two colours a town chooses, every word on the screen can be read, and forced colours stay as they are."""

import re
from itertools import product

import pytest

from devanture.organisations.rules import (
    ENHANCED,
    GROUNDS,
    TEXT,
    contrast,
    luminance,
    mended,
    on,
    screen_colours,
    theme,
    theme_css,
)
from tests.conftest import ROOT

UGLY = ["#ffff00", "#ffffff", "#000000", "#39ff14", "#ff00ff", "#808080", "#7f7f7f", "#00ffff", "#ff0000", "#0000ff",
        "#777777", "#f6ead2", "#101a16", "#0d5c46", "#c8402a", "#fefefe", "#010101"]  # fmt: skip
PAIRS = [(one, UGLY[(turn + step) % len(UGLY)]) for turn, one in enumerate(UGLY) for step in (0, 1, 5)]


@pytest.mark.parametrize(("scheme", "ratio"), list(product(("light", "dark"), (TEXT, ENHANCED))))
def test_every_word_can_be_read_in_any_two_colours(scheme: str, ratio: float) -> None:
    for pair in PAIRS:
        tokens = theme(pair, scheme, ratio)
        assert contrast(tokens["on-awning"], tokens["awning"]) >= ratio, pair
        assert contrast(tokens["on-green"], tokens["green"]) >= TEXT, pair
        assert contrast(tokens["on-green"], tokens["green-deep"]) >= TEXT, pair
        for ground in (*GROUNDS[scheme].values(), tokens["green-pale"]):
            assert contrast(tokens["green"], ground) >= ratio, (pair, ground)
        ink = {"light": "#17251f", "dark": "#eef3ee"}[scheme]
        assert contrast(ink, tokens["green-pale"]) >= ENHANCED, pair


@pytest.mark.parametrize("pair", [("#ffffff", "#ffff00"), ("#ffff00", "#ff00ff"), ("#000000", "#000000")])
def test_the_two_cloths_of_the_awning_differ(pair: tuple[str, str]) -> None:
    for scheme in ("light", "dark"):
        tokens = theme(pair, scheme)
        assert contrast(tokens["awning"], tokens["awning-other"]) >= 2, (pair, scheme)


def test_a_colour_that_can_be_read_stays_as_the_town_chose_it() -> None:
    tokens = theme(("#0d5c46", "#c8402a"), "light")
    assert (tokens["awning"], tokens["green"], tokens["on-awning"]) == ("#0d5c46", "#0d5c46", "#ffffff")
    assert mended("#777777", ["#ffffff"]) != "#777777" and mended("#767676", ["#ffffff"]) == "#767676"


def test_a_mended_colour_keeps_its_hue_and_moves_no_further_than_it_must() -> None:
    yellow = mended("#ffd400", ["#ffffff"])
    red, green, blue = bytes.fromhex(yellow[1:])
    assert red > green > blue
    assert TEXT <= contrast(yellow, "#ffffff") < TEXT + 0.2


def test_a_yellow_awning_stays_yellow_under_ink_and_buttons_take_the_other_colour() -> None:
    tokens = theme(("#ffd400", "#b0006d"), "light")
    assert (tokens["awning"], tokens["on-awning"]) == ("#ffd400", "#17251f")
    assert (tokens["awning-other"], tokens["green"]) == ("#b0006d", "#b0006d")


def test_a_white_awning_does_not_dazzle_at_night() -> None:
    assert luminance(theme(("#ffffff", "#000000"), "dark")["awning"]) <= 0.45
    assert screen_colours(("#ffffff", "#000000"))["light"] == "#ffffff"
    assert screen_colours(()) == {"light": "#0d5c46", "dark": "#0d5c46"}


def test_contrast_is_that_of_wcag() -> None:
    assert round(contrast("#000000", "#ffffff"), 2) == 21
    assert round(contrast("#777777", "#ffffff"), 2) == 4.48
    assert on("#ffff00") == "#17251f" and on("#000080") == "#ffffff"


def test_the_style_sheet_sets_tokens_and_nothing_else() -> None:
    sheet = theme_css(("#ffd400", "#b0006d"))
    without_tokens = re.sub(r"--[a-z-]+: #[0-9a-f]{6};", "", sheet)
    queries = re.sub(r"@media \(prefers-[a-z-]+: \w+\)( and \(prefers-[a-z-]+: \w+\))?", "", without_tokens)
    assert re.sub(r"[\s{}]|:root", "", queries) == ""
    assert "forced" not in sheet


def test_the_grounds_are_those_of_the_phones_style_sheet() -> None:
    sheet = (ROOT / "pwa" / "src" / "ui" / "tokens.css").read_text()
    light, dark = sheet.split("@media (prefers-color-scheme: dark)")
    for scheme, part in (("light", light), ("dark", dark)):
        said = dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6});", part.split("@media")[0]))
        assert {name: said[name] for name in GROUNDS[scheme]} == GROUNDS[scheme]
        assert set(theme(("#0d5c46", "#c8402a"), scheme)) <= set(dict(re.findall(r"--([a-z-]+): (\S+);", light)))
