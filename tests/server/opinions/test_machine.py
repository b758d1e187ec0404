"""Any history of sendings leaves what the rules say: drawn by Hypothesis, sent to the real program, counted by hand.

The program runs in the test's own loop; the machine, which knows no loop, asks it from a thread.
"""

import os
from collections.abc import Callable, Coroutine
from dataclasses import replace
from datetime import timedelta
from functools import partial
from itertools import count
from typing import Any, cast
from uuid import UUID

import hypothesis
import pytest
from anyio import create_task_group, from_thread, to_thread
from httpx2 import AsyncClient
from hypothesis import HealthCheck, Phase
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from starlette.applications import Starlette

from devanture.db.pool import Database
from devanture.opinions import queries
from devanture.processes.service import find_process
from devanture.releases.service import release
from devanture.settings import Settings, VoterSettings
from tests.answers import areas_of, counted_by_hand, stored_counts
from tests.seed import (
    ACTIVITIES,
    CLOSES,
    OPENS,
    PLACES,
    Clock,
    Seeded,
    Town,
    browser_on,
    current,
    journal,
    merge,
    seed,
    send,
)
from tests.server.opinions.ledger import MOVED, Ledger, Voter

pytestmark = pytest.mark.anyio


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return replace(settings, voters=MANY)


PHONES, PERSONS = 3, 6
MERGES = [("C14", "C12"), ("Q3", "C14"), ("Q3", "C12")]
FAMILIES = {activity.code: activity.family for activity in ACTIVITIES}
DISCREET = {"worship-shop", "pharmacy"}
SPLITS = {"channel", "proof"}
MANY = VoterSettings(10**6, 10**6, 1)
"""Each history has phones of its own, and all of them come from one line within the hour."""
LONG_AGO = timedelta(days=200)
"""The database cuts no link before its own clock has seen the closing, so all of it lies behind."""
CLOSED = CLOSES - LONG_AGO
MOMENTS = {
    "open": CLOSED - timedelta(days=60), "frozen": CLOSED - timedelta(hours=30), "late": CLOSED + timedelta(hours=1),
    "closed": CLOSED + timedelta(hours=49),
}  # fmt: skip
OUTBOX = {"Devanture-Waited": "1"}
"""Histories are written faster than people type: as an outbox says, so that no rule about speed sets them aside."""
RENEWED_AFTER = {"open": MOVED, "frozen": None, "late": 1, "closed": 1}
Sent = tuple[int, UUID, dict[str, Any]]
"""A phone, the id of its sending, and the body."""


@st.composite
def sendings(draw: st.DrawFn) -> Sent:
    """Few numbers, so that they meet: a change, an older word that comes after, two words under one `seq`."""
    place = draw(st.sampled_from(["C12", "C14", "Q3", "S1", "X9"]))
    body: dict[str, Any] = {"v": 1, "place": place, "seq": draw(st.integers(1, 6))}
    body["person"] = draw(st.integers(0, PERSONS - 1))
    what = draw(st.sampled_from(["wishes", "wishes", "wishes", "other", "withdraw"]))
    if what == "wishes":
        codes = ["garden"] if place == "S1" else ["fishmonger", "grocer", "bakery", "pharmacy", "worship-shop"]
        body["wishes"] = draw(st.lists(st.sampled_from(codes), min_size=1, max_size=3, unique=True))
    else:
        body[what] = "une laverie" if what == "other" else True
    return draw(st.integers(0, PHONES - 1)), draw(st.uuids(version=4)), body


class Consultation(RuleBasedStateMachine):
    """One consultation from its opening to the last hour it takes anything in."""

    def __init__(self, app: Starlette, database: Database, settings: Settings, clock: Clock, numbers: "count[int]"):
        super().__init__()
        self.app, self.database, self.clock = app, database, clock
        self.slug, self.settings, self.moment = f"m{next(numbers)}", settings, "open"
        self.ledger, self.sent = Ledger(), list[Sent]()
        self.erased, self.phones = [0] * PHONES, list[AsyncClient]()
        self.merged: dict[str, str] = {}
        self.counted = (-1, "")

    def run(self, coroutine: Coroutine[Any, Any, Any]) -> Any:
        async def awaited() -> Any:
            return await coroutine

        return from_thread.run(awaited)

    @initialize()
    def opens(self) -> None:
        self.clock.set(MOMENTS["open"])
        town = Town(slug=self.slug, organisation=self.slug, opens_at=OPENS - LONG_AGO, closes_at=CLOSED)
        self.town: Seeded = self.run(seed(self.database, self.settings, town))
        for _ in range(PHONES):
            self.phones.append(browser_on(self.app))
            self.run(self.phones[-1].post(f"/api/v1/{self.slug}/voter"))
        self.refs: dict[UUID, str] = self.run(self._refs())

    async def _refs(self) -> dict[UUID, str]:
        async with self.database.transaction(self.town.organisation_id) as connection:
            return {row["id"]: row["ref"] for row in await connection.fetch("SELECT id, ref FROM place")}

    @rule(some=st.lists(sendings(), min_size=1, max_size=6))
    def phones_send_at_once(self, some: list[Sent]) -> None:
        self._send(some)

    @rule(phone=st.integers(0, PHONES - 1), body=sendings(), ids=st.lists(st.uuids(version=4), min_size=6, max_size=6))
    def a_household_answers(self, phone: int, body: Sent, ids: list[UUID]) -> None:
        self._send([(phone, one, body[2] | {"person": person}) for person, one in enumerate(ids)])

    @rule(one=sendings(), ids=st.lists(st.uuids(version=4), min_size=4, max_size=4), seqs=st.permutations([3, 4, 5, 6]))
    def somebody_changes_their_mind_at_once(self, one: Sent, ids: list[UUID], seqs: list[int]) -> None:
        """Alternately in words of their own, so that an older one cannot be taken for the last."""
        phone, _, first = one
        last = {name: first[name] for name in ("v", "place", "person")}
        bodies = [first, last | {"other": "une laverie"}, last | {"withdraw": True}, last | {"other": "un marché"}]
        numbered = [body | {"seq": seq} for body, seq in zip(bodies, seqs, strict=True)]
        self._send([(phone, *other) for other in zip(ids, numbered, strict=True)])

    @precondition(lambda self: self.sent)
    @rule(which=st.lists(st.integers(0, 50), min_size=1, max_size=4), phone=st.integers(0, PHONES - 1))
    def some_come_again(self, which: list[int], phone: int) -> None:
        self._send([(phone, *self.sent[one % len(self.sent)][1:]) for one in which])

    @precondition(lambda self: self.sent)
    @rule(which=st.integers(0, 50), other=sendings())
    def an_id_is_used_again_for_other_words(self, which: int, other: Sent) -> None:
        self._send([(other[0], self.sent[which % len(self.sent)][1], other[2])])

    @rule(phone=st.integers(0, PHONES - 1))
    def a_phone_is_erased(self, phone: int) -> None:
        before = len(self.ledger.rows)
        answer = self.run(self.phones[phone].post(f"/api/v1/{self.slug}/erasure", json={"v": 1}))
        assert answer.status_code == 200
        closed = self.moment in ("late", "closed")
        self.ledger.erase(phone, self.erased[phone], closed, self.run(journal(self.database, self.town)))
        self.check_what_is_kept()
        theirs = {
            self.ledger.rows[one]["voter"]
            for one, who in self.ledger.owners.items()
            if who[:2] == (phone, self.erased[phone])
        }
        standing = [row for row in self.ledger.current().values() if not row["payload"].get("withdraw")]
        stays = any(row["voter"] in theirs for row in standing)
        # After the closing the link is cut, so that whoever asks again cannot be told apart from who never answered.
        assert answer.json()["stays"] == ("counted" if closed else "nothing")
        assert closed or not stays
        assert len(self.ledger.rows) == before or self.moment != "closed"
        self.erased[phone] += 1
        self.run(self.phones[phone].post(f"/api/v1/{self.slug}/voter"))

    @rule(which=st.sampled_from(MERGES))
    def a_place_is_taken_in(self, which: tuple[str, str]) -> None:
        ref, into = which
        if ref not in self.merged:
            self.merged[ref] = into
            self.run(merge(self.database, self.town, ref, into))
            self.app.state.program.rulebooks.forget()

    @rule(moment=st.sampled_from(["frozen", "late", "closed"]))
    def time_passes(self, moment: str) -> None:
        if MOMENTS[moment] > MOMENTS[self.moment]:
            self.moment = moment
            self.clock.set(MOMENTS[moment])

    def _send(self, some: list[Sent]) -> None:
        """All at once; of one id at most one body is taken, once, and everything else is told so."""
        answers: dict[int, tuple[int, str]] = {}

        async def one(number: int, phone: int, sending: UUID, body: dict[str, Any]) -> None:
            answer = await send(self.phones[phone], body, sending, slug=self.slug, headers=OUTBOX)
            answers[number] = (answer.status_code, answer.json().get("code", ""))

        async def at_once() -> None:
            async with create_task_group() as tasks:
                for number, (phone, sending, body) in enumerate(some):
                    tasks.start_soon(one, number, phone, sending, body)

        self.run(at_once())
        for number, (phone, sending, body) in enumerate(some):
            if answers[number][0] == 201:
                assert sending not in self.ledger.taken, "an id was taken twice"
                self._taken(phone, sending, body)
        for number, (_, sending, body) in enumerate(some):
            assert answers[number] in self._expected(sending, body), (body, answers[number])
        self.sent += some

    def _taken(self, phone: int, sending: UUID, body: dict[str, Any]) -> None:
        who: Voter = (phone, self.erased[phone], body["person"])
        self.ledger.taken[sending], self.ledger.owners[sending] = body, who
        self.ledger.late[sending] = self.moment == "late"

    def _expected(self, sending: UUID, body: dict[str, Any]) -> list[tuple[int, str]]:
        known = self.ledger.taken.get(sending)
        if known == body:
            return [(201, ""), (200, "")]
        if self.moment == "closed":
            return [(403, "phase-closed")]
        if body["place"] == "X9" and "withdraw" not in body:
            return [(403, "place-closed")]
        assert known is not None, "what may be taken was not"
        return [(409, "id-reused")]

    @invariant()
    def check(self) -> None:
        """What is counted is held against the journal's rows, so these come first."""
        if self.phones:
            self.check_what_is_kept()
            if self.counted != (counted := (len(self.ledger.rows), self.moment)):
                self.check_what_is_counted()
                self.counted = counted

    def check_what_is_kept(self) -> None:
        self.ledger.check_journal(self.run(journal(self.database, self.town)))
        self.ledger.check_current(self.run(current(self.database, self.town)))

    def check_what_is_counted(self) -> None:
        """Both scopes, every table, from the journal's rows alone."""
        process = self.run(find_process(self.database, self.slug))
        desk, public = self.run(release(self.database, process, MOMENTS[self.moment]))
        answers = self.ledger.answers(self.refs)
        assert self.run(stored_counts(self.database, self.town, desk.id)) == by_hand(answers)
        assert desk.participants == len({answer.voter for answer in answers})
        assert desk.late == len(self.ledger.answers(self.refs, late=True))
        shown = self.ledger.renew(self.refs, RENEWED_AFTER[self.moment])
        told = self.run(stored_counts(self.database, self.town, public.id))
        assert public_only(told) == public_only(by_hand(shown))

    def teardown(self) -> None:
        for phone in self.phones:
            self.run(phone.aclose())


def by_hand(answers: Any) -> Any:
    return counted_by_hand(answers, AREAS, FAMILIES)


def public_only(tables: Any) -> Any:
    """Without splits, which have a rule of their own, and without what is published by family only."""
    return {
        table: {key: told for key, told in counts.items() if key[1] not in SPLITS and key[2] not in DISCREET}
        for table, counts in tables.items()
    }



AREAS = areas_of(PLACES)
HISTORIES, STEPS = int(os.environ.get("HISTORIES", "8")), int(os.environ.get("STEPS", "20"))
"""What the checks run; `HISTORIES=200 STEPS=50` in the environment goes on for some minutes."""


async def live_through(machine: Callable[[], Consultation], most: int, phases: tuple[Phase, ...], anew: bool) -> None:
    drawn = hypothesis.settings(
        max_examples=most, stateful_step_count=STEPS, deadline=None, derandomize=not anew, database=None,
        phases=phases, report_multiple_bugs=False, suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    await to_thread.run_sync(lambda: run_state_machine_as_test(cast(type[Consultation], machine), settings=drawn))


async def test_any_history_leaves_what_the_rules_say(
    app: Starlette, database: Database, settings: Settings, clock: Clock
) -> None:
    machine = partial(Consultation, app, database, settings, clock, count())
    await live_through(machine, HISTORIES, (Phase.generate, Phase.shrink), anew="CI" not in os.environ)


@pytest.mark.parametrize(
    ("rule", "instead"),
    [
        ("WHERE (current.seq, current.opinion_id) < (excluded.seq, excluded.opinion_id)", ""),
        ("late, seq DESC, id DESC", "late, seq, id"),
        ("DO UPDATE", "DO NOTHING"),
    ],
    ids=["the last to arrive wins", "of two in a batch the older wins", "nobody may change"],
)
async def test_an_intake_that_breaks_a_rule_is_found(
    app: Starlette,
    database: Database,
    settings: Settings,
    clock: Clock,
    monkeypatch: pytest.MonkeyPatch,
    rule: str,
    instead: str,
) -> None:
    assert queries._STORE.count(rule) == 1
    monkeypatch.setattr(queries, "_STORE", broken(rule, instead))
    machine = partial(Consultation, app, database, settings, clock, count())
    with pytest.raises(AssertionError):
        await live_through(machine, 40, (Phase.generate,), anew=False)


def broken(rule: str, instead: str) -> str:
    """The intake's statement with one of its rules replaced; what nobody may change loses its whole update."""
    before, _, after = queries._STORE.partition(rule)
    if instead == "DO NOTHING":
        after = after[after.index("), arrived AS") :]
    return before + instead + after
