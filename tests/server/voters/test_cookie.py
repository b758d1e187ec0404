"""The signed cookie: what we did not write is no cookie, and its bearer answers all the same."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from httpx2 import AsyncClient
from hypothesis import given
from hypothesis import strategies as st
from starlette.applications import Starlette

from devanture.db.pool import Database
from devanture.web.voters import COOKIE, Seal, Standing, Voter, new_number
from tests.seed import Clock, Seeded, cookie_of, journal, opinion, send

pytestmark = pytest.mark.anyio

SEAL = Seal(bytes(range(32)))
VOTER = Voter("a" * 43, datetime(2026, 11, 20, 9, tzinfo=UTC), Standing.OVER)
WRITTEN = SEAL.write(VOTER)


def test_a_cookie_tells_its_voter_when_it_was_issued_and_how() -> None:
    assert SEAL.read(SEAL.write(VOTER)) == VOTER
    assert len(SEAL.write(VOTER)) < 100


def test_the_number_stays_when_the_standing_changes() -> None:
    better = SEAL.read(SEAL.write(replace(VOTER, standing=Standing.PUZZLE)))
    assert better and better.number == VOTER.number and better.standing is Standing.PUZZLE


@pytest.mark.parametrize("at", range(len(WRITTEN)))
def test_no_character_of_it_can_be_changed(at: int) -> None:
    whole = SEAL.write(VOTER)
    # The last of 22 characters holds four bits that say nothing: another spelling of them is not ours either.
    for other in "fpAz0-.":
        if other != whole[at]:
            assert SEAL.read(whole[:at] + other + whole[at + 1 :]) is None


async def test_a_phone_is_told_how_old_its_cookie_is(client: AsyncClient, town: Seeded, clock: Clock) -> None:
    await client.post("/api/v1/rue/voter")
    clock.set(clock() + timedelta(minutes=1))
    assert 60 <= (await client.post("/api/v1/rue/voter")).json()["age"] <= 62


def test_another_program_s_cookie_is_none_of_ours() -> None:
    assert Seal(bytes(range(1, 33))).read(SEAL.write(VOTER)) is None


@given(st.text(max_size=120) | st.just("a" * 43) | st.just(new_number() + ".0.f." + "A" * 22))
def test_nothing_that_we_did_not_write_is_read(text: str) -> None:
    assert SEAL.read(text) is None


@pytest.mark.parametrize(
    "forged",
    ["a" * 43, "x" * 4000, '"quoted"', "a=b", "%00", WRITTEN[:-1] + "-", WRITTEN.replace(".o.", ".f.")],
)
async def test_the_opinion_of_a_forged_cookie_is_taken_under_a_fresh_one(
    client: AsyncClient, database: Database, town: Seeded, forged: str
) -> None:
    answer = await send(client, opinion(), headers={"Cookie": f"{COOKIE}={forged}"})
    assert answer.status_code == 201
    given_ = answer.headers["set-cookie"].partition("=")[2].partition(";")[0]
    assert SEAL.read(given_) and given_ != forged
    assert len(await journal(database, town)) == 1


async def test_a_cookie_that_stands_twice_makes_nobody_twice(
    app: Starlette, client: AsyncClient, database: Database, town: Seeded
) -> None:
    mine, other = cookie_of(app, "a" * 43), "b" * 43
    for header in (f"{COOKIE}={other}; {COOKIE}={mine}", f"{COOKIE}={mine}"):
        assert (await send(client, opinion(), headers={"Cookie": header})).status_code == 201
    assert len({row["voter"] for row in await journal(database, town)}) == 1


async def test_an_arrival_says_when_its_cookie_was_issued_and_how(
    app: Starlette, client: AsyncClient, database: Database, town: Seeded
) -> None:
    issued = datetime(2026, 11, 20, 9, tzinfo=UTC)
    client.cookies.set(COOKIE, cookie_of(app, "a" * 43, Standing.PUZZLE, issued))
    await send(client, opinion())
    async with database.transaction(town.organisation_id) as connection:
        row = await connection.fetchrow("SELECT * FROM intake")
    assert row and (row["issued_at"], row["standing"]) == (issued, "p")
    assert len(row["host"]) == len(row["network"]) == 16 and row["host"] != row["network"]
