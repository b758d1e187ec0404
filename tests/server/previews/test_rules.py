"""Where a title breaks, shrinks and is cut: every letter here is as wide as half its size."""

import pytest

from devanture.previews.rules import fitted, shortened, wrapped


def measure(text: str, size: int) -> float:
    return len(text) * size / 2


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("12, rue Crébillon", ["12, rue", "Crébillon"]),
        ("Square", ["Square"]),
        ("rue\u00a0Crébillon 12", ["rue\u00a0Crébillon", "12"]),
        ("ici\u202f? oui", ["ici\u202f? oui"]),
        ("Maréchal-de-Lattre-de-Tassigny", ["Maréchal-", "de-Lattre-", "de-", "Tassigny"]),
    ],
)
def test_lines_break_between_words_and_after_hyphens_only(text: str, lines: list[str]) -> None:
    assert wrapped(text, 10, len) == lines


def test_the_largest_size_that_fits_is_taken() -> None:
    assert fitted("12, rue Crébillon", 100, 1, (40, 20, 10), measure) == (10, ["12, rue Crébillon"])
    assert fitted("12, rue Crébillon", 100, 2, (40, 20, 10), measure) == (20, ["12, rue", "Crébillon"])


def test_what_fits_at_no_size_is_cut_with_a_sign() -> None:
    size, lines = fitted("Place du Maréchal de Lattre de Tassigny", 100, 2, (20,), measure)
    assert size == 20 and len(lines) == 2 and lines[-1].endswith("…")
    assert all(measure(line, size) <= 100 for line in lines)


def test_a_word_without_a_break_is_cut_too() -> None:
    assert shortened("A" * 50, 100, 20, measure) == "A" * 9 + "…"
    assert fitted("A" * 50, 100, 3, (20,), measure) == (20, ["A" * 9 + "…"])
