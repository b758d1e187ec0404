"""Whatever a phone sends is decoded or refused in one word, and what was decoded is the same after another journey."""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import uuid4

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from devanture.activities.schemas import Activity, Catalogue, Family
from devanture.erasure.schemas import DECODERS as ERASURES
from devanture.erasure.schemas import ErasureV1
from devanture.errors import Problem
from devanture.follows.schemas import DECODERS as FOLLOWS
from devanture.follows.schemas import FollowV1
from devanture.opinions import rules as opinions
from devanture.opinions.schemas import OpinionV1
from devanture.processes.rules import inside
from devanture.reports import rules as reports
from devanture.reports.schemas import ReportV1
from devanture.residence import rules as residence
from devanture.residence.schemas import DECODERS as RESIDENCES
from devanture.residence.schemas import ResidenceV1
from devanture.spots import rules as spots
from devanture.spots.schemas import MarkV1
from devanture.streets.rules import metres
from devanture.streets.schemas import Street
from devanture.web.sendings import decode_sending, parse_id
from tests.hostile.values import NUMBERS, TEXTS, examples, hostile_json
from tests.seed import LAT, LON, METRE

BOUNDS = (-1.58, 47.20, -1.54, 47.23)
OPINION = {
    "v": 1, "place": "C12", "seq": 3, "wishes": ["grocer", "bakery"], "other": "une laverie", "frequency": "weekly",
    "nuisances": ["noise"], "comment": "merci", "families_shown": ["food", "care"], "person": 2,
}  # fmt: skip
REPORT = {"v": 1, "finding": "missing", "lon": LON, "lat": LAT, "street": "Rue Haute", "number": "3", "note": "vide"}
MARK = {"v": 1, "lon": LON, "lat": LAT}
RESIDENCE = {"v": 1, "sector": "elsewhere", "ties": ["lives", "works"], "age": "30-44", "person": 1}
FOLLOW = {"v": 1, "place": "C12", "means": "mail", "address": "a@example.org"}
ERASURE = {"v": 1, "follows": ["x" * 43]}


CATALOGUE = Catalogue(
    tuple(
        Family(code, "premises", {}, "", True, (Activity(wish, code, {}, {}, "", {}, False),))
        for code, wish in (("food", "grocer"), ("care", "bakery"))
    )
)


def an_opinion(body: bytes) -> OpinionV1:
    opinion = opinions.decode_opinion(body)
    opinions.check_wishes(opinion, CATALOGUE, "premises", 3)
    assert set(opinion.wishes) <= CATALOGUE.codes("premises")
    return opinion


def a_residence(body: bytes) -> ResidenceV1:
    return residence.check(decode_sending(body, RESIDENCES), [{"code": "centre"}])


def a_report(body: bytes) -> ReportV1:
    report = reports.decode_report(body)
    assert (reports.point(report, BOUNDS) is None) == (report.finding != "missing")
    return report


def a_mark(body: bytes) -> MarkV1:
    mark = spots.decode_mark(body)
    spots.check_inside(mark, BOUNDS)
    return mark


def a_follow(body: bytes) -> FollowV1:
    return decode_sending(body, FOLLOWS)


def an_erasure(body: bytes) -> ErasureV1:
    return decode_sending(body, ERASURES)


READERS: Mapping[str, tuple[Callable[[bytes], msgspec.Struct], dict[str, Any]]] = {
    "opinion": (opinions.decode_opinion, OPINION),
    "opinion of the catalogue": (an_opinion, OPINION),
    "report": (a_report, REPORT),
    "mark": (a_mark, MARK),
    "residence": (a_residence, RESIDENCE),
    "follow": (a_follow, FOLLOW),
    "erasure": (an_erasure, ERASURE),
}


@pytest.mark.parametrize("name", READERS)
@examples(150)
@given(data=st.data())
def test_a_body_is_decoded_and_comes_back_the_same_or_is_refused(name: str, data: st.DataObject) -> None:
    reader, valid = READERS[name]
    try:
        said = reader(data.draw(hostile_json(valid)))
    except Problem as problem:
        assert 400 <= problem.status < 500
        return
    again = msgspec.json.encode(said)
    assert reader(again) == said and msgspec.json.encode(reader(again)) == again


@pytest.mark.parametrize("name", READERS)
def test_what_the_broken_bodies_are_made_of_is_taken(name: str) -> None:
    reader, valid = READERS[name]
    assert msgspec.json.decode(msgspec.json.encode(reader(msgspec.json.encode(valid)))) == valid


@examples(200)
@given(body=hostile_json(OPINION))
def test_an_opinion_that_was_taken_keeps_its_digest_and_its_receipt(body: bytes) -> None:
    try:
        opinion = opinions.decode_opinion(body)
    except Problem:
        return
    sending, again = uuid4(), msgspec.convert(msgspec.to_builtins(opinion), OpinionV1)
    assert opinions.digest(again) == opinions.digest(opinion)
    leaf = opinions.leaf(b"k" * 32, sending, opinions.digest(opinion))
    word = opinions.receipt(leaf)
    assert opinions.read_receipt(word.lower().replace("-", " ")) == leaf[: opinions.RECEIPT_BYTES]


@examples(200)
@given(text=st.one_of(TEXTS, st.uuids().map(str), st.uuids(version=4).map(lambda one: f"{{{one}}}")))
def test_an_identifier_or_a_receipt_is_read_or_not_and_nothing_else(text: str) -> None:
    assert opinions.read_receipt(text) is None or len(text) >= 16
    try:
        assert str(parse_id(text)) == text.lower()
    except Problem as problem:
        assert problem.code == "bad-uuid"


@examples(200)
@given(lon=NUMBERS, lat=NUMBERS)
def test_no_point_outside_the_bounds_is_inside(lon: float, lat: float) -> None:
    assert inside(BOUNDS, lon, lat) == (-1.58 <= lon <= -1.54 and 47.20 <= lat <= 47.23)


POINTS = st.tuples(
    st.floats(LON - 300 * METRE, LON + 300 * METRE), st.floats(LAT - 300 * METRE, LAT + 300 * METRE)
)


@examples(150)
@given(at=POINTS, lines=st.lists(st.lists(POINTS, min_size=2, max_size=6), max_size=4))
def test_a_mark_anywhere_beside_any_streets_has_a_place_near_it_and_none_of_its_own(
    at: tuple[float, float], lines: list[list[tuple[float, float]]]
) -> None:
    streets = [Street(f"Rue {n}", "minor", [line], {"1": line[0]}) for n, line in enumerate(lines)]
    spot = spots.spot_of(MarkV1(1, *at), streets, [])
    assert metres((spot.lon, spot.lat), at) <= spots.STREET_M + 2 * spots.CELL_M
    assert spots.spot_of(MarkV1(1, *at), streets, []) == spot
