"""What a cell of a CSV may hold, and how it is written."""

import csv
import io
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devanture.exports.cells import defused, for_excel, open_data

PARIS = ZoneInfo("Europe/Paris")


@pytest.mark.parametrize("text", ["=1+1", "+33", "-2", "@SUM(A1)", "\tcmd", "\r=1", "\n=1", '=HYPERLINK("x";"y")'])
def test_what_begins_like_a_formula_gets_an_apostrophe(text: str) -> None:
    assert defused(text)[0] == "'"
    assert defused(text).replace("'", "") == text


@pytest.mark.parametrize(
    ("text", "written"),
    [("Chez;=1+1", "Chez;'=1+1"), ('a,"=1', "a,\"'=1"), ("a\n@x", "a\n'@x"), ("a|-1", "a|'-1"), ('"=1', "\"'=1")],
)
def test_what_another_separator_would_cut_loose_gets_one_too(text: str, written: str) -> None:
    assert defused(text) == written


@pytest.mark.parametrize(
    "text", ["", "12", "3 bis", "Saint-Jean", "a = b", "L’Épi", "contact@x.fr", "Pharmacie, -50 %", "1+1"]
)
def test_ordinary_words_stay_as_they_are(text: str) -> None:
    assert defused(text) == text


@given(st.text(alphabet="=+-@\t\r\n;,|\"' aé1", max_size=12), st.sampled_from(",;\t|"), st.sampled_from(",;\t|"))
def test_no_cell_begins_a_formula_whichever_separator_reads_it(text: str, writes: str, reads: str) -> None:
    line = io.StringIO()
    csv.writer(line, delimiter=writes).writerow(["x", defused(text), "x"])
    rows = csv.reader(io.StringIO(line.getvalue(), newline=""), delimiter=reads)
    cells = [cell for row in rows for cell in row]
    assert not [cell for cell in cells if cell[:1] in tuple("=+-@")]
    naive = [cell for row in line.getvalue().splitlines() for cell in row.split(reads)]
    assert not [cell for cell in naive if cell.strip('"')[:1] in tuple("=+-@")]


def test_open_data_has_a_point_iso_days_and_utc() -> None:
    write = open_data()
    assert write["decimal"](-1.561) == "-1.561000"
    assert write["integer"](-3) == "-3"
    assert write["day"](date(2026, 5, 1)) == "2026-05-01"
    assert write["instant"](datetime(2026, 7, 1, 12, 30, 5, tzinfo=PARIS)) == "2026-07-01T10:30:05Z"
    assert (write["boolean"](True), write["boolean"](False)) == ("true", "false")


def test_excel_gets_a_comma_french_days_and_the_hour_of_the_town() -> None:
    write = for_excel(PARIS)
    assert write["decimal"](-1.561) == "-1,561000"
    assert write["day"](date(2026, 5, 1)) == "01/05/2026"
    assert write["instant"](datetime(2026, 7, 1, 10, 30, tzinfo=UTC)) == "01/07/2026 12:30"
    assert (write["boolean"](True), write["boolean"](False)) == ("oui", "non")
