"""Spots in everything that is shown: their page, results, tiles, exports and releases; five people open them."""

from typing import Any
from uuid import uuid4

import mapbox_vector_tile
import pytest
from httpx2 import AsyncClient
from starlette.applications import Starlette

from devanture.db.pool import Database
from devanture.processes.service import find_process
from devanture.program import utc_now
from devanture.releases.schemas import Release
from devanture.releases.service import release
from tests.answers import keep, people, stored_counts
from tests.seed import Seeded, opinion, send
from tests.server.heatmap.test_tiles import tile_at
from tests.server.spots.ground import at, lay_streets, mark

pytestmark = pytest.mark.anyio


@pytest.fixture
async def spot(client: AsyncClient, database: Database, town: Seeded) -> str:
    """The reference of a spot that somebody marked, and where nobody wished yet."""
    await lay_streets(database, town)
    ref: str = (await mark(client, 0, 100)).json()["place"]
    return ref


async def released(app: Starlette, database: Database) -> tuple[Release, Release]:
    app.state.program.rulebooks.forget()
    return await release(database, await find_process(database, "rue"), utc_now())


async def result_of(client: AsyncClient, ref: str) -> dict[str, Any] | None:
    places = (await client.get("/api/v1/rue/results?activity=fishmonger")).json()["places"]
    return next((place for place in places if place["ref"] == ref), None)


async def test_the_wishes_of_a_spot_are_shown_from_five_people_on(
    client: AsyncClient, app: Starlette, database: Database, town: Seeded, spot: str
) -> None:
    await keep(database, town, people(spot, range(4)))
    desk, public = await released(app, database)
    assert (desk.places_shown, public.places_shown, public.places_hidden) == (1, 0, 6)
    hidden = await result_of(client, spot)
    assert hidden and (hidden["participants"], hidden["shown"], hidden["missing"], hidden["top"]) == (4, False, 1, [])
    assert hidden["title"] == "Devant le 14, rue Crébillon"
    await keep(database, town, people(spot, [4]))
    _, public = await released(app, database)
    shown = await result_of(client, spot)
    assert shown and (shown["shown"], shown["persons"], public.places_shown) == (True, 5, 1)
    counts = await stored_counts(database, town, public.id)
    assert counts["place"][spot, "activity", "fishmonger"] == counts["total"]["", "activity", "fishmonger"] == (5, 5)
    assert counts["cell"] and counts["reach"]["C12", "all", ""] == (5, 5)


async def test_a_spot_that_nobody_wishes_at_is_in_no_figure_and_in_no_list(
    client: AsyncClient, app: Starlette, database: Database, town: Seeded, spot: str
) -> None:
    await keep(database, town, people("C12", range(5)))
    desk, public = await released(app, database)
    assert desk.places_shown + desk.places_hidden == public.places_shown + public.places_hidden == 5
    assert await result_of(client, spot) is None
    for path in ("/rue/resultats", "/rue/?autour", "/rue/exports/places.csv", "/api/v1/rue/places", "/api/v1/rue/pack"):
        answer = await client.get(path)
        assert answer.status_code == 200 and spot not in answer.text, path


async def test_a_new_spot_does_not_move_public_figures(
    client: AsyncClient, app: Starlette, database: Database, town: Seeded, spot: str
) -> None:
    await keep(database, town, people("C12", range(5)))
    _, before = await released(app, database)
    await keep(database, town, people(spot, range(10, 14)))
    _, after = await released(app, database)
    assert after == before
    await keep(database, town, people(spot, [14]))
    _, opened = await released(app, database)
    assert opened.number == before.number + 1
    await keep(database, town, people(spot, range(10, 15), withdrawn=True))
    _, closed = await released(app, database)
    assert (closed.number, closed.places_shown) == (before.number + 2, 1)
    assert (await released(app, database))[1] == closed


async def test_files_tiles_and_pages_show_a_spot_that_five_people_opened(
    client: AsyncClient, app: Starlette, database: Database, town: Seeded, spot: str
) -> None:
    await keep(database, town, people(spot, range(5)))
    await released(app, database)
    for path in ("places.csv", "wishes.csv", "places.geojson", "wishes.excel.csv"):
        answer = await client.get(f"/rue/exports/{path}")
        assert spot in answer.text and "Devant le 14, rue Crébillon" in answer.text, path
    zxy = "/".join(map(str, tile_at(15, *at(0, 100))))
    for layer, name in (("places", "places"), ("heat", "doors")):
        tile = mapbox_vector_tile.decode((await client.get(f"/tiles/rue/{layer}/{zxy}.mvt")).content)
        titles = {feature["properties"]["title"] for feature in tile[name]["features"]}
        assert "Devant le 14, rue Crébillon" in titles
    for path in ("/rue/resultats", "/rue/?autour"):
        assert f"/rue/lieux/{spot}" in (await client.get(path)).text, path


@pytest.mark.parametrize(
    ("lang", "title", "thanks"),
    [
        ("fr", "Devant le 14, rue Crébillon", "C’est enregistré\u202f: une poissonnerie, devant le 14, rue Crébillon."),
        ("en", "Outside 14 Rue Crébillon", "Recorded: a fishmonger. Outside 14 Rue Crébillon."),
    ],
)
async def test_the_page_of_a_spot_takes_a_wish_without_javascript(
    client: AsyncClient, town: Seeded, spot: str, lang: str, title: str, thanks: str
) -> None:
    headers = {"Accept": "text/html", "Accept-Language": lang}
    page = (await client.get(f"/rue/lieux/{spot}", headers=headers)).text
    assert title in page and 'value="fishmonger"' in page and 'value="garden"' not in page
    assert "f-pin" in page and "f-shutter" not in page
    assert "Propriétaire :" not in page and "Landlord:" not in page
    assert (await send(client, opinion(spot))).status_code == 201
    after = (await client.get(f"/rue/lieux/{spot}/merci", headers=headers)).text
    assert title in after and thanks in after
    assert (await client.get(f"/api/v1/rue/places/{spot}")).json()["place"]["kind"] == "spot"


async def test_a_spot_is_no_vacancy_to_report_on(client: AsyncClient, town: Seeded, spot: str) -> None:
    body = {"v": 1, "place": spot, "finding": "occupied"}
    answer = await client.put(f"/api/v1/rue/reports/{uuid4()}", json=body)
    assert (answer.status_code, answer.json()["code"]) == (400, "bad-sending")
