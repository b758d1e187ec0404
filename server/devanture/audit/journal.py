"""The journal looked at row by row: digests, leaves, the daily trees, the current answers, what was set aside. Pure."""

import hashlib
import hmac
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

import msgspec
from asyncpg import Record

from devanture.audit.evidence import Evidence
from devanture.audit.rules import BEFORE_ALL, Tree, chained
from devanture.audit.schemas import SealedDay

VERDICTS = {"set_aside", "restored", "voided", "unproven"}
Key = tuple[UUID, bytes, bool]


@dataclass(frozen=True)
class Check:
    """One thing that was looked at: how many of them, and each difference in a sentence."""

    name: str
    number: int
    faults: list[str] = field(default_factory=list)
    note: str = ""


def check_sendings(evidence: Evidence) -> Check:
    """Each sending says what its digest and columns say; of one whose words were erased only the columns can tell."""
    return Check("sendings against their digests", len(evidence.journal), list(_changed_sendings(evidence)))


def _changed_sendings(evidence: Evidence) -> Iterator[str]:
    named = _places_by_name(evidence)
    for row in evidence.journal:
        payload, told = row["payload"], f"sending {row['id']}"
        if row["id"] not in evidence.erased and digest_of(payload) != row["digest"]:
            yield f"{told}: its words are not those of its digest"
        if (payload.get("seq"), payload.get("v")) != (row["seq"], row["version"]):
            yield f"{told}: its number or version was changed"
        if not payload.get("withdraw") and row["place_id"] not in named.get(payload.get("place"), ()):
            yield f"{told}: it was moved to another place"
        if (payload.get("person") or payload.get("for_another")) and row["channel"] != "for_another":
            yield f"{told}: its channel was changed"


def digest_of(payload: Mapping[str, Any]) -> bytes:
    """SHA-256 of the words of a sending: JSON with its fields in order."""
    return hashlib.sha256(msgspec.json.encode(payload, order="sorted")).digest()


def _places_by_name(evidence: Evidence) -> dict[str, set[UUID]]:
    """Where an answer may be stored that names this reference or mark: there, or where that place was merged into."""
    heirs = {row["id"]: row["merged_into"] for row in evidence.places}

    def chain(place: UUID | None) -> set[UUID]:
        found: set[UUID] = set()
        while place is not None and place not in found:
            found.add(place)
            place = heirs.get(place)
        return found

    named = {row["ref"]: chain(row["id"]) for row in evidence.places}
    return named | {mark: chain(place) for mark, place in evidence.marks.items()}


def check_leaves(evidence: Evidence) -> Check:
    """Each sending has the one leaf that its id and digest give under the process's key, and no other leaf exists."""
    owed = {
        row["id"]: hmac.digest(evidence.leaf_key, row["id"].bytes + row["digest"], "sha256") for row in evidence.journal
    }
    found: dict[UUID, list[bytes]] = defaultdict(list)
    for row in evidence.leaves:
        found[row["opinion_id"]].append(row["leaf"])
    faults = [f"sending {opinion}: it has no leaf" for opinion in owed.keys() - found.keys()]
    faults += [f"leaf of {opinion}: its sending is gone" for opinion in found.keys() - owed.keys()]
    faults += [
        f"sending {opinion}: its leaf is another"
        for opinion in owed.keys() & found.keys()
        if found[opinion] != [owed[opinion]]
    ]
    return Check("leaves against the sendings", len(evidence.leaves), sorted(faults))


def check_days(evidence: Evidence) -> Check:
    """Each day's tree holds leaves that exist, and gives the root and the chain that were published."""
    known = {row["leaf"] for row in evidence.leaves}
    in_day: dict[date, list[bytes]] = defaultdict(list)
    for row in evidence.sealed:
        in_day[row["day"]].append(row["leaf"])
    faults = [
        f"day {day}: a leaf of its tree is gone from the leaves"
        for day, leaves in in_day.items()
        if not known.issuperset(leaves)
    ]
    faults += [f"day {day}: its leaves have no root" for day in in_day.keys() - {row["day"] for row in evidence.seals}]
    before = BEFORE_ALL
    for row in evidence.seals:
        leaves = sorted(in_day[row["day"]])
        faults += [f"day {row['day']}: {what}" for what in _day_faults(row, leaves, before)]
        before = row["chain"]
    waiting = len(known) - len(evidence.sealed)
    note = f"{waiting} leaves wait for the next day's tree" if waiting > 0 else ""
    return Check("days: roots and chain", len(evidence.seals), faults, note)


def _day_faults(row: Record, leaves: list[bytes], before: bytes) -> Iterator[str]:
    if row["leaves"] != len(leaves):
        yield f"{row['leaves']} leaves were published, {len(leaves)} are there"
    if Tree(leaves).root != row["root"]:
        yield "its leaves give another root"
    if chained(before, row["day"], row["leaves"], row["root"]) != row["chain"]:
        yield "the chain is broken here"


def check_published(evidence: Evidence, published: Iterable[SealedDay]) -> Check:
    """A copy of the published days that somebody kept says what is stored today."""
    stored = {row["day"]: (row["leaves"], row["root"].hex(), row["chain"].hex()) for row in evidence.seals}
    copy = {one.day: (one.leaves, one.root, one.chain) for one in published}
    faults = [f"day {day}: the copy that was kept says otherwise" for day in copy if copy[day] != stored.get(day)]
    return Check("days against the copy that was kept", len(copy), faults)


def current_answers(journal: Iterable[Record]) -> dict[Key, Record]:
    """The sending that holds of each voter at each place, in time and late: highest number, then greatest id."""
    latest: dict[Key, Record] = {}
    for row in journal:
        key = (row["place_id"], row["voter"], row["late"])
        if key not in latest or (row["seq"], row["id"]) > (latest[key]["seq"], latest[key]["id"]):
            latest[key] = row
    return latest


def check_current(evidence: Evidence) -> Check:
    """The current answers that the figures read are those that the journal gives."""
    owed, found = current_answers(evidence.journal), {_key(row): row for row in evidence.current}
    faults = [f"answer {owed[key]['id']}: missing among the current ones" for key in owed.keys() - found.keys()]
    faults += [f"answer {found[key]['opinion_id']}: the journal knows none" for key in found.keys() - owed.keys()]
    for key in owed.keys() & found.keys():
        if _told(owed[key], evidence) != _stored(found[key], evidence):
            faults.append(f"answer {owed[key]['id']}: the current one says otherwise")
    return Check("current answers, recounted", len(found), sorted(faults))


def _key(row: Record) -> Key:
    return row["place_id"], row["voter"], row["late"]


def _told(row: Record, evidence: Evidence) -> tuple[Any, ...]:
    said = row["payload"]
    other = None if "other" in evidence.erased.get(row["id"], ()) else bool(said.get("other", "").strip())
    wishes, withdrawn = list(said.get("wishes", ())), bool(said.get("withdraw"))
    return (row["id"], row["seq"], wishes, withdrawn, row["channel"], row["proof"], row["day"], other)


def _stored(row: Record, evidence: Evidence) -> tuple[Any, ...]:
    other = None if "other" in evidence.erased.get(row["opinion_id"], ()) else row["other"]
    facts = (row[name] for name in ("opinion_id", "seq", "wishes", "withdrawn", "channel", "proof", "day"))
    return (*facts, other)


def set_aside(evidence: Evidence) -> set[UUID]:
    """What counts in no figure: sendings whose last event takes them out."""
    return {row["opinion_id"] for row in _last_events(evidence) if row["verdict"] in ("set_aside", "voided")}


def doubted(evidence: Evidence) -> set[UUID]:
    """Sendings for which no proof of their voter counts."""
    return {row["opinion_id"] for row in _last_events(evidence) if row["verdict"] == "unproven"}


def _last_events(evidence: Evidence) -> Iterable[Record]:
    return {row["opinion_id"]: row for row in evidence.events}.values()


def check_set_aside(evidence: Evidence) -> Check:
    """Each event is of a sending that exists, has its reason, and none before it was removed."""
    known, faults, last = {row["id"] for row in evidence.journal}, [], dict[UUID, int]()
    for row in evidence.events:
        told = f"set aside {row['opinion_id']}, event {row['number']}"
        if row["opinion_id"] not in known:
            faults.append(f"{told}: there is no such sending")
        if row["verdict"] not in VERDICTS or not row["rule"]:
            faults.append(f"{told}: it has no reason")
        if row["number"] != last.get(row["opinion_id"], 0) + 1:
            faults.append(f"{told}: one before it is missing")
        last[row["opinion_id"]] = row["number"]
    aside = len(set_aside(evidence))
    note = f"{aside} are set aside" if aside else ""
    return Check("set aside, each with its reason", len(evidence.events), faults, note)
