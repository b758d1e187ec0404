"""The checker's rules, one by one."""

from dataclasses import replace

import pytest

from tests.browser.storm.checker import Row, Seen, Told, violations

BAKERY = frozenset({"bakery"})
ROW = Row("a", "C12", b"me", 1, BAKERY, withdrawn=False)
GOOD = Seen(
    told={(0, "C12"): Told("a", BAKERY, withdrawn=False)}, told_others={"p": "photo"}, queue=set(),
    sent={"a": "opinion", "p": "photo"}, acknowledged={"a", "p"}, journal=[ROW], current=[ROW], others={"p": "photo"},
    drained=True,
)  # fmt: skip
LATER = ROW._replace(id="b", seq=2)


def test_nothing_is_said_when_all_holds() -> None:
    assert violations(GOOD) == []


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        ({"journal": [], "current": [], "acknowledged": set(), "drained": False}, "lost: opinion a"),
        ({"others": {}, "acknowledged": {"a"}}, "lost: photo p"),
        ({"others": {}, "queue": {"p"}}, "acknowledged but not stored: photo p"),
        ({"sent": {"a": "opinion"}}, "stored but never sent: p"),
        ({"journal": [ROW, ROW]}, "stored 2 times: a"),
        ({"journal": [ROW, LATER], "sent": GOOD.sent | {"b": "opinion"}}, "the last word was b"),
        ({"told": {(0, "C12"): Told("a", BAKERY, withdrawn=True)}}, "the server shows"),
        ({"gone": {"a"}, "erased": {"a"}, "erasures": 1}, "erased but still counted: opinion a"),
        ({"gone": {"a"}, "erased": {"a"}, "erasures": 1, "queue": {"a"}}, "erased but still on the phone: a"),
        ({"journal": [], "current": [], "erased": {"a"}, "erasures": 1}, "acknowledged but not stored: opinion a"),
        ({"told": {(0, "C12"): Told("p", BAKERY, withdrawn=False)}}, "not the current answer"),
    ],
)
def test_each_broken_promise_is_named(change: dict[str, object], complaint: str) -> None:
    found = violations(replace(GOOD, **change))  # type: ignore[arg-type]
    assert any(complaint in fault for fault in found), found


def test_one_person_is_one_voter_unless_the_browser_lost_its_cookie() -> None:
    other = ROW._replace(id="c", place="C14", voter=b"another")
    told = GOOD.told | {(0, "C14"): Told("c", BAKERY, withdrawn=False)}
    two = replace(GOOD, told=told, sent=GOOD.sent | {"c": "opinion"}, journal=[ROW, other], current=[ROW, other])
    assert violations(two) == ["person 0 became 2 voters"]
    assert violations(replace(two, deaths=1)) == []


def test_what_was_erased_need_not_stay_and_whoever_answers_next_is_another_voter() -> None:
    back = LATER._replace(wishes=frozenset(), withdrawn=True)
    erased = replace(
        GOOD, told={}, told_others={}, others={}, journal=[ROW, back], current=[back],
        erasures=1, erased={"a", "p"}, gone={"a", "p"},
    )  # fmt: skip
    assert violations(erased) == []
    assert violations(replace(erased, told=GOOD.told)) == [], "asked for, and the answer never heard"
    assert violations(replace(erased, erasures=0)) == ["stored but never sent: b"]
