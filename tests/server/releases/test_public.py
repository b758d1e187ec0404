"""Public figures open with five people, move with five people, and stand still before closing (TRUST.md)."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from devanture.db.pool import Database
from devanture.processes.service import find_process
from devanture.releases.service import release
from devanture.settings import Settings
from tests.answers import Answer, Counts, keep, people, stored_counts
from tests.seed import CLOSES, OPENS, Seeded, Town, seed

pytestmark = pytest.mark.anyio
NOW = OPENS + timedelta(days=20)
HOUR = timedelta(hours=1)


async def published(database: Database, town: Seeded, now: datetime = NOW) -> dict[str, Counts]:
    _, public = await release(database, await find_process(database, town.slug), now)
    return await stored_counts(database, town, public.id)


async def shown_at(database: Database, town: Seeded, now: datetime = NOW) -> int:
    """People that the public release shows at number 12, 0 when it is hidden."""
    counts = (await published(database, town, now))["place"]
    return counts.get(("C12", "all", ""), (0, 0))[0]


async def test_four_people_stay_hidden_and_the_fifth_opens_the_place(database: Database, town: Seeded) -> None:
    await keep(database, town, people("C12", range(4)))
    assert await shown_at(database, town) == 0
    await keep(database, town, people("C12", [4]))
    assert await shown_at(database, town) == 5


async def test_hidden_places_count_in_no_hexagon_reach_or_total(database: Database, town: Seeded) -> None:
    await keep(database, town, [*people("C12", range(4)), *people("C14", range(10, 14)), *people("Q3", range(20, 24))])
    assert all(not counts for counts in (await published(database, town)).values())
    await keep(database, town, people("Q3", [24]))
    found = await published(database, town)
    assert {count for table in found.values() for key, count in table.items() if key[1] == "all"} == {(5, 5)}


async def test_figures_wait_for_five_people_to_have_come(database: Database, town: Seeded) -> None:
    await keep(database, town, people("C12", range(5)))
    assert await shown_at(database, town) == 5
    await keep(database, town, people("C12", range(5, 9)))
    assert await shown_at(database, town) == 5
    await keep(database, town, people("C12", [9]))
    assert await shown_at(database, town) == 10


async def test_coming_changing_and_leaving_people_add_up_to_five(database: Database, town: Seeded) -> None:
    await keep(database, town, people("C12", range(8)))
    await published(database, town)
    moves = [
        *people("C12", [0, 1], "grocer"),
        *people("C12", [2], "fishmonger", withdrawn=True),
        *people("C12", [8]),
    ]
    await keep(database, town, moves)
    assert (await published(database, town))["place"]["C12", "activity", "fishmonger"] == (8, 8)
    await keep(database, town, people("C12", [3], "grocer"))
    counts = (await published(database, town))["place"]
    assert counts["C12", "activity", "fishmonger"] == (5, 5)
    assert counts["C12", "activity", "grocer"] == (3, 3)


async def test_one_person_who_changes_five_times_moves_nothing(database: Database, town: Seeded) -> None:
    await keep(database, town, people("C12", range(5)))
    before = await published(database, town)
    for wish in ("grocer", "bakery", "pharmacy", "hardware", "housing"):
        await keep(database, town, people("C12", [0], wish))
    assert await published(database, town) == before


async def test_the_order_of_wishes_is_no_change(database: Database, town: Seeded) -> None:
    await keep(database, town, people("C12", range(5), "grocer", "bakery"))
    await published(database, town)
    await keep(database, town, [*people("C12", range(4), "bakery", "grocer"), *people("C12", [4], "fishmonger")])
    assert ("C12", "activity", "fishmonger") not in (await published(database, town))["place"]


async def test_a_place_that_falls_below_five_is_hidden_again(database: Database, town: Seeded) -> None:
    await keep(database, town, people("C12", range(9)))
    await published(database, town)
    await keep(database, town, people("C12", range(5), withdrawn=True))
    assert await shown_at(database, town) == 0
    async with database.transaction(town.organisation_id) as connection:
        assert await connection.fetchval("SELECT count(*) FROM public_basis") == 0


@pytest.mark.parametrize(("before_closing", "people_shown"), [(49 * HOUR, 15), (48 * HOUR, 5), (HOUR, 5)])
async def test_figures_stand_still_for_the_last_48_hours(
    database: Database, town: Seeded, before_closing: timedelta, people_shown: int
) -> None:
    await keep(database, town, people("C12", range(5)))
    await published(database, town)
    await keep(database, town, people("C12", range(5, 15)))
    assert await shown_at(database, town, CLOSES - before_closing) == people_shown


async def test_figures_are_exact_at_closing_and_what_came_late_is_apart(database: Database, town: Seeded) -> None:
    await keep(database, town, people("C12", range(5)))
    await published(database, town)
    await keep(database, town, [*people("C12", [5]), *people("C12", [6], late=True), *people("C14", range(4))])
    _, public = await release(database, await find_process(database, town.slug), CLOSES)
    assert (public.participants, public.late, public.places_shown) == (6, 1, 1)


async def test_a_place_below_five_stays_hidden_after_closing(database: Database, settings: Settings) -> None:
    town = await seed(database, settings, Town().but(closes_at=NOW))
    await keep(database, town, people("C12", range(4)))
    assert await shown_at(database, town) == 0


async def test_belief_and_health_are_told_by_family_only(database: Database, town: Seeded) -> None:
    await keep(database, town, people("C12", range(6), "worship-shop"))
    desk, public = await release(database, await find_process(database, town.slug), NOW)
    for table, counts in (await stored_counts(database, town, public.id)).items():
        assert not [key for key in counts if key[2] == "worship-shop"], table
        assert [count for key, count in counts.items() if key[2] == "care"], table
    exact = await stored_counts(database, town, desk.id)
    assert exact["place"]["C12", "activity", "worship-shop"] == (6, 6)


async def test_what_a_family_leaves_over_tells_no_sensitive_wish(database: Database, town: Seeded) -> None:
    await keep(database, town, [*people("C12", range(6), "pharmacy"), *people("C12", [7], "worship-shop")])
    for table, counts in (await published(database, town)).items():
        told = {key[2] for key in counts if key[1] == "activity"}
        assert not told & {"pharmacy", "worship-shop"}, table
        assert any(key[2] == "care" for key in counts), table


def parts(paper: int) -> list[Answer]:
    return [*people("C12", range(10)), *people("C12", range(20, 20 + paper), channel="paper", proof="paper")]


@pytest.mark.parametrize(("paper", "told"), [(0, True), (4, False), (5, True)])
async def test_a_split_is_published_only_where_every_part_is_none_or_five(
    database: Database, town: Seeded, paper: int, told: bool
) -> None:
    await keep(database, town, parts(paper))
    counts = await published(database, town)
    split: dict[Any, int] = {key: count[0] for key, count in counts["total"].items() if key[1] in ("channel", "proof")}
    expected = {("", "channel", "web"): 10, ("", "proof", "none"): 10}
    if paper:
        expected |= {("", "channel", "paper"): paper, ("", "proof", "paper"): paper}
    assert split == (expected if told else {})
    assert not [key for key in counts["place"] if key[1] in ("channel", "proof")]
