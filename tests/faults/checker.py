"""What must hold after every fault (TRUST.md, « Invariants »). Pure: what was read goes in, broken promises out."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple

from tests.answers import Answer, Counts, counted_by_hand
from tests.faults.journal import Line

SHOWN_FROM = 5
_UUID = re.compile(r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}")


class Broken(NamedTuple):
    """One broken promise: which, and what was seen."""

    promise: str
    seen: str


class Row(NamedTuple):
    """One sending as the journal of the server has it."""

    id: str
    place: str
    voter: bytes
    said: dict[str, Any]
    late: bool
    arrived: datetime | None = None


class Standing(NamedTuple):
    """A current answer."""

    id: str
    place: str
    voter: bytes
    late: bool
    wishes: tuple[str, ...]
    withdrawn: bool


@dataclass(frozen=True)
class Stored:
    """All that the server holds of one consultation."""

    journal: list[Row]
    current: list[Standing]
    arrivals: Counter[str]
    leaves: Counter[str]
    photos: set[str]
    """Those whose row and whose file are there."""
    files: Mapping[str, bytes]
    """Every file of the photos' folder, whether a row names it or not."""
    closes_at: datetime
    desk: dict[str, Counts] = field(default_factory=dict)
    public: dict[str, Counts] = field(default_factory=dict)
    aside: Mapping[str, str] = field(default_factory=dict)
    """What is out of every count, with the rule or the reason."""
    seen_by_strangers: int = 0
    """Rows that the app role sees without naming the organisation."""


@dataclass(frozen=True)
class Ground:
    """What is counted by: the places of each area, the family of each activity."""

    areas: Mapping[str, Mapping[Any, set[str]]]
    families: Mapping[str, str]


def broken_promises(lines: Iterable[Line], waiting: Iterable[str], stored: Stored, ground: Ground) -> list[Broken]:
    """Every broken promise; empty when all hold."""
    said = list(lines)
    submitted = {line.id: line for line in said if line.event == "submitted"}
    opinions = {name: line for name, line in submitted.items() if line.kind == "opinion"}
    return [
        *_kept(said, submitted, set(waiting), stored),
        *_once(stored),
        *_unchanged(opinions, stored),
        *_one_voter_each(opinions, stored),
        *_latest(opinions, stored),
        *_late(stored),
        *_figures(opinions, stored, ground),
        *_bare_photos(stored),
        *_others(said, stored),
    ]


def _kept(said: list[Line], submitted: dict[str, Line], waiting: set[str], stored: Stored) -> Iterator[Broken]:
    """Acknowledged ⊆ stored ⊆ submitted; what the person was told is kept is on the phone or on the server."""
    here = {row.id for row in stored.journal} | stored.photos
    acknowledged = {line.id for line in said if line.event == "stored"}
    refused = {line.id: line.said for line in said if line.event == "refused"}
    yield from (Broken("acknowledged, not stored", one) for one in sorted(acknowledged - here))
    yield from (Broken("stored, never submitted", one) for one in sorted(here - submitted.keys()))
    yield from (Broken("refused, yet stored", f"{one} {refused[one]}") for one in sorted(refused.keys() & here))
    gone = submitted.keys() - here - waiting - refused.keys() - acknowledged
    yield from (Broken("told to be kept, nowhere", one) for one in sorted(gone))


def _once(stored: Stored) -> Iterator[Broken]:
    """One row per id, and with it one arrival and one leaf."""
    rows = Counter(row.id for row in stored.journal)
    for name, counted in (("journal", rows), ("arrivals", stored.arrivals), ("leaves", stored.leaves)):
        wrong = [one for one in rows.keys() | counted.keys() if counted[one] != 1]
        yield from (Broken("not one row per id", f"{one} {counted[one]} times in the {name}") for one in wrong)


def _unchanged(opinions: dict[str, Line], stored: Stored) -> Iterator[Broken]:
    for row in stored.journal:
        line = opinions.get(row.id)
        if line and _filled(line.said) != _filled(row.said):
            yield Broken("came back changed", row.id)


def _filled(said: dict[str, Any]) -> dict[str, Any]:
    return {name: list(value) if isinstance(value, tuple) else value for name, value in said.items() if value}


def _one_voter_each(opinions: dict[str, Line], stored: Stored) -> Iterator[Broken]:
    """A person is one voter whatever happened, and two persons are two."""
    voters, persons = defaultdict[str, set[bytes]](set), defaultdict[bytes, set[str]](set)
    for row in stored.journal:
        if row.id in opinions:
            voters[opinions[row.id].who].add(row.voter)
            persons[row.voter].add(opinions[row.id].who)
    yield from (Broken("one person, several voters", who) for who, found in voters.items() if len(found) > 1)
    yield from (Broken("one voter, several persons", str(sorted(who))) for who in persons.values() if len(who) > 1)


def _latest(opinions: dict[str, Line], stored: Stored) -> Iterator[Broken]:
    """Current = highest `seq` that the phone wrote, per place and voter; at equal `seq` the greater uuid."""
    last: dict[tuple[bytes, str, bool], Line] = {}
    for row in stored.journal:
        line = opinions.get(row.id)
        if line is None:
            continue
        key = row.voter, line.said["place"], row.late
        last[key] = max(last.get(key, line), line, key=lambda one: (one.said["seq"], one.id))
    current = {(one.voter, one.place, one.late): one for one in stored.current}
    for key, line in last.items():
        found = current.pop(key, None)
        shown = (line.id, tuple(line.said.get("wishes", ())), line.said.get("withdraw", False))
        if found is None or (found.id, found.wishes, found.withdrawn) != shown:
            yield Broken("not the latest word", f"{line.id} at {key[1]}, current is {found and found.id}")
    yield from (Broken("current answer of nobody", one.id) for one in current.values() if one.id in opinions)


def _late(stored: Stored) -> Iterator[Broken]:
    for row in stored.journal:
        if row.arrived and row.late != (row.arrived >= stored.closes_at):
            yield Broken("late by mistake", f"{row.id} arrived {row.arrived}, closing was {stored.closes_at}")


def _figures(opinions: dict[str, Line], stored: Stored, ground: Ground) -> Iterator[Broken]:
    """A release is the recount in plain Python; the public's shows no place before five people answered there."""
    voters = {voter: n for n, voter in enumerate(sorted({one.voter for one in stored.current}))}
    answers = [
        Answer(
            one.place, voters[one.voter], one.wishes, bool(line.said.get("other")), _channel(line.said),
            withdrawn=one.withdrawn, late=one.late,
        )
        for one in stored.current
        if (line := opinions.get(one.id)) and one.id not in stored.aside
    ]  # fmt: skip
    by_hand = counted_by_hand(answers, ground.areas, ground.families)
    for area, counts in stored.desk.items():
        wrong = {key for key in by_hand[area].keys() | counts.keys() if by_hand[area].get(key) != counts.get(key)}
        yield from (
            Broken("not the recount", f"{area} {key}: {counts.get(key)}, by hand {by_hand[area].get(key)}")
            for key in sorted(wrong, key=str)[:5]
        )
    for (place, level, _), (persons, _) in stored.public.get("place", {}).items():
        if level == "all" and persons < SHOWN_FROM:
            yield Broken("figures of too few", f"{persons} people at {place}")


def _channel(said: dict[str, Any]) -> str:
    return "for_another" if said.get("person") or said.get("for_another") else "web"


def _bare_photos(stored: Stored) -> Iterator[Broken]:
    """Drawn anew: a WebP without a word of where, when and with what it was taken."""
    for name, content in stored.files.items():
        if any(mark in content for mark in (b"Exif", b"EXIF", b"Fairphone", b"XMP")):
            yield Broken("photo with metadata", name)


def _others(said: list[Line], stored: Stored) -> Iterator[Broken]:
    yield from (Broken("wrong answer", f"{line.said} ({line.id})") for line in said if line.event == "fault")
    yield from (Broken("set aside without a reason", one) for one, why in stored.aside.items() if not why)
    if stored.seen_by_strangers:
        yield Broken("seen by strangers", f"{stored.seen_by_strangers} rows of the journal")


def told_by_logs(logs: Mapping[str, str], lines: Iterable[Line], marker: str) -> list[Broken]:
    """No personal datum in logs: neither words nor sendings."""
    ids = {line.id for line in lines}
    found = []
    for name, text in logs.items():
        words = [marker] if marker in text else []
        words += sorted(ids.intersection(_UUID.findall(text)))
        found += [Broken("personal datum in a log", f"{name}: {word}") for word in words[:5]]
    return found
