"""Plays acts, in the order of time, through the real program: its cookies, its limits, its codes, its SQL, its rules.

Opinions are judged and stored by the functions that the web calls, without the web in between, which would take
minutes; only sendings that are replayed or altered go through it, since it is there that such things are looked at.
"""

from collections.abc import AsyncIterator, Iterable, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random
from uuid import UUID

import asyncpg
from starlette.applications import Starlette
from starlette.requests import Request

from devanture.app import create_app
from devanture.aside.service import judge, puzzle_solved
from devanture.db.pool import Database
from devanture.errors import Problem
from devanture.follows.limits import MailLimits
from devanture.imports.rules import Dates
from devanture.imports.town import import_town
from devanture.opinions.bulk import store_batch
from devanture.opinions.intake import Sending
from devanture.opinions.rulebook import Rulebook
from devanture.opinions.schemas import OpinionV1
from devanture.opinions.service import Origin, judged
from devanture.program import Program
from devanture.proofs import rules as proof_rules
from devanture.proofs import service as proofs
from devanture.proofs.doors import door_codes, ensure_door_codes
from devanture.proofs.schemas import ProofV1
from devanture.settings import Settings
from devanture.voters.rules import hashes_of, voter_hash
from devanture.web.client import Client, client_of
from devanture.web.voters import COOKIE, Standing, Voter
from geodata.voters.tastes import tastes
from tests.seed import Clock, browser_on, opinion, send
from tests.stuffing.acts import MINUTE, Act, AtDoor, CloseScreen, Ground, Mail, Open, Replay, Say, Solve

TOWN = Path(__file__).parents[2] / "geodata" / "data" / "nantes"
SLUG = "nantes"
BEGINS = datetime(2026, 3, 2, tzinfo=UTC)
EMPTIED = (
    "opinion_journal", "opinion_current", "intake", "leaf", "set_aside", "voter_proof", "mail_code", "facilitator_key",
)  # fmt: skip
A_CROWD, CROWDED = 20, 10 * MINUTE
"""Opinions since the last look from which the next one follows so soon; quieter times are looked at together."""


@dataclass(frozen=True)
class Sent:
    """One opinion that reached the database."""

    id: UUID
    party: str
    who: str
    place: str
    wishes: tuple[str, ...]


@dataclass
class Stage:
    """A program with an empty town in it; `sent` is what the simulation knows of each opinion, by its id."""

    app: Starlette
    clock: Clock
    book: Rulebook
    chance: Random
    posters: dict[str, str]
    screens: dict[str, UUID] = field(default_factory=dict)
    sent: dict[UUID, Sent] = field(default_factory=dict)
    refused: int = 0
    _voters: dict[str, Voter] = field(default_factory=dict)
    _seqs: dict[str, int] = field(default_factory=dict)
    _solved: list[bytes] = field(default_factory=list)
    _provers: tuple[date, proofs.Provers] | None = None
    _captured: dict[str, tuple[UUID, str]] = field(default_factory=dict)

    @property
    def program(self) -> Program:
        running: Program = self.app.state.program
        return running

    async def play(self, acts: Iterable[Act], step: timedelta = 30 * MINUTE) -> None:
        """Everything that is done, minute by minute, with the worker's look at it as often as something comes."""
        looked = minute = BEGINS
        pending: list[Sending] = []
        for act in sorted(acts, key=lambda act: act.at):
            if act.at >= minute + MINUTE:
                if act.at >= looked + (CROWDED if len(pending) >= A_CROWD else step):
                    await self._keep(pending)
                    await self._look(act.at, looked)
                    looked, pending = act.at, []
                minute = act.at
            if (sending := await self._do(act)) is not None:
                pending.append(sending)
        await self._keep(pending)
        await self._look(minute + step, looked)

    async def _keep(self, pending: Sequence[Sending]) -> None:
        organisation_id = self.book.process.organisation_id
        async with self.program.database.transaction(organisation_id) as connection:
            await store_batch(connection, organisation_id, pending)
        if self._solved:
            await puzzle_solved(self.program.database, self.book.process, self._solved, self.clock())
            self._solved.clear()

    async def _look(self, now: datetime, last: datetime) -> None:
        await judge(self.program.database, self.book.process, now, last)

    async def _do(self, act: Act) -> Sending | None:
        match act:
            case Say():
                return self._say(act)
            case Open():
                self._voter(act)
            case Solve():
                self._solve(act)
            case AtDoor() | Mail():
                # Somebody whom the limits or a busy screen turned away gives up, and stays unproven.
                with suppress(Problem):
                    await self._prove(act)
            case CloseScreen():
                process, key_id = self.book.process, self.screens[act.screen]
                await proofs.close_screen(self._provers_of(act.at.date()), process, key_id, act.since, act.at)
            case Replay():
                await self._replay(act)
        return None

    def _voter(self, act: Act) -> Voter:
        """As `program.voter_for`: a cookie once, and another look at one that was over the limit."""
        known = self._voters.get(act.phone)
        if known is None or known.standing is Standing.OVER:
            voter = self.program.issuer.issue(_client(act.address), act.at, known)
            if known is not None and voter.standing is not Standing.OVER:
                self._solved += hashes_of(self.book.voter_key, voter.number)
            known = self._voters[act.phone] = voter
        return known

    def _solve(self, act: Solve) -> None:
        voter = self._voters[act.phone]
        if voter.standing is Standing.OVER:
            self._voters[act.phone] = replace(voter, standing=Standing.PUZZLE)
            self._solved += hashes_of(self.book.voter_key, voter.number)

    def _say(self, act: Say) -> Sending:
        client, seq = _client(act.address), self._seqs.get(act.phone, 0) + 1
        voter = Voter(act.phone, act.at, Standing.FREE) if act.paper else self._voter(act)
        self._seqs[act.phone] = seq
        origin = Origin(
            voter=voter.number, network=client.network, channel="paper" if act.paper else "web",
            proof="paper" if act.paper else "none", host=client.host, issued_at=voter.issued_at,
            standing=voter.standing, waited=act.waited,
        )  # fmt: skip
        door = self.posters[act.place] if act.poster else ""
        said = OpinionV1(v=1, place=act.place, seq=seq, wishes=act.wishes, person=act.person, door=door)
        sending = judged(self.book, self._new_id(), said, origin, act.at)
        self._note(sending.id, act.party, f"{act.phone}#{act.person}", act.place, act.wishes)
        return sending

    def _new_id(self) -> UUID:
        return UUID(int=self.chance.getrandbits(128), version=4)

    def _note(self, sending_id: UUID, party: str, who: str, place: str, wishes: tuple[str, ...]) -> None:
        self.sent[sending_id] = Sent(sending_id, party, who, place, wishes)

    async def _prove(self, act: AtDoor | Mail) -> None:
        voter, process = self._voter(act), self.book.process
        provers = self._provers_of(act.at.date())
        shower = proofs.Shower(voter.number, _client(act.address).network, "fr", act.at)
        if isinstance(act, AtDoor):
            if act.screen not in self.screens:
                self.screens[act.screen] = await proofs.open_screen(provers, process, act.screen, BEGINS)
            codes = {label: code for _, label, code in await proofs.code_now(provers, process, act.at)}
            code = codes[act.screen]
            await proofs.show(provers, self.book, ProofV1(1, "at_door", code), shower)
            return
        await proofs.show(provers, self.book, ProofV1(1, "mail", act.mailbox), shower)
        # What the owner of the mailbox reads there.
        key = self.book.voter_key
        address = proof_rules.source_of(key, "mail", proof_rules.one_mailbox(act.mailbox))
        code = proof_rules.mail_code(key, voter_hash(key, voter.number), address, act.at)
        later = replace(shower, now=act.at + MINUTE)
        await proofs.show(provers, self.book, ProofV1(1, "code", code), later)

    def _provers_of(self, day: date) -> proofs.Provers:
        """Mails are limited by the day of the real clock: each simulated day begins with none sent."""
        if self._provers is None or self._provers[0] != day:
            running = self.program
            self._provers = day, proofs.provers(running.database, running.settings.key, MailLimits(), True)
        return self._provers[1]

    async def _replay(self, act: Replay) -> None:
        """What somebody sends who has kept what their own phone sent, cookie and all."""
        self.clock.set(act.at)
        if act.phone not in self._captured:
            self._captured[act.phone] = self._new_id(), self.program.seal.write(self._voter(act))
            self._seqs[act.phone] += 1
        first, cookie = self._captured[act.phone]
        seq = self._seqs[act.phone] = self._seqs[act.phone] + (act.how == "again")
        changed = {
            "same": (first, cookie, 2), "again": (self._new_id(), cookie, seq),
            "altered": (self._new_id(), _altered(cookie, self.chance), seq), "stripped": (self._new_id(), "", seq),
        }  # fmt: skip
        sending_id, worn, number = changed[act.how]
        cookies = {COOKIE: worn} if worn else {}
        async with browser_on(self.app, client=(act.address, 1)) as browser:
            body = opinion(act.place, seq=number, wishes=list(act.wishes))
            spoofed = {"X-Forwarded-For": f"203.0.113.{self.chance.randrange(256)}"}
            browser.cookies.update(cookies)
            answer = await send(browser, body, sending_id, slug=SLUG, headers=spoofed)
        self.refused += answer.status_code not in (200, 201)
        if sending_id not in self.sent:
            self._note(sending_id, act.party, f"{act.how} {sending_id}", act.place, act.wishes)


def _altered(cookie: str, chance: Random) -> str:
    """Another number under the same signature."""
    at = chance.randrange(43)
    return cookie[:at] + chance.choice("ABCDEFGHJKLMNPQRSTUVWXYZ".replace(cookie[at].upper(), "")) + cookie[at + 1 :]


def _client(address: str) -> Client:
    """Read as the web reads it of a connection."""
    return client_of(Request({"type": "http", "client": (address, 1), "headers": []}), ())


async def found(database: Database, settings: Settings) -> Ground:
    """The demonstration's town without its invented voters; the same for every seed."""
    await import_town(database, settings, TOWN, Dates(BEGINS.date(), date(2026, 4, 30)), BEGINS)
    places = tastes(TOWN, Random(1))
    turn = {number: n for n, number in enumerate(number for number, place in enumerate(places) if not place.site)}
    return Ground([replace(places[n], near=[turn[m] for m in places[n].near if m in turn]) for n in turn], BEGINS)


@asynccontextmanager
async def stage(settings: Settings, superuser: str, seed: str) -> AsyncIterator[Stage]:
    """The program on the emptied town."""
    connection = await asyncpg.connect(superuser, server_settings={"synchronous_commit": "off"})
    await connection.execute("".join(f"DELETE FROM {name};" for name in EMPTIED))
    await connection.execute("VACUUM ANALYZE")
    await connection.close()
    clock = Clock()
    clock.set(BEGINS)
    app = create_app(settings, clock)
    async with app.router.lifespan_context(app):
        running: Program = app.state.program
        book = await running.rulebooks.get(SLUG)
        places = {place.id: ref for ref, place in book.places.items()}
        await ensure_door_codes(running.database, book.process, list(places), BEGINS)
        codes = await door_codes(running.database, book.process)
        posters = {places[place]: code for code, place in codes.items()}
        yield Stage(app, clock, replace(book, door_codes=codes), Random(f"{seed}/ids"), posters)
