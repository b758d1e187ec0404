"""The sum beyond the limit: done once by each phone, good for nobody else, and no answer waits for it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec
import pytest
from altcha import Challenge, solve_challenge
from anyio import create_task_group
from httpx2 import AsyncClient, Response
from starlette.applications import Starlette

from devanture.app import create_app
from devanture.db.pool import Database
from devanture.settings import Settings, VoterSettings
from devanture.web.voters import COOKIE, Seal, Standing
from tests.seed import Clock, Seeded, browser_on, cookie_of, opinion, send

pytestmark = pytest.mark.anyio

PUZZLE = "/api/v1/rue/puzzle"


@asynccontextmanager
async def crowded(settings: Settings, clock: Clock) -> AsyncIterator[Starlette]:
    """A program that gives nobody a voter freely any more, and asks for a quick sum."""
    app = create_app(replace(settings, voters=VoterSettings(1, 1, 1)), clock)
    async with app.router.lifespan_context(app):
        await browser_on(app).get("/rue/?autour=1")
        yield app


def solved(challenge: dict[str, Any]) -> dict[str, Any]:
    solution = solve_challenge(Challenge.from_dict(challenge))
    assert solution is not None
    return {"v": 1, "challenge": challenge, "solution": solution.to_dict()}


async def hand_in(phone: AsyncClient) -> Response:
    return await phone.post(PUZZLE, json=solved((await phone.get(PUZZLE)).json()["challenge"]))


def standing(app: Starlette, phone: AsyncClient) -> Standing:
    seal: Seal = app.state.program.seal
    voter = seal.read(phone.cookies[COOKIE])
    assert voter is not None
    return voter.standing


async def arrivals(database: Database, town: Seeded) -> list[str]:
    async with database.transaction(town.organisation_id) as connection:
        return [row["standing"] for row in await connection.fetch("SELECT standing FROM intake ORDER BY arrived_at")]


async def test_an_answer_is_taken_before_the_sum_and_counts_like_any_other_after_it(
    settings: Settings, database: Database, clock: Clock, town: Seeded
) -> None:
    async with crowded(settings, clock) as app:
        phone = browser_on(app)
        assert (await phone.post("/api/v1/rue/voter")).json()["puzzle"] is True
        for seq, person in ((1, 0), (2, 1)):
            assert (await send(phone, opinion(seq=seq, person=person))).status_code == 201
        assert await arrivals(database, town) == ["o", "o"]
        before = phone.cookies[COOKIE]
        answer = await hand_in(phone)
        assert (answer.status_code, answer.json()) == (200, {"status": "solved"})
        assert standing(app, phone) is Standing.PUZZLE
        assert phone.cookies[COOKIE].split(".")[:2] == before.split(".")[:2]
        assert await arrivals(database, town) == ["p", "p"]
        assert (await phone.post("/api/v1/rue/voter")).json()["puzzle"] is False
        assert (await send(phone, opinion("C14", 3))).status_code == 201
        assert await arrivals(database, town) == ["p", "p", "p"]


async def test_a_report_that_waited_for_the_sum_is_taken_after_it(
    settings: Settings, clock: Clock, town: Seeded
) -> None:
    address, body = "/api/v1/rue/reports/2d4f7f2e-6f2c-4d62-9c3b-6a6f1f6f7c11", {"v": 1, "place": "C12"}
    async with crowded(settings, clock) as app:
        phone = browser_on(app)
        await phone.post("/api/v1/rue/voter")
        refused = await phone.put(address, json=body | {"finding": "vacant"})
        assert (refused.status_code, refused.json()["code"]) == (429, "over-limit")
        await hand_in(phone)
        assert (await phone.put(address, json=body | {"finding": "vacant"})).status_code == 201


async def test_a_solution_is_good_for_the_phone_that_was_asked_and_no_other(
    settings: Settings, clock: Clock, town: Seeded
) -> None:
    async with crowded(settings, clock) as app:
        one, other = browser_on(app), browser_on(app)
        for phone in (one, other):
            await phone.post("/api/v1/rue/voter")
        solution = solved((await one.get(PUZZLE)).json()["challenge"])
        replayed = await other.post(PUZZLE, json=solution)
        assert (replayed.status_code, replayed.json()["code"]) == (422, "puzzle-wrong")
        assert standing(app, other) is Standing.OVER
        # An answer that was lost on its way is asked for again.
        assert [(await one.post(PUZZLE, json=solution)).status_code for _ in range(2)] == [200, 200]
        nobody = await browser_on(app).post(PUZZLE, json=solution)
        assert nobody.status_code == 422


@pytest.mark.parametrize(
    ("part", "change"),
    [
        ("parameters", {"cost": 2}),
        ("parameters", {"keyPrefix": "0123"}),
        ("parameters", {"expiresAt": 4_000_000_000}),
        ("parameters", {"nonce": "00" * 16}),
        ("signature", "00" * 32),
        ("solution", {"derivedKey": "0" * 64}),
        ("solution", {"counter": 4_294_967_295}),
    ],
)
async def test_a_sum_that_was_made_easier_or_not_done_is_refused(
    settings: Settings, clock: Clock, town: Seeded, part: str, change: Any
) -> None:
    async with crowded(settings, clock) as app:
        phone = browser_on(app)
        await phone.post("/api/v1/rue/voter")
        sent = solved((await phone.get(PUZZLE)).json()["challenge"])
        if part == "parameters":
            sent["challenge"]["parameters"] |= change
        elif part == "signature":
            sent["challenge"]["signature"] = change
        else:
            sent["solution"] |= change
        answer = await phone.post(PUZZLE, json=sent)
        assert (answer.status_code, answer.json()["code"]) == (422, "puzzle-wrong")
        assert standing(app, phone) is Standing.OVER


@pytest.mark.parametrize(
    "body",
    [
        {"v": 1},
        {"v": 2},
        [],
        {"v": 1, "challenge": {"parameters": {"algorithm": "SHA-256"}, "signature": "00"}, "solution": {}},
        {"v": 1, "challenge": {}, "solution": {"counter": -1, "derivedKey": "zz"}},
    ],
)
async def test_what_is_no_solution_at_all_is_read_strictly(client: AsyncClient, town: Seeded, body: Any) -> None:
    assert (await client.post(PUZZLE, json=body)).status_code == 400


async def test_a_sum_lasts_an_hour(settings: Settings, clock: Clock, town: Seeded) -> None:
    async with crowded(settings, clock) as app:
        phone = browser_on(app)
        phone.cookies.set(COOKIE, cookie_of(app, "a" * 43, Standing.OVER))
        challenge = app.state.program.puzzles.challenge("a" * 43, datetime.now(UTC) - timedelta(minutes=61))
        late = solved(_plain(challenge))
        assert (await phone.post(PUZZLE, json=late)).json()["code"] == "puzzle-wrong"


async def test_whoever_comes_back_in_a_quieter_hour_needs_no_sum(
    settings: Settings, database: Database, clock: Clock, town: Seeded
) -> None:
    async with crowded(settings, clock) as app:
        phone = browser_on(app)
        await phone.post("/api/v1/rue/voter")
        await send(phone, opinion())
        assert await arrivals(database, town) == ["o"]
        clock.set(clock() + timedelta(hours=2, minutes=5))
        assert (await phone.post("/api/v1/rue/voter")).json()["puzzle"] is False
        assert await arrivals(database, town) == ["p"]
        assert (await phone.get(PUZZLE)).json() == {"challenge": None}


async def test_the_arrivals_of_others_keep_their_standing(
    settings: Settings, database: Database, clock: Clock, town: Seeded
) -> None:
    async with crowded(settings, clock) as app:
        one, other = browser_on(app), browser_on(app)
        for phone in (one, other):
            await send(phone, opinion())
        await hand_in(one)
        assert await arrivals(database, town) == ["p", "o"]


async def test_more_solutions_than_can_be_checked_wait_and_are_asked_to_come_back(
    settings: Settings, clock: Clock, town: Seeded
) -> None:
    statuses: list[int] = []

    async def guess(app: Starlette) -> None:
        phone = browser_on(app)
        sent = (await phone.get(PUZZLE)).json()
        solution = {"counter": 1, "derivedKey": "0" * 64}
        answer = await phone.post(PUZZLE, json={"v": 1, **sent, "solution": solution})
        statuses.append(answer.status_code)

    async with crowded(settings, clock) as app:
        app.state.program.puzzles._waiting = 45
        async with create_task_group() as tasks:
            for _ in range(20):
                tasks.start_soon(guess, app)
        assert set(statuses) == {422, 503}
        assert (await browser_on(app).get("/rue/")).status_code == 200


async def test_another_site_cannot_hand_one_in(client: AsyncClient, town: Seeded) -> None:
    answer = await client.post(PUZZLE, json={}, headers={"Origin": "https://evil.example"})
    assert answer.json()["code"] == "cross-site"


def _plain(challenge: Any) -> dict[str, Any]:
    plain: dict[str, Any] = msgspec.to_builtins(challenge)
    return plain
