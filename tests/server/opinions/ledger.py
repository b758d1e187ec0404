"""What the server must hold after any history of sendings: loops over the journal's rows, nothing of the program."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID

from tests.answers import Answer

MOVED = 5
"""People who must move at a place before its public figures do, and who must stand there for it to have any."""
Row = Mapping[str, Any]
Voter = tuple[int, int, int]
"""A phone, how often it was erased, and which of its persons."""


@dataclass
class Ledger:
    """Everything that was sent and what was answered, kept by the test itself; a `row` is one of the real journal."""

    taken: dict[UUID, dict[str, Any]] = field(default_factory=dict)
    owners: dict[UUID, Voter] = field(default_factory=dict)
    late: dict[UUID, bool] = field(default_factory=dict)
    rows: dict[UUID, dict[str, Any]] = field(default_factory=dict)
    basis: dict[str, dict[bytes, Answer]] = field(default_factory=dict)
    erased: dict[UUID, set[str]] = field(default_factory=dict)
    """Free words that are gone from a sending."""

    def check_journal(self, rows: Iterable[Row]) -> None:
        """Nothing vanished, nothing changed, nothing came that nobody sent, and each row says what was sent."""
        found: dict[UUID, dict[str, Any]] = {row["id"]: dict(row) for row in rows}
        for sending, row in self.rows.items():
            assert found.get(sending) == row, f"{sending} was changed or lost"
        for sending, body in self.taken.items():
            row = found[sending]
            left = {name: said for name, said in body.items() if name not in self.erased.get(sending, ())}
            assert {"person": 0} | row["payload"] == left, "what is its field's usual value is not written"
            assert (row["seq"], row["late"]) == (body["seq"], self.late[sending])
        others = [row for sending, row in found.items() if sending not in self.taken]
        assert all(row["payload"]["withdraw"] for row in others), "the server says nothing but what it takes back"
        self._check_voters(found)
        self.rows = found

    def erase(self, phone: int, times: int, closed: bool, rows: Iterable[Row]) -> None:
        """What erasing may change of what was: free words go; after the closing each voter gets a name of no one's."""
        found, words = {row["id"]: row for row in rows}, {"comment"} if closed else {"comment", "other"}
        theirs = {self.rows[one]["voter"] for one, who in self.owners.items() if who[:2] == (phone, times)}
        known, named = {row["voter"] for row in self.rows.values()}, dict[bytes, bytes]()
        for one, row in self.rows.items():
            if row["voter"] in theirs:
                self.erased[one] = self.erased.get(one, set()) | words
                row["payload"] = {name: said for name, said in row["payload"].items() if name not in words}
                if closed:
                    row["voter"] = named.setdefault(row["voter"], found[one]["voter"])
        assert len(set(named.values()) - known) == len(named), "a link was cut by a name of somebody's"
        for place, there in self.basis.items():
            self.basis[place] = {named.get(who, who): _renamed(answer, named) for who, answer in there.items()}

    def _check_voters(self, found: Mapping[UUID, Row]) -> None:
        pairs = {(self.owners[sending], found[sending]["voter"]) for sending in self.taken}
        assert len(pairs) == len({who for who, _ in pairs}) == len({voter for _, voter in pairs})

    def current(self) -> dict[tuple[UUID, bytes, bool], dict[str, Any]]:
        """The last word of each voter at each place, in time and late: the highest seq, then the greater id."""
        last: dict[tuple[UUID, bytes, bool], dict[str, Any]] = {}
        for row in sorted(self.rows.values(), key=lambda row: (row["seq"], row["id"])):
            last[row["place_id"], row["voter"], row["late"]] = row
        return last

    def check_current(self, rows: Iterable[Row]) -> None:
        found = {(row["place_id"], row["voter"], row["late"]): row for row in rows}
        last = self.current()
        assert found.keys() == last.keys()
        for key, row in last.items():
            said, kept = row["payload"], found[key]
            assert (kept["opinion_id"], kept["seq"], kept["day"]) == (row["id"], row["seq"], row["day"])
            assert kept["wishes"] == list(said.get("wishes", ()))
            assert (kept["withdrawn"], kept["other"]) == (said.get("withdraw", False), bool(said.get("other")))

    def answers(self, refs: Mapping[UUID, str], late: bool = False) -> list[Answer]:
        """What stands and is counted, as `counted_by_hand` takes it; voters by what the journal calls them."""
        return [
            Answer(
                place=refs[row["place_id"]],
                voter=int.from_bytes(row["voter"], "big"),
                wishes=tuple(row["payload"].get("wishes", ())),
                other=bool(row["payload"].get("other")),
                channel=row["channel"],
                proof=row["proof"],
            )
            for (_, _, came_late), row in self.current().items()
            if came_late is late and not row["payload"].get("withdraw")
        ]

    def renew(self, refs: Mapping[UUID, str], moved: int | None) -> list[Answer]:
        """What the public figures count from now on: a place moves once `moved` people there did, and none alone."""
        now: dict[str, dict[bytes, Answer]] = defaultdict(dict)
        for answer in self.answers(refs):
            now[answer.place][answer.voter.to_bytes(32, "big")] = answer
        for place in (now.keys() | self.basis.keys()) if moved is not None else ():
            there, before = now.get(place, {}), self.basis.get(place, {})
            changed = [who for who in there.keys() | before.keys() if _same(there.get(who)) != _same(before.get(who))]
            if moved is not None and len(changed) >= moved:
                self.basis[place] = there if len(there) >= MOVED else {}
        return [answer for people in self.basis.values() for answer in people.values()]


def _same(answer: Answer | None) -> object:
    """The order of one's wishes is no change."""
    return answer and (frozenset(answer.wishes), answer.other, answer.channel, answer.proof)


def _renamed(answer: Answer, named: Mapping[bytes, bytes]) -> Answer:
    who = answer.voter.to_bytes(32, "big")
    return replace(answer, voter=int.from_bytes(named.get(who, who), "big"))
