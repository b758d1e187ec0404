"""Group commit: batches gather by themselves, a bad row costs nobody else an answer, a full queue says so."""

import asyncio
from collections.abc import Sequence
from contextlib import AsyncExitStack
from dataclasses import replace
from datetime import UTC, date, datetime
from uuid import UUID, uuid4

import asyncpg
import pytest
from anyio import create_task_group
from httpx2 import AsyncClient
from starlette.applications import Starlette

from devanture.app import create_app
from devanture.db.pool import Database
from devanture.errors import Busy
from devanture.opinions.intake import Intake, Outcome, Sending
from devanture.opinions.storing import store_in
from devanture.settings import Settings
from tests.seed import Seeded, browser_on, current, journal, opinion, send

pytestmark = pytest.mark.anyio

HERE, ELSEWHERE = uuid4(), uuid4()


def sending(seq: int = 1, **fields: object) -> Sending:
    known: dict[str, object] = {
        "process_id": uuid4(), "id": uuid4(), "place_id": uuid4(), "voter": b"v" * 32, "seq": seq, "version": 1,
        "payload": {}, "digest": b"d" * 32, "day": date(2026, 11, 20), "channel": "web", "proof": "none",
        "late": False, "wishes": "grocer", "other": False, "withdrawn": False,
        "arrived_at": datetime(2026, 11, 20, tzinfo=UTC), "network": b"n" * 16, "leaf": uuid4().bytes * 2,
    }  # fmt: skip
    return Sending(**(known | fields))  # type: ignore[arg-type]


class Shelf:
    """A store that keeps what it is given, waits at a gate, and fails when a batch holds a bad row."""

    def __init__(self) -> None:
        self.batches: list[list[int]] = []
        self.open = asyncio.Event()
        self.bad: dict[int, Exception] = {}

    async def __call__(self, organisation_id: UUID, batch: Sequence[Sending]) -> list[Outcome]:
        await self.open.wait()
        seqs = [one.seq for one in batch]
        self.batches.append(seqs)
        for seq in seqs:
            if seq in self.bad:
                raise self.bad[seq]
        return [Outcome.STORED] * len(batch)


async def submitted(intake: Intake, *seqs: int, organisation: UUID = HERE) -> list[asyncio.Task[Outcome]]:
    tasks = [asyncio.ensure_future(intake.submit(organisation, sending(seq))) for seq in seqs]
    await asyncio.sleep(0)
    return tasks


async def test_what_arrives_while_a_batch_is_written_makes_the_next_batch() -> None:
    shelf = Shelf()
    intake = Intake(shelf, 100)
    first = await submitted(intake, 1)
    await asyncio.sleep(0)
    others = await submitted(intake, 2, 3, 4)
    shelf.open.set()
    assert await asyncio.gather(*first, *others) == [Outcome.STORED] * 4
    assert shelf.batches == [[1], [2, 3, 4]]


async def test_nobody_is_answered_before_the_commit() -> None:
    shelf = Shelf()
    (waiting,) = await submitted(Intake(shelf, 100), 1)
    await asyncio.sleep(0.02)
    assert not waiting.done()
    shelf.open.set()
    assert await waiting is Outcome.STORED


async def test_one_bad_row_costs_nobody_else_an_answer() -> None:
    shelf = Shelf()
    shelf.open.set()
    shelf.bad[2] = asyncpg.CheckViolationError("no")
    intake = Intake(shelf, 100)
    answers = await asyncio.gather(*await submitted(intake, 1, 2, 3), return_exceptions=True)
    assert answers[0] is answers[2] is Outcome.STORED
    assert isinstance(answers[1], asyncpg.CheckViolationError)
    assert shelf.batches == [[1, 2, 3], [1], [2], [3]]


async def test_a_busy_database_is_not_asked_again_row_by_row() -> None:
    shelf = Shelf()
    shelf.open.set()
    shelf.bad[2] = Busy()
    answers = await asyncio.gather(*await submitted(Intake(shelf, 100), 1, 2, 3), return_exceptions=True)
    assert [type(answer) for answer in answers] == [Busy] * 3
    assert len(shelf.batches) == 1


async def test_a_full_queue_says_busy_at_once() -> None:
    shelf = Shelf()
    intake = Intake(shelf, 2)
    first = await submitted(intake, 1)
    await asyncio.sleep(0)
    waiting = await submitted(intake, 2, 3)
    with pytest.raises(Busy):
        await intake.submit(HERE, sending(4))
    shelf.open.set()
    assert await asyncio.gather(*first, *waiting) == [Outcome.STORED] * 3


async def test_a_full_queue_of_one_town_leaves_another_town_alone() -> None:
    shelf = Shelf()
    intake = Intake(shelf, 1)
    await submitted(intake, 1)
    await asyncio.sleep(0)
    await submitted(intake, 2)
    (elsewhere,) = await submitted(intake, 3, organisation=ELSEWHERE)
    shelf.open.set()
    assert await elsewhere is Outcome.STORED
    await intake.close()


async def test_who_hung_up_is_stored_all_the_same() -> None:
    shelf = Shelf()
    intake = Intake(shelf, 100)
    gone, stays = await submitted(intake, 1, 2)
    gone.cancel()
    shelf.open.set()
    assert await stays is Outcome.STORED
    assert [seq for batch in shelf.batches for seq in batch] == [1, 2]


async def test_closing_waits_for_what_was_taken() -> None:
    shelf = Shelf()
    intake = Intake(shelf, 100)
    tasks = await submitted(intake, 1, 2)
    asyncio.get_running_loop().call_later(0.02, shelf.open.set)
    await intake.close()
    await asyncio.sleep(0)
    assert [task.result() for task in tasks] == [Outcome.STORED] * 2


async def test_one_batch_may_hold_a_resend_a_conflict_and_two_changes(database: Database, town: Seeded) -> None:
    same, place = uuid4(), await _a_place(database, town)
    common = {"process_id": town.process_id, "place_id": place}
    batch = [
        sending(1, id=same, **common),
        sending(1, id=same, **common),
        sending(1, id=same, **common, digest=b"e" * 32),
        sending(3, **common, wishes="bakery"),
        sending(2, **common, wishes="pharmacy hardware"),
    ]
    outcomes = await store_in(database)(town.organisation_id, batch)
    assert outcomes == ["stored", "replayed", "conflict", "stored", "stored"]
    assert len(await journal(database, town)) == 3
    (row,) = await current(database, town)
    assert (row["seq"], row["wishes"]) == (3, ["bakery"])


async def test_a_row_that_the_database_refuses_leaves_the_others_stored(database: Database, town: Seeded) -> None:
    common = {"process_id": town.process_id, "place_id": await _a_place(database, town)}
    intake = Intake(store_in(database), 100)
    rows = [sending(1, **common), sending(2, **common, payload={"other": "a\0b"}), sending(3, **common)]
    answers = await asyncio.gather(*(intake.submit(town.organisation_id, row) for row in rows), return_exceptions=True)
    assert answers[0] is answers[2] is Outcome.STORED
    assert isinstance(answers[1], asyncpg.DataError)
    assert [row["seq"] for row in await journal(database, town)] == [1, 3]


async def test_a_value_that_no_column_holds_is_no_reason_to_try_again(database: Database, town: Seeded) -> None:
    row = sending(2**40, process_id=town.process_id, place_id=await _a_place(database, town))
    with pytest.raises(asyncpg.DataError):
        await store_in(database)(town.organisation_id, [row])


async def test_an_answer_lost_after_the_commit_is_given_again(
    app: Starlette, client: AsyncClient, database: Database, town: Seeded, monkeypatch: pytest.MonkeyPatch
) -> None:
    intake = app.state.program.reception.intake
    store = intake._store

    async def cut(organisation_id: UUID, batch: Sequence[Sending]) -> list[Outcome]:
        await store(organisation_id, batch)
        raise Busy

    same = uuid4()
    monkeypatch.setattr(intake, "_store", cut)
    lost = await send(client, opinion(), same)
    assert (lost.status_code, lost.json()["code"]) == (503, "busy")
    assert int(lost.headers["retry-after"]) > 0
    monkeypatch.setattr(intake, "_store", store)
    assert (await send(client, opinion(), same)).status_code == 200
    assert len(await journal(database, town)) == 1


async def test_phones_beyond_the_queue_are_told_to_come_back(
    database: Database, settings: Settings, town: Seeded
) -> None:
    short = create_app(replace(settings, web=replace(settings.web, intake_queue=5)))
    statuses: list[int] = []

    async def answer() -> None:
        statuses.append((await send(browser_on(short), opinion())).status_code)

    async with short.router.lifespan_context(short), create_task_group() as tasks:
        await short.state.program.rulebooks.get("rue")
        for _ in range(40):
            tasks.start_soon(answer)
    assert set(statuses) == {201, 503}
    assert len(await journal(database, town)) == statuses.count(201)


async def test_readers_who_hold_every_connection_keep_nobody_from_answering(
    app: Starlette, client: AsyncClient, database: Database, settings: Settings, town: Seeded
) -> None:
    async with AsyncExitStack() as readers:
        for _ in range(settings.database.pool_size):
            await readers.enter_async_context(app.state.program.database.transaction())
        assert (await send(client, opinion())).status_code == 201
    assert len(await journal(database, town)) == 1


async def _a_place(database: Database, town: Seeded) -> UUID:
    async with database.transaction(town.organisation_id) as connection:
        found: UUID = await connection.fetchval("SELECT id FROM place WHERE ref = 'C12'")
    return found
