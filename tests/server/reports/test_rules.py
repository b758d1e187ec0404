"""What may be reported, and when a vacancy should be looked at again."""

import math
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from devanture.errors import Problem
from devanture.places.schemas import Place
from devanture.reports.rules import decode_report, digest, point, stale
from devanture.reports.schemas import ReportV1

TODAY = date(2026, 11, 23)
BOUNDS = (-1.58, 47.20, -1.54, 47.23)
FOUND = {"v": 1, "place": "C12", "finding": "vacant"}
MISSING = {"v": 1, "finding": "missing", "lon": -1.561, "lat": 47.213}


def decoded(body: dict[str, Any]) -> ReportV1:
    return decode_report(msgspec.json.encode(body))


@pytest.mark.parametrize("finding", ["vacant", "occupied", "works", "not-found"])
def test_what_is_found_at_a_place_is_one_word(finding: str) -> None:
    assert decoded(FOUND | {"finding": finding}).finding == finding


def test_a_missing_shop_has_a_point_and_may_have_words() -> None:
    told = decoded(MISSING | {"street": "Rue Crébillon", "number": "14 bis", "note": "Ancienne mercerie\nfermée"})
    assert (told.place, told.street, told.number) == (None, "Rue Crébillon", "14 bis")
    assert point(told, BOUNDS) == (-1.561, 47.213)


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"finding": "vacant", "place": "C12"}, "v"),
        (FOUND | {"v": 2}, "v"),
        (FOUND | {"finding": "haunted"}, "finding"),
        (FOUND | {"place": "C12\n"}, "place"),
        (FOUND | {"admin": True}, "admin"),
        (FOUND | {"lon": -1.56}, "lon"),
        (FOUND | {"lat": 47.2}, "lat"),
        (FOUND | {"note": "vide"}, "note"),
        ({"v": 1, "finding": "vacant"}, "place"),
        (FOUND | {"finding": "missing"}, "place"),
        (MISSING | {"place": "C12"}, "place"),
        ({"v": 1, "finding": "missing", "lon": -1.56}, "lat"),
        (MISSING | {"lon": "-1.56"}, "lon"),
        (MISSING | {"lon": True}, "lon"),
        (MISSING | {"note": "x" * 301}, "note"),
        (MISSING | {"note": "a\0b"}, "note"),
        (MISSING | {"street": "x" * 121}, "street"),
        (MISSING | {"number": "x" * 21}, "number"),
    ],
)
def test_a_report_of_another_shape_is_refused_by_its_field(body: dict[str, Any], field: str) -> None:
    with pytest.raises(Problem) as refused:
        decoded(body)
    assert (refused.value.code, refused.value.params["field"]) == ("bad-sending", field)


@settings(deadline=None)
@given(st.binary(max_size=200) | st.text(max_size=200).map(str.encode))
def test_no_bytes_break_the_decoder(body: bytes) -> None:
    with pytest.raises(Problem) as refused:
        decode_report(body)
    assert refused.value.code in ("bad-json", "bad-sending")


Anything: st.SearchStrategy[Any] = (
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8) | st.builds(list) | st.builds(dict)
)


@settings(deadline=None)
@given(st.dictionaries(st.sampled_from(["place", "finding", "lon", "lat", "street", "note", "x"]), Anything))
def test_what_is_taken_is_a_finding_at_a_place_or_a_finite_point(changed: dict[str, Any]) -> None:
    try:
        report = decoded(MISSING | changed)
        at = point(report, BOUNDS)
    except Problem as refused:
        assert refused.code in ("bad-json", "bad-sending", "bad-coordinates")
    else:
        assert (report.place is None) == (report.finding == "missing") == (at is not None)
        assert at is None or all(map(math.isfinite, at))


@pytest.mark.parametrize("lon", [-1.59, -1.53, 180.0, -1e308, math.nan, math.inf])
def test_a_point_outside_the_process_is_refused(lon: float) -> None:
    with pytest.raises(Problem, match="bad-coordinates"):
        point(ReportV1(v=1, finding="missing", lon=lon, lat=47.21), BOUNDS)


def test_what_tells_a_resend_cannot_be_guessed_without_the_key() -> None:
    told = decoded(MISSING)
    assert digest(b"one", told) == digest(b"one", decoded(MISSING)) != digest(b"two", told)
    assert digest(b"one", told) != digest(b"one", decoded(MISSING | {"note": "mercerie"}))


def vacancy(seen_days_ago: int | None, kind: str = "premises", state: str = "vacant") -> Place:
    seen = None if seen_days_ago is None else TODAY - timedelta(seen_days_ago)
    return Place(uuid4(), "C12", kind, state, 0, 0, seen=seen)


@pytest.mark.parametrize(
    ("seen", "confirmed", "expected"),
    [
        (180, None, False),
        (181, None, True),
        (400, 180, False),
        (400, 181, True),
        (10, 400, False),
        (None, None, False),
        (None, 181, True),
    ],
)
def test_a_vacancy_is_stale_when_nobody_has_seen_it_for_180_days(
    seen: int | None, confirmed: int | None, expected: bool
) -> None:
    day = None if confirmed is None else TODAY - timedelta(confirmed)
    assert stale(vacancy(seen), day, TODAY) is expected


@pytest.mark.parametrize("fields", [{"state": "occupied"}, {"state": "works"}, {"kind": "site", "state": "open"}])
def test_only_a_vacant_shop_can_be_stale(fields: dict[str, str]) -> None:
    assert not stale(vacancy(999, **fields), None, TODAY)
