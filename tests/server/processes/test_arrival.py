"""The first visit by link: who asks, who decides, until when, what is not open to change; then the walk."""

import re

import pytest
from httpx2 import AsyncClient
from starlette.applications import Starlette

from tests.seed import CLOSES, Clock, Seeded, opinion, send

pytestmark = pytest.mark.anyio


async def test_a_first_visit_says_who_asks_before_it_shows_a_list(client: AsyncClient, town: Seeded) -> None:
    page = await client.get("/rue/")
    assert "Qui demande" in page.text and "Ville de ville" in page.text and "Jusqu’à quand" in page.text
    assert 'href="/rue/?autour"' in page.text and 'href="/rue/resultats"' in page.text
    assert "data-ref" not in page.text
    assert page.headers["cache-control"] == "private, no-store"


async def test_going_on_opens_the_walk_and_the_next_visit_begins_there(client: AsyncClient, town: Seeded) -> None:
    walk = await client.get("/rue/?autour")
    assert 'data-ref="C12"' in walk.text
    assert re.search(r"devanture_arrived=1;.*Path=/rue/;", walk.headers["set-cookie"])
    assert 'data-ref="C12"' in (await client.get("/rue/")).text


async def test_the_copy_that_a_phone_keeps_is_the_walk_and_no_visit(client: AsyncClient, town: Seeded) -> None:
    assert 'data-ref="C12"' in (await client.get("/rue/?autour=garder")).text
    assert "Qui demande" in (await client.get("/rue/")).text and "data-ref" not in (await client.get("/rue/")).text


async def test_a_poster_leads_straight_to_its_door(client: AsyncClient, town: Seeded) -> None:
    page = (await client.get("/rue/lieux/C12")).text
    assert "12, rue Crébillon" in page and 'href="/rue/?autour"' in page


async def test_a_first_visit_tells_how_many_answered_and_that_it_is_over(
    client: AsyncClient, app: Starlette, clock: Clock, town: Seeded
) -> None:
    assert "Soyez la première personne à répondre." in (await client.get("/rue/")).text
    await send(client, opinion())
    app.state.program.crowds.forget()  # A number that took a busy machine long to count is kept for a while.
    assert re.search(r"1\spersonne a répondu\.", (await client.get("/rue/")).text)
    clock.set(CLOSES)
    assert "La consultation est close." in (await client.get("/rue/")).text
