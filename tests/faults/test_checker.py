"""The checker says which promise is broken, and nothing where all hold."""

from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest

from tests.answers import Answer, areas_of, counted_by_hand
from tests.faults.checker import Broken, Ground, Row, Standing, Stored, broken_promises, told_by_logs
from tests.faults.journal import Line
from tests.seed import ACTIVITIES, place_row

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
PLACES = [place_row("P1"), place_row("P2", 97)]
GROUND = Ground(areas_of(PLACES), {one.code: one.family for one in ACTIVITIES})
FIRST, SECOND = sorted(str(uuid4()) for _ in range(2))


def said(seq: int, *wishes: str, **more: Any) -> dict[str, Any]:
    return {"v": 1, "place": "P1", "seq": seq, "wishes": list(wishes)} | more


LINES = [
    Line("submitted", FIRST, who="0/0/0", said=said(1, "bakery")),
    Line("submitted", SECOND, who="0/0/0", said=said(2, "grocer")),
    Line("stored", FIRST, who="0/0/0"),
    Line("stored", SECOND, who="0/0/0"),
]
DESK = counted_by_hand([Answer("P1", 0, ("grocer",))], GROUND.areas, GROUND.families)
SOUND = Stored(
    journal=[Row(line.id, "P1", b"voter", line.said, False, NOW) for line in LINES[:2]],
    current=[Standing(SECOND, "P1", b"voter", False, ("grocer",), False)],
    arrivals=Counter([FIRST, SECOND]), leaves=Counter([FIRST, SECOND]), photos=set(), files={},
    closes_at=NOW + timedelta(days=9), desk=DESK,
)  # fmt: skip


def promises(stored: Stored, lines: list[Line] = LINES, waiting: tuple[str, ...] = ()) -> set[str]:
    return {one.promise for one in broken_promises(lines, waiting, stored, GROUND)}


def test_nothing_is_said_where_all_promises_hold() -> None:
    assert promises(SOUND) == set()


@pytest.mark.parametrize(
    ("promise", "changes"),
    [
        ("acknowledged, not stored", {"journal": SOUND.journal[1:]}),
        ("stored, never submitted", {"journal": [*SOUND.journal, SOUND.journal[0]._replace(id=str(uuid4()))]}),
        ("not one row per id", {"journal": [*SOUND.journal, SOUND.journal[0]]}),
        ("not one row per id", {"leaves": Counter([FIRST])}),
        ("came back changed", {"journal": [SOUND.journal[0]._replace(said=said(1, "pharmacy")), SOUND.journal[1]]}),
        ("one person, several voters", {"journal": [SOUND.journal[0]._replace(voter=b"other"), SOUND.journal[1]]}),
        ("not the latest word", {"current": [SOUND.current[0]._replace(id=FIRST)]}),
        ("not the latest word", {"current": [SOUND.current[0]._replace(wishes=("bakery",))]}),
        ("not the latest word", {"current": []}),
        ("late by mistake", {"closes_at": NOW - timedelta(seconds=1)}),
        ("not the recount", {"desk": DESK | {"place": {}}}),
        ("not the recount", {"aside": {SECOND: "burst"}}),
        ("set aside without a reason", {"aside": {FIRST: ""}}),
        ("figures of too few", {"public": {"place": {("P1", "all", ""): (4, 4)}}}),
        ("photo with metadata", {"files": {"a.webp": b"RIFF....WEBPExif"}}),
        ("seen by strangers", {"seen_by_strangers": 1}),
    ],
)
def test_each_broken_promise_is_named(promise: str, changes: dict[str, Any]) -> None:
    assert promise in promises(replace(SOUND, **changes))


def test_what_waits_on_the_phone_or_was_refused_in_words_is_not_lost() -> None:
    third = Line("submitted", str(uuid4()), who="0/0/0", said=said(3, "bakery"))
    assert promises(SOUND, [*LINES, third]) == {"told to be kept, nowhere"}
    assert promises(SOUND, [*LINES, third], (third.id,)) == set()
    assert promises(SOUND, [*LINES, third, Line("refused", third.id, said="phase-closed")]) == set()


def test_two_persons_under_one_voter_and_a_refusal_of_what_is_stored_are_found() -> None:
    lines = [LINES[0]._replace(who="0/0/1"), *LINES[1:], Line("refused", FIRST, said="phase-closed")]
    assert promises(SOUND, lines) == {"one voter, several persons", "refused, yet stored"}


def test_logs_hold_neither_words_nor_sendings() -> None:
    assert told_by_logs({"app.log": "request_failed route=/api/v1/{p}/opinions/{id}"}, LINES, "secret") == []
    told = told_by_logs({"app.log": f"a secret, of {FIRST}"}, LINES, "secret")
    assert told == [Broken("personal datum in a log", f"app.log: {word}") for word in ("secret", FIRST)]
