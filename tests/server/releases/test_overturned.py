"""The warning where the proven alone would change the first rank."""

import pytest
from httpx2 import AsyncClient

from devanture.db.pool import Database
from devanture.processes.service import find_process
from devanture.program import utc_now
from devanture.releases.service import release
from tests.answers import keep, people
from tests.seed import Seeded

pytestmark = pytest.mark.anyio


@pytest.mark.parametrize(
    ("bakers", "proof", "desk", "public"),
    [(6, "email", True, True), (4, "at_door", True, False), (6, "door_code", False, False), (0, "paper", False, False)],
)
async def test_a_first_rank_that_rests_on_the_unproven_is_told(
    client: AsyncClient, database: Database, town: Seeded, bakers: int, proof: str, desk: bool, public: bool
) -> None:
    """Ten who showed nothing want a grocer; those who did want a baker. Fewer than five are not told in public."""
    await keep(database, town, people("C12", range(10), "grocer"))
    await keep(database, town, people("C12", range(10, 10 + bakers), "bakery", proof=proof))
    made = await release(database, await find_process(database, town.slug), utc_now())
    assert [(one.overturned, one.places_overturned) for one in made] == [(desk, int(desk)), (public, int(public))]
    page = (await client.get("/rue/resultats")).text
    assert ("un autre souhait arriverait en tête de l’ensemble" in page) is public


@pytest.mark.parametrize(("proof", "told"), [("email", True), ("at_door", True), ("door_code", True), ("none", False)])
async def test_a_first_rank_that_rests_on_one_kind_of_proof_is_told(
    database: Database, town: Seeded, proof: str, told: bool
) -> None:
    """A hundred mailboxes of one person prove, and so does a code that went round: without them the baker leads."""
    await keep(database, town, people("C12", range(9), "bakery", proof="paper"))
    await keep(database, town, people("C12", range(9, 13), "bakery"))
    await keep(database, town, people("C12", range(20, 50), "grocer", proof=proof))
    await keep(database, town, people("C12", range(60, 60 + 30 * (proof == "none")), "grocer", proof="paper"))
    made = await release(database, await find_process(database, town.slug), utc_now())
    assert [(one.overturned, one.places_overturned) for one in made] == [(told, int(told))] * 2


async def test_a_first_rank_that_the_proven_share_is_not(database: Database, town: Seeded) -> None:
    await keep(database, town, people("C12", range(10), "grocer"))
    await keep(database, town, people("C12", range(10, 16), "grocer", "bakery", proof="email"))
    made = await release(database, await find_process(database, town.slug), utc_now())
    assert [one.overturned for one in made] == [False, False]


async def test_what_chance_explains_among_few_who_prove_is_not_told(database: Database, town: Seeded) -> None:
    """Of three who prove two want a baker: so it may come where as many want a grocer as not."""
    await keep(database, town, people("C12", range(7), "grocer"))
    await keep(database, town, people("C12", range(7, 12), "bakery"))
    await keep(database, town, people("C12", range(12, 14), "bakery", proof="email"))
    await keep(database, town, people("C12", range(14, 15), "grocer", proof="email"))
    await keep(database, town, people("C14", range(20, 30), "grocer"))
    made = await release(database, await find_process(database, town.slug), utc_now())
    assert [one.places_overturned for one in made] == [0, 0]


async def test_a_first_rank_that_the_proven_hardly_share_is_told_though_it_leads_among_them(
    database: Database, town: Seeded
) -> None:
    """Six prove and want six things; sixty who do not all want one of these."""
    kinds = ("grocer", "bakery", "fishmonger", "pharmacy", "hardware", "housing")
    for number, wish in enumerate(kinds):
        await keep(database, town, people("C12", range(number, number + 1), wish, proof="email"))
    await keep(database, town, people("C12", range(20, 80), "grocer"))
    made = await release(database, await find_process(database, town.slug), utc_now())
    assert [one.places_overturned for one in made] == [1, 1]
