"""What must hold after any walk, whatever happened on the way (TRUST.md, « Invariants »)."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple


class Told(NamedTuple):
    """The last word that the screen said was kept, at one place."""

    id: str
    wishes: frozenset[str]
    withdrawn: bool


class Row(NamedTuple):
    """One opinion as the server stores it."""

    id: str
    place: str
    voter: bytes
    seq: int
    wishes: frozenset[str]
    withdrawn: bool


@dataclass(frozen=True)
class Seen:
    """One walk as the phone, the line and the server know it."""

    told: dict[tuple[int, str], Told]
    """By person and place."""
    told_others: dict[str, str]
    """Marks, reports, photos… that the screen said were kept: kind by id."""
    queue: set[str]
    """Ids on the phone, refused ones included."""
    sent: dict[str, str]
    acknowledged: set[str]
    journal: list[Row] = field(default_factory=list)
    current: list[Row] = field(default_factory=list)
    others: dict[str, str] = field(default_factory=dict)
    """Stored sendings of the other kinds: kind by id."""
    deaths: int = 0
    """How often the browser was killed: it writes a new cookie to its disk half a minute late, and may lose it."""
    erasures: int = 0
    """How often the person had all of it erased, heard or not: whoever answers next is another voter."""
    erased: set[str] = field(default_factory=set)
    """Ids of what there was then: none of it need stay."""
    gone: set[str] = field(default_factory=set)
    """Those of them that the screen said were erased, and that were on no line at that moment."""
    drained: bool = False
    """Nothing waits on the phone: what the server shows must be what the person was told."""


def violations(seen: Seen) -> list[str]:
    """Every broken promise, in words; empty when all hold."""
    drained = (*_shown(seen), *_erased(seen)) if seen.drained else ()
    return [*_kept(seen), *_stored(seen), *_ordered(seen), *drained]


def _kept(seen: Seen) -> Iterator[str]:
    """Phone queue ∪ server = all that the person was told is kept."""
    somewhere = seen.queue | {row.id for row in seen.journal} | set(seen.others) | seen.erased
    for (person, place), told in seen.told.items():
        if told.id not in somewhere:
            yield f"lost: opinion {told.id} of person {person} at {place}"
    for sending, kind in seen.told_others.items():
        if sending not in somewhere:
            yield f"lost: {kind} {sending}"


def _stored(seen: Seen) -> Iterator[str]:
    """Acknowledged ⊆ stored ⊆ sent, and one row per id. Erasing takes opinions back, deletes the rest."""
    stored = Counter([row.id for row in seen.journal] + [*seen.others])
    deleted = {sending for sending in seen.erased if seen.sent.get(sending) != "opinion"}
    own = {row.id for row in seen.journal if row.withdrawn and seen.erasures}
    for sending in sorted(seen.acknowledged - set(stored) - deleted):
        yield f"acknowledged but not stored: {seen.sent.get(sending, 'sending')} {sending}"
    for sending in sorted(set(stored) - set(seen.sent) - own):
        yield f"stored but never sent: {sending}"
    yield from (f"stored {count} times: {sending}" for sending, count in stored.items() if count > 1)


def _ordered(seen: Seen) -> Iterator[str]:
    """The current answer is the one with the highest seq, at each place of each voter."""
    highest: dict[tuple[bytes, str], Row] = {}
    for row in seen.journal:
        key = row.voter, row.place
        highest[key] = max(highest.get(key, row), row, key=lambda one: (one.seq, one.id))
    current = {(row.voter, row.place): row for row in seen.current}
    for key, row in highest.items():
        if (found := current.get(key)) is None or found.id != row.id:
            yield f"at {row.place} the current answer is {found and found.id}, the last word was {row.id}"


def _shown(seen: Seen) -> Iterator[str]:
    """The phone is empty: the server shows what the person was told, under one voter for each cookie."""
    current = {row.id: row for row in seen.current}
    voters: dict[int, set[bytes]] = {}
    for (person, place), told in seen.told.items():
        if told.id in seen.erased:
            continue
        row = current.get(told.id)
        if row is None:
            yield f"at {place} the person was told {told.id}, which is not the current answer"
        elif (row.wishes, row.withdrawn) != (told.wishes, told.withdrawn):
            yield f"at {place} the person was told {sorted(told.wishes)}, the server shows {sorted(row.wishes)}"
        else:
            voters.setdefault(person, set()).add(row.voter)
    for person, found in voters.items():
        if len(found) > 1 + seen.deaths + seen.erasures:
            yield f"person {person} became {len(found)} voters"


def _erased(seen: Seen) -> Iterator[str]:
    """What was said to be erased is nowhere; a browser that lost its cookie cannot name what it said with it."""
    for sending in sorted(seen.gone & seen.queue):
        yield f"erased but still on the phone: {sending}"
    for row in seen.current:
        if row.id in seen.gone and not row.withdrawn and not seen.deaths:
            yield f"erased but still counted: opinion {row.id} at {row.place}"
