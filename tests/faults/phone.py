"""A phone: keeps what its person says, sends it in batches, and lets an item go only on the server's word about it."""

import asyncio
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Any, Literal

import msgspec

from tests.faults.journal import Journal, Line
from tests.faults.sendings import Item, opinion_of, other_words, request_of, uuid_of, withdrawal_of
from tests.faults.wire import Answer, Cut, Wire

LetsGo = Literal["on the server's word", "before the answer", "on any error but 400"]
HOME_S = 180.0
"""With a good network, so long may pass without anything leaving a phone: a slow machine is no lost answer."""
AGAIN_S = 0.2
MANY = 48
"""Waiting on a phone: its person then says no more until some of it has left."""
AT_ONCE = 24
"""Items of one flush: on a slow line a long queue goes in several."""


@dataclass
class Habits:
    """How a phone behaves; all phones of a round share them."""

    doors: Sequence[str]
    batch: int = 12
    pause: float = 1.0
    photos: float = 0.0
    """Share of batches that a photo belongs to."""
    again: float = 0.05
    """Share of sendings that are sent once more after they were stored."""
    forms: float = 0.05
    a_new_person_each: int = 60
    lets_go: LetsGo = "on the server's word"
    rare: str = ""
    """A door where four people answer in all: too few to be shown."""
    heard: Counter[str] = field(default_factory=Counter)
    """What all phones were answered, by status."""


class Phone:
    """One of forty; it is in the hand of a new person now and then, with a cookie of their own."""

    def __init__(self, number: int, chance: Random, journal: Journal, port: int, slug: str, habits: Habits) -> None:
        self._number, self._chance, self._journal = number, chance, journal
        self._slug, self._habits = slug, habits
        self._wires = (Wire(port), Wire(port))
        self._generation, self._seq, self._given = 0, 0, 0
        self._cookie = self._network = ""
        self.outbox: dict[str, Item] = {}
        self._sent: dict[str, tuple[Item, Any]] = {}
        """What the server stored, with its answer: the same again must be answered the same."""
        self._tried = set[str]()
        self._told_to_wait = False
        self.submitted = 0

    async def live(self, over: asyncio.Event) -> None:
        """Answer and send until it is over."""
        while not over.is_set():
            if len(self.outbox) < MANY:
                await self.say()
            await self.flush()
            await asyncio.sleep(self._chance.uniform(0, self._habits.pause) + (AGAIN_S if self.outbox else 0))
            if self._given >= self._habits.a_new_person_each and not self.outbox:
                self._change_hands()

    async def say(self) -> None:
        """One batch of intentions, on the disk before any of them may be sent."""
        items = [one for _ in range(self._chance.randint(1, self._habits.batch)) for one in self._intention()]
        await self._journal.keep(Line("submitted", item.id, item.kind, item.who, item.said) for item in items)
        self.outbox |= {item.id: item for item in items}
        self._given += len(items)
        self.submitted += sum(item.kind == "opinion" for item in items)

    async def flush(self) -> None:
        """Try each item once, in any order, two at a time, some of what was stored long ago among them."""
        if not self._cookie and not await self.ask_for_cookie():
            return
        self._told_to_wait = False
        waiting = [*self.outbox.values()]
        again = [item for item, _ in self._sent.values() if self._chance.random() < self._habits.again]
        self._chance.shuffle(waiting)
        # Pictures after words, as the phone does; the same twice at once, as two tabs do.
        waiting.sort(key=lambda item: item.kind == "photo")
        ways = (waiting[:AT_ONCE:2] + again[:3], waiting[1:AT_ONCE:2] + waiting[:1])
        lines: list[Line] = []
        tries = (self._try_each(wire, way, lines) for wire, way in zip(self._wires, ways, strict=True))
        await asyncio.gather(*tries)
        await self._journal.keep(lines)

    async def come_home(self) -> list[str]:
        """With a network again, whatever waits must leave by itself; ids of what did not."""
        clock, before = asyncio.get_running_loop().time, len(self.outbox)
        end = clock() + HOME_S
        while self.outbox and clock() < end:
            await self.flush()
            if len(self.outbox) < before:
                before, end = len(self.outbox), clock() + HOME_S
            else:
                await asyncio.sleep(AGAIN_S)
        self.close()
        return [*self.outbox]

    def close(self) -> None:
        for wire in self._wires:
            wire.close()
        self._journal.close()

    def _intention(self) -> list[Item]:
        chance = self._chance
        person = chance.choice((0, 0, 0, 0, 0, 0, 1, 2, 5))
        place, who = chance.choice(self._habits.doors), f"{self._number}/{self._generation}/{person}"
        # Two tabs may count alike: at equal `seq` the greater identifier stands.
        self._seq += chance.random() > 0.02 or not self._seq
        if self._habits.rare and (self._number < 4, self._generation, person) == (True, 0, 0) and chance.random() < 0.6:
            place = self._habits.rare
        kind = chance.random()
        if kind < 0.08:
            return [Item(uuid_of(chance), "opinion", who, withdrawal_of(chance, place, self._seq, person))]
        said = opinion_of(chance, place, self._seq, person)
        as_form = not person and chance.random() < self._habits.forms and "person" not in said
        items = [Item(uuid_of(chance), "opinion", who, said, as_form)]
        if kind > 0.95:  # undone within ten seconds
            self._seq += 1
            items.append(Item(uuid_of(chance), "opinion", who, withdrawal_of(chance, place, self._seq, person)))
        elif chance.random() < self._habits.photos / self._habits.batch * 2:
            items.append(Item(uuid_of(chance), "photo", who, {"place": place, "opinion": items[0].id}))
        return items

    def _change_hands(self) -> None:
        self._generation, self._seq, self._given, self._cookie = self._generation + 1, 0, 0, ""
        self._sent.clear()

    async def ask_for_cookie(self) -> bool:
        """Before anything else is sent, so that no sending comes from a voter that is not kept."""
        # A network of its own for each person; the proxy before the program is believed about it.
        self._network = ".".join(["10", *(str(self._chance.randint(0, 255)) for _ in range(3))])
        try:
            answer = await self._wires[0].ask("POST", f"/api/v1/{self._slug}/voter", self._headers("text/plain"))
        except Cut:
            return False
        if answer.status == 200 and "next_seq" in _json(answer):
            self._take_cookie(answer)
        return bool(self._cookie)

    async def _try_each(self, wire: Wire, items: Sequence[Item], lines: list[Line]) -> None:
        silence = 0
        for item in items:
            known = item.id in self._sent
            if item.id in self.outbox or known:
                heard = await self._try(wire, item)
                silence = 0 if heard else silence + 1
                lines += heard
            if silence == 2 or self._told_to_wait:  # nobody is there, or too busy: later
                return
            if known and self._chance.random() < 0.1 and item.kind == "opinion":
                lines += await self._misuse(wire, item)

    async def _try(self, wire: Wire, item: Item) -> list[Line]:
        """What to write down; nothing where the server had no word about this item."""
        if self._habits.lets_go == "before the answer":
            self.outbox.pop(item.id, None)
        first = item.id not in self._tried
        self._tried.add(item.id)
        method, path, media, body = request_of(self._slug, item, forms=first)
        # One in sixteen says that it was typed just now: the rules of speed set that aside, and the rest is counted.
        waited = {} if item.id.endswith("0") else {"Devanture-Waited": "1"}
        try:
            answer = await wire.ask(method, path, self._headers(media) | waited, body)
        except Cut:
            self._habits.heard["nothing"] += 1
            return []
        self._habits.heard["from the network" if "x-rig" in answer.headers else str(answer.status)] += 1
        return self._judge(item, answer)

    def _judge(self, item: Item, answer: Answer) -> list[Line]:
        said = _json(answer)
        self._told_to_wait |= answer.status == 503
        by_form = answer.status == 303 and answer.headers.get("location", "").endswith("/merci")
        if by_form or (answer.status in (200, 201) and said.get("id") == item.id and said.get("status") == "stored"):
            return self._let_go(item, said)
        if 400 <= answer.status < 500 and "/problems/" in str(said.get("type", "")):
            self.outbox.pop(item.id, None)
            return [Line("refused", item.id, item.kind, item.who, said.get("code"))]
        if self._habits.lets_go == "on any error but 400" and answer.status >= 400:
            self.outbox.pop(item.id, None)
        return _fault(answer, item)

    def _let_go(self, item: Item, said: dict[str, Any]) -> list[Line]:
        self.outbox.pop(item.id, None)
        before = self._sent.setdefault(item.id, (item, said))[1]
        if said and not before:
            self._sent[item.id] = item, said
        if said and before and said != before:
            return [Line("fault", item.id, said="the same sending was answered otherwise the second time")]
        return [Line("stored", item.id, item.kind, item.who)]

    async def _misuse(self, wire: Wire, item: Item) -> list[Line]:
        """Another opinion under an identifier that was used: 409, and what is stored stays as it is."""
        false = item._replace(said=other_words(item.said), as_form=False)
        method, path, media, body = request_of(self._slug, false, forms=False)
        try:
            answer = await wire.ask(method, path, self._headers(media), body)
        except Cut:
            return []
        if answer.status in (200, 201) and _json(answer).get("id") == item.id:
            return [Line("fault", item.id, said="another opinion was taken under an identifier that was used")]
        return _fault(answer, item)

    def _headers(self, media: str) -> dict[str, str]:
        """A phone's clock is wrong by years: its `Date` says so, and nothing may follow from it."""
        year = self._chance.choice((1970, 2009, 2026, 2038, 2106))
        headers = {"Content-Type": media, "Date": f"Thu, 01 Jan {year} 00:00:00 GMT"}
        headers |= {"X-Forwarded-For": self._network} if self._network else {}
        return headers | ({"Cookie": f"devanture_voter={self._cookie}"} if self._cookie else {})

    def _take_cookie(self, answer: Answer) -> None:
        name, _, value = answer.headers.get("set-cookie", "").partition(";")[0].partition("=")
        if name == "devanture_voter":
            self._cookie = value


def _json(answer: Answer) -> dict[str, Any]:
    try:
        said = msgspec.json.decode(answer.body)
    except msgspec.DecodeError:
        return {}
    return said if isinstance(said, dict) else {}


def _fault(answer: Answer, item: Item) -> list[Line]:
    """No 5xx but 503 with Retry-After, unless it was not the server that spoke."""
    if answer.status < 500 or "x-rig" in answer.headers:
        return []
    if answer.status == 503 and answer.headers.get("retry-after", "").isdigit():
        return []
    return [Line("fault", item.id, said=f"{answer.status} for {item.kind}")]
