"""A release is the recount of the current opinions, and nothing else."""

import random
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from devanture.db.pool import Database
from devanture.errors import Busy
from devanture.processes.service import find_process
from devanture.releases import queries
from devanture.releases.schemas import Release
from devanture.releases.service import latest, release
from devanture.settings import Settings
from tests.answers import Answer, areas_of, counted_by_hand, keep, people, stored_counts
from tests.seed import ACTIVITIES, LON, METRE, OPENS, Seeded, Town, place_row, seed

pytestmark = pytest.mark.anyio
NOW = OPENS + timedelta(days=20)
FAMILIES = {activity.code: activity.family for activity in ACTIVITIES}
STREET = [place_row(f"P{n}", north_m=n * 97, lon=LON + (n % 3) * METRE) for n in range(12)]


async def released(database: Database, town: Seeded, now: datetime = NOW) -> tuple[Release, Release]:
    return await release(database, await find_process(database, town.slug), now)


def invented(seed_of: int) -> list[Answer]:
    draw = random.Random(seed_of)
    answers = {}
    for _ in range(draw.randint(0, 400)):
        place, voter = draw.choice(STREET[:-2]).ref, draw.randint(1, 60)
        answers[place, voter] = Answer(
            place,
            voter,
            tuple(draw.sample(sorted(FAMILIES), draw.randint(0, 3))),
            other=draw.random() < 0.1,
            channel=draw.choice(["web", "paper", "tablet"]),
            proof=draw.choice(["none", "door_code"]),
            withdrawn=draw.random() < 0.1,
            late=draw.random() < 0.05,
        )
    return list(answers.values())


@pytest.mark.parametrize("seed_of", [0, 1, 2, 3])
async def test_a_release_is_the_recount_in_plain_python(database: Database, settings: Settings, seed_of: int) -> None:
    town = await seed(database, settings, Town().but(places=STREET))
    answers = invented(seed_of)
    await keep(database, town, answers)
    desk, _ = await released(database, town)
    by_hand = counted_by_hand(answers, areas_of(STREET), FAMILIES)
    assert await stored_counts(database, town, desk.id) == by_hand
    counted = [answer for answer in answers if not answer.withdrawn and not answer.late]
    assert desk.participants == len({answer.voter for answer in counted})
    assert desk.opinions == len(counted)
    assert desk.wishes == sum(len(answer.wishes) for answer in counted)
    assert desk.late == sum(answer.late and not answer.withdrawn for answer in answers)
    assert desk.places_shown + desk.places_hidden == len(STREET)


async def test_after_closing_the_public_release_counts_every_open_place_exactly(
    database: Database, settings: Settings
) -> None:
    town = await seed(database, settings, Town().but(places=STREET, closes_at=NOW))
    answers = invented(5)
    await keep(database, town, answers)
    _, public = await released(database, town)
    crowds = {place.ref: 0 for place in STREET}
    for answer in answers:
        crowds[answer.place] += not answer.withdrawn and not answer.late
    shown = [answer for answer in answers if crowds[answer.place] >= 5]
    by_hand = counted_by_hand(shown, areas_of(STREET), FAMILIES)
    found = await stored_counts(database, town, public.id)
    assert 0 < len({answer.place for answer in shown}) == public.places_shown
    for table, counts in by_hand.items():
        told = {key: count for key, count in counts.items() if key[2] not in DISCREET and key[1] not in SPLITS}
        assert {key: count for key, count in found[table].items() if key[1] not in SPLITS} == told


SPLITS = ("channel", "proof")
DISCREET = ("worship-shop", "pharmacy")
"""The activities of a family that holds a sensitive one."""


async def test_a_process_that_nobody_answered_has_a_release_of_zeros(database: Database, town: Seeded) -> None:
    desk, public = await released(database, town)
    assert (desk.participants, desk.opinions, desk.wishes, desk.late, desk.places_shown) == (0, 0, 0, 0, 0)
    assert public.places_hidden == 5
    assert all(not counts for counts in (await stored_counts(database, town, public.id)).values())


async def test_releases_are_numbered_and_the_public_one_stays_while_nothing_may_move(
    database: Database, town: Seeded
) -> None:
    await keep(database, town, people("C12", range(6)))
    first_desk, first_public = await released(database, town)
    await keep(database, town, people("C12", [7]))
    desk, public = await released(database, town, NOW + timedelta(minutes=1))
    assert (first_desk.number, desk.number, desk.participants) == (1, 2, 7)
    assert public == first_public
    assert await latest(database, await find_process(database, town.slug), "public") == public


async def test_what_becomes_sensitive_leaves_the_public_figures_at_the_next_release(
    database: Database, town: Seeded
) -> None:
    await keep(database, town, people("C12", range(6), "hardware"))
    _, before = await released(database, town)
    async with database.transaction(town.organisation_id) as connection:
        await connection.execute("UPDATE activity SET sensitive = true WHERE code = 'hardware'")
    _, after = await released(database, town)
    assert ("C12", "activity", "hardware") in (await stored_counts(database, town, before.id))["place"]
    assert ("C12", "activity", "hardware") not in (await stored_counts(database, town, after.id))["place"]


async def test_only_the_last_releases_keep_their_counts(database: Database, town: Seeded) -> None:
    await keep(database, town, people("C12", range(6)))
    made: list[UUID] = [(await released(database, town))[0].id for _ in range(5)]
    kept = [bool((await stored_counts(database, town, one))["place"]) for one in made]
    assert kept == [False, False, True, True, True]
    async with database.transaction(town.organisation_id) as connection:
        assert await connection.fetchval("SELECT count(*) FROM release WHERE scope = 'desk'") == 5


async def test_two_recounts_of_one_process_do_not_meet(database: Database, town: Seeded) -> None:
    async with database.transaction(town.organisation_id) as connection:
        assert await queries.begin(connection, town.process_id, 5)
        with pytest.raises(Busy):
            await released(database, town)


async def test_without_an_organisation_only_public_figures_can_be_read(database: Database, town: Seeded) -> None:
    await keep(database, town, people("C12", range(6)))
    await released(database, town)
    async with database.transaction() as connection:
        for table in ("release", *queries.TABLES):
            scopes = await connection.fetch(f"SELECT DISTINCT scope FROM {table}")
            assert [row["scope"] for row in scopes] == ["public"], table
        assert await connection.fetchval("SELECT count(*) FROM public_basis") == 0


async def test_the_planner_knows_a_release_as_soon_as_it_is_made(database: Database, town: Seeded) -> None:
    await keep(database, town, people("C12", range(6)))
    await released(database, town)
    async with database.transaction(town.organisation_id) as connection:
        counted = await connection.fetchval("SELECT count(*) FROM release_place")
        known = await connection.fetchval("SELECT reltuples FROM pg_class WHERE relname = 'release_place'")
    assert known == counted > 0


async def test_a_recount_that_another_one_overtook_is_asked_for_again(
    database: Database, town: Seeded, monkeypatch: pytest.MonkeyPatch
) -> None:
    await keep(database, town, people("C12", range(6)))
    process, begin = await find_process(database, town.slug), queries.begin
    await release(database, process, NOW)

    async def overtaken(*arguments: Any) -> bool:
        monkeypatch.setattr(queries, "begin", begin)
        await release(database, process, NOW)
        return await begin(*arguments)

    monkeypatch.setattr(queries, "begin", overtaken)
    with pytest.raises(Busy):
        await release(database, process, NOW)
