"""The rules on the real SQL: what forged crowds leave in the count, and what honest ones lose."""

import json
import random
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any

import pytest

from devanture.aside import queries, rules, service
from devanture.db.pool import Database
from devanture.opinions.crowds import participants_at
from devanture.processes.service import find_process
from devanture.proofs.queries import earn
from devanture.releases.service import release
from devanture.settings import Settings
from devanture.staff.schemas import Member
from devanture.staff.service import add_member
from tests.seed import Seeded, Town, place_row, seed
from tests.server.aside.crowds import Came, arrive, honest, judged

pytestmark = pytest.mark.anyio
NOON = datetime.now(UTC).replace(hour=12, minute=0, second=0, microsecond=0) - timedelta(days=2)
SECOND, MINUTE = timedelta(seconds=1), timedelta(minutes=1)


def script(votes: int, network: str = "script", **fields: object) -> list[Came]:
    """Fresh cookies that all want a grocer at one door, at the pace of a patient machine."""
    known = {"wishes": ("grocer",), "network": network, **fields}
    return [Came(f"{network}-{n}", "C12", at=NOON + n * 2 * SECOND, **known) for n in range(votes)]  # type: ignore[arg-type]


async def test_a_script_behind_one_network_is_set_aside_whole(database: Database, town: Seeded) -> None:
    forged = await arrive(database, town, script(300))
    assert await judged(database, town, NOON + 15 * MINUTE) == dict.fromkeys(forged, "burst")
    process = await find_process(database, town.slug)
    async with database.transaction(town.organisation_id) as connection:
        (place,) = await connection.fetch("SELECT id FROM place WHERE ref = 'C12'")
    assert await participants_at(database, process, place["id"]) == 0
    desk, _ = await release(database, process, NOON + 20 * MINUTE)
    assert (desk.participants, desk.opinions, desk.wishes) == (0, 0, 0)


async def test_what_follows_a_burst_belongs_to_it(database: Database, town: Seeded) -> None:
    await arrive(database, town, script(25))
    assert len(await judged(database, town, NOON + 5 * MINUTE)) == 25
    later = await arrive(database, town, [Came("one more", "C12", ("grocer",), NOON + 9 * MINUTE, "script")])
    assert later[0] in await judged(database, town, NOON + 10 * MINUTE)


async def test_the_same_script_over_two_hundred_networks_is_found(database: Database, town: Seeded) -> None:
    forged = [one for n in range(40) for one in script(25, f"net-{n}")]
    await arrive(database, town, forged)
    assert len(await judged(database, town, NOON + 15 * MINUTE)) == len(forged)


async def test_a_burst_that_takes_two_weeks_is_one_all_the_same(database: Database, town: Seeded) -> None:
    slow = [
        Came(f"{day} {n}", "C12", ("grocer",), NOON - timedelta(days=day) + n * 7 * MINUTE, "home")
        for day in range(14)
        for n in range(3)
    ]
    forged = await arrive(database, town, slow)
    neighbours = [Came(f"n{n}", "C12", ("grocer",), NOON - timedelta(days=n), f"home-{n}") for n in range(9)]
    await arrive(database, town, neighbours)
    assert await judged(database, town, NOON + timedelta(hours=1)) == dict.fromkeys(forged, "burst")


async def test_a_school_of_three_hundred_behind_one_address_counts(database: Database, town: Seeded) -> None:
    luck = random.Random(4)
    came = [
        one for n in range(300) for one in honest(luck, f"p{n}", NOON + luck.uniform(0, 3000) * SECOND, "school")
    ]
    await arrive(database, town, came)
    assert await judged(database, town, NOON + 2 * timedelta(hours=1)) == {}


async def test_a_market_day_behind_one_gateway_counts(database: Database, town: Seeded) -> None:
    luck = random.Random(5)
    came = [
        one
        for n in range(400)
        for one in honest(luck, f"m{n}", NOON + luck.uniform(0, 18_000) * SECOND, "gateway", f"ip{n % 4}")
    ]
    await arrive(database, town, came)
    assert await judged(database, town, NOON + timedelta(hours=6)) == {}


async def test_a_night_after_a_newspaper_article_counts(database: Database, town: Seeded) -> None:
    """Eight in ten ask for the same at the same door, half of them through three mobile gateways."""
    luck = random.Random(6)
    came = [
        Came(
            f"r{n}",
            "C12",
            ("fishmonger",) if luck.random() < 0.8 else ("bakery",),
            NOON + luck.uniform(0, 10_000) * SECOND,
            f"gateway-{n % 3}" if n % 2 else f"home-{n}",
        )
        for n in range(300)
    ]
    await arrive(database, town, came)
    assert await judged(database, town, NOON + timedelta(hours=6)) == {}


async def test_a_script_does_not_hide_among_the_readers(database: Database, town: Seeded) -> None:
    readers = [
        Came(f"r{n}", "C12", ("grocer",), NOON + n * MINUTE, f"home-{n}") for n in range(40)
    ]
    await arrive(database, town, readers)
    forged = await arrive(database, town, script(200))
    assert set(await judged(database, town, NOON + timedelta(hours=2))) == set(forged)


@pytest.mark.parametrize("proof", ["door_code", "at_door", "email", "paper"])
async def test_a_burst_of_people_with_a_code_or_more_counts(database: Database, town: Seeded, proof: str) -> None:
    await arrive(database, town, script(60, proof=proof))
    assert await judged(database, town, NOON + 15 * MINUTE) == {}


@pytest.mark.parametrize("channel", ["paper", "phone", "tablet"])
async def test_what_staff_type_is_never_too_fast(database: Database, town: Seeded, channel: str) -> None:
    typed = script(60, channel=channel, thought=timedelta(0))
    await arrive(database, town, typed)
    assert await judged(database, town, NOON + 15 * MINUTE) == {}


async def test_under_three_seconds_after_the_cookie_is_too_fast(database: Database, town: Seeded) -> None:
    times = [timedelta(seconds=2.9), timedelta(seconds=3)]
    fast, _ = await arrive(
        database, town, [Came(f"v{n}", "C12", ("bakery",), NOON, f"n{n}", thought=t) for n, t in enumerate(times)]
    )
    assert await judged(database, town, NOON + MINUTE) == {fast: "too-fast"}


async def test_a_cookie_of_before_the_clock_was_set_back_tells_nothing(database: Database, town: Seeded) -> None:
    await arrive(database, town, [Came("v", "C12", ("bakery",), NOON, "home", thought=-30 * MINUTE)])
    assert await judged(database, town, NOON + MINUTE) == {}


async def test_an_outbox_that_empties_is_not_too_fast(database: Database, town: Seeded) -> None:
    await arrive(database, town, [Came("v", "C12", ("bakery",), NOON, "home", thought=SECOND, waited=True)])
    assert await judged(database, town, NOON + MINUTE) == {}


async def test_over_the_limit_waits_for_the_puzzle(database: Database, town: Seeded) -> None:
    (over,) = await arrive(database, town, [Came("v", "C12", ("bakery",), NOON, "home", standing="o")])
    assert await judged(database, town, NOON + MINUTE) == {over: "over-limit"}
    process = await find_process(database, town.slug)
    async with database.transaction(town.organisation_id) as connection:
        voter = await connection.fetchval("SELECT voter FROM opinion_journal")
    assert await service.puzzle_solved(database, process, [voter], NOON + 2 * MINUTE) == 1
    assert await judged(database, town, NOON + 3 * MINUTE) == {}


async def test_a_puzzle_solved_before_the_rules_looked_leaves_nothing_to_find(database: Database, town: Seeded) -> None:
    await arrive(database, town, [Came("v", "C12", ("bakery",), NOON, "home", standing="o")])
    process = await find_process(database, town.slug)
    async with database.transaction(town.organisation_id) as connection:
        voter = await connection.fetchval("SELECT voter FROM opinion_journal")
    await service.puzzle_solved(database, process, [voter], NOON + MINUTE)
    assert await judged(database, town, NOON + 2 * MINUTE) == {}


async def test_saying_it_anew_does_not_undo_a_doubt(database: Database, town: Seeded) -> None:
    await arrive(database, town, [Came("v", "C12", ("bakery",), NOON, "home", thought=SECOND)])
    await judged(database, town, NOON + MINUTE)
    (again,) = await arrive(
        database, town, [Came("v", "C12", ("grocer",), NOON + 2 * MINUTE, "home", thought=5 * MINUTE, seq=2)]
    )
    assert (await judged(database, town, NOON + 3 * MINUTE))[again] == "too-fast"


async def test_a_worker_that_stood_still_for_a_week_looks_at_all_of_it(database: Database, town: Seeded) -> None:
    forged = await arrive(database, town, script(30))
    process = await find_process(database, town.slug)
    assert await service.judge(database, process, NOON + timedelta(days=9), NOON - timedelta(days=1)) == len(forged)
    assert await service.judge(database, process, NOON + timedelta(days=9)) == 0


@pytest.fixture
async def long_street(database: Database, settings: Settings) -> Seeded:
    return await seed(database, settings, Town(places=[place_row(f"P{n}", n * 10) for n in range(40)], shops=()))


@pytest.mark.parametrize(("places", "waited", "found"), [(30, False, 0), (31, False, 31), (40, True, 0)])
async def test_more_than_thirty_places_in_ten_minutes_are_too_many_unless_an_outbox_emptied(
    database: Database, long_street: Seeded, places: int, waited: bool, found: int
) -> None:
    came = [
        Came("v", f"P{n}", ("bakery",), NOON + n * 15 * SECOND, "home", waited=waited, thought=MINUTE)
        for n in range(places)
    ]
    await arrive(database, long_street, came)
    assert list((await judged(database, long_street, NOON + 15 * MINUTE)).values()) == ["too-many"] * found


async def test_rows_that_came_at_once_are_not_looked_up_in_each_other(database: Database, town: Seeded) -> None:
    """Before statistics know of them the planner expects one row, and would loop over all of them for each."""
    process = await find_process(database, town.slug)
    key, looked = (town.organisation_id, process.id), (rules.ONLINE, rules.FRESH, rules.LIGHT)
    asked = {
        queries.SINGLE: (NOON, rules.ONLINE, rules.TOO_FAST, rules.TOO_MANY, rules.WITHIN, rules.UNPROVEN),
        queries.SWARMS: (NOON - rules.SLOW, *looked, rules.SWARM_FROM, rules.FEW, NOON),
    }
    for statement, arguments in asked.items():
        async with database.transaction(town.organisation_id) as connection:
            await queries.begin(connection, process.id, service.PATIENCE)
            rows = await connection.fetch(f"EXPLAIN (FORMAT JSON) {statement}", *key, *arguments)
        assert not list(_loops(json.loads(rows[0][0])[0]["Plan"])), "a loop over a table within another"


def _loops(node: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Nested loops over anything but the few values that a row is laid out into."""
    parts = node.get("Plans", [])
    if node["Node Type"] == "Nested Loop" and parts[-1]["Node Type"] not in ("Values Scan", "Function Scan"):
        yield node
    for part in parts:
        yield from _loops(part)


async def proving(database: Database, town: Seeded, voters: list[str], proof: str) -> None:
    """Each with a mailbox of its own, or all with one screen."""
    async with database.transaction(town.organisation_id) as connection:
        for voter in voters:
            hashed = sha256(voter.encode()).digest()
            source = hashed if proof == "email" else b"screen"
            await earn(connection, town.organisation_id, town.process_id, hashed, proof, source, NOON.date())


async def levels(database: Database, town: Seeded) -> Counter[str]:
    async with database.transaction(town.organisation_id) as connection:
        return Counter(row["proof"] for row in await connection.fetch("SELECT proof FROM counted_opinion"))


@pytest.mark.parametrize(("proof", "networks"), [("email", 1), ("at_door", 100)])
async def test_a_burst_whose_phones_have_all_proven_counts_and_is_not_proven(
    database: Database, town: Seeded, proof: str, networks: int
) -> None:
    """A hundred mailboxes on one line, and a facilitator's code that a hundred were sent wherever they were."""
    forged = [Came(f"v{n}", "C12", ("grocer",), NOON + n * MINUTE, f"net-{n % networks}") for n in range(100)]
    opinions = await arrive(database, town, forged)
    await proving(database, town, [one.voter for one in forged], proof)
    assert await judged(database, town, NOON + timedelta(hours=2)) == {}
    assert await levels(database, town) == {"none": 100}
    process = await find_process(database, town.slug)
    (told,) = await service.tallies(database, process)
    assert (told.verdict, told.rule, told.opinions) == ("unproven", "burst", 100)
    assert await service.asides(database, process, opinions) == {}
    assert await service.judge(database, process, NOON + timedelta(hours=3)) == 0


@pytest.mark.parametrize("proof", ["email", "at_door", "verified"])
async def test_a_meeting_that_proves_by_one_line_or_one_screen_is_proven(
    database: Database, town: Seeded, proof: str
) -> None:
    luck = random.Random(7)
    met = [one for n in range(100) for one in honest(luck, f"m{n}", NOON + n * 20 * SECOND, "hall")]
    agreeing = 60 * (proof == "verified")
    alike = [Came(f"a{n}", "C12", ("grocer",), NOON + n * 20 * SECOND, "hall") for n in range(agreeing)]
    await arrive(database, town, met + alike)
    await proving(database, town, sorted({one.voter for one in met + alike}), proof)
    assert await judged(database, town, NOON + timedelta(hours=2)) == {}
    assert await levels(database, town) == {proof: len(met + alike)}


async def test_what_the_desk_has_looked_at_is_proven_again(database: Database, town: Seeded) -> None:
    (one, *_) = await arrive(database, town, forged := script(30))
    await proving(database, town, [came.voter for came in forged], "email")
    await judged(database, town, NOON + 15 * MINUTE)
    process = await find_process(database, town.slug)
    found = await add_member(database, town.organisation_id, "camille@town.example", "Camille", ["moderator"])
    camille = Member(town.organisation_id, found, "camille@town.example", "Camille", ("moderator",))
    assert await service.restore(database, camille, process, one, NOON + 20 * MINUTE)
    assert await service.judge(database, process, NOON + 30 * MINUTE) == 0
    assert await levels(database, town) == {"none": 29, "email": 1}


async def test_a_burst_is_found_look_by_look_as_it_comes(database: Database, town: Seeded) -> None:
    """Each look reads where something came since the one before, and finds what came a week earlier with it."""
    process, forged = await find_process(database, town.slug), script(19)
    await arrive(database, town, forged)
    assert await service.judge(database, process, NOON + MINUTE) == 0
    later = NOON + timedelta(days=1)
    assert await service.judge(database, process, later, NOON + timedelta(hours=3)) == 0
    await arrive(database, town, [Came("last", "C12", ("grocer",), later, "script")])
    assert await service.judge(database, process, later + MINUTE, later - MINUTE) == 20
