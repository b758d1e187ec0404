"""Places that were merged: old posters, answers that waited and answers given before still lead where they should."""

from uuid import uuid4

import pytest
from httpx2 import AsyncClient
from starlette.applications import Starlette

from devanture.db.pool import Database
from tests.seed import Seeded, current, merge, opinion, send
from tests.server.spots.ground import lay_streets, mark

pytestmark = pytest.mark.anyio
PAGES = ("/rue/tournee", "/rue/?autour", "/rue/mes-avis", "/rue/lieux/C12", "/rue/lieux/Q3")


async def test_an_old_poster_and_a_waiting_answer_follow_every_merge(
    client: AsyncClient, app: Starlette, database: Database, town: Seeded
) -> None:
    await merge(database, town, "C14", "C12")
    await merge(database, town, "C12", "Q3")
    app.state.program.rulebooks.forget()
    moved = await client.get("/rue/lieux/C14")
    assert (moved.status_code, moved.headers["location"]) == (308, "/rue/lieux/Q3")
    assert (await send(client, opinion("C14"))).status_code == 201
    assert [row["ref"] for row in await current(database, town)] == ["Q3"]


async def test_a_mark_leads_through_two_merges(
    client: AsyncClient, app: Starlette, database: Database, town: Seeded
) -> None:
    await lay_streets(database, town)
    marked = uuid4()
    ref = (await mark(client, 0, 200, marked)).json()["place"]
    await merge(database, town, ref, "C14")
    await merge(database, town, "C14", "C12")
    app.state.program.rulebooks.forget()
    assert (await client.get("/api/v1/rue/places/" + ref)).json()["place"]["ref"] == "C12"
    assert (await send(client, opinion(str(marked)))).status_code == 201
    assert [row["ref"] for row in await current(database, town)] == ["C12"]


async def test_a_ring_of_merges_ends(client: AsyncClient, app: Starlette, database: Database, town: Seeded) -> None:
    await merge(database, town, "C14", "C12")
    await merge(database, town, "C12", "C14")
    app.state.program.rulebooks.forget()
    assert (await client.get("/rue/lieux/C14")).status_code == 404
    assert (await client.get("/rue/lieux/Q3")).status_code == 200


async def test_every_page_opens_for_whoever_answered_at_a_place_that_was_merged_since(
    client: AsyncClient, app: Starlette, database: Database, town: Seeded
) -> None:
    await send(client, opinion("C14"))
    await merge(database, town, "C14", "C12")
    app.state.program.rulebooks.forget()
    assert [(await client.get(path)).status_code for path in PAGES] == [200] * len(PAGES)
    assert "Rue Crébillon" in (await client.get("/rue/tournee")).text


async def test_every_page_opens_for_whoever_answered_at_a_spot_marked_a_moment_ago(
    client: AsyncClient, database: Database, town: Seeded
) -> None:
    await lay_streets(database, town)
    await client.get("/rue/?autour")
    marked = uuid4()
    await mark(client, 0, 200, marked)
    assert (await send(client, opinion(str(marked)))).status_code == 201
    assert [(await client.get(path)).status_code for path in PAGES] == [200] * len(PAGES)
