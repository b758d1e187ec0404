"""Places over HTTP: their page, GeoJSON for others, nearest first."""

from typing import Any

import asyncpg
import pytest
from httpx2 import AsyncClient
from starlette.applications import Starlette

from devanture.db.pool import Database
from devanture.web.i18n import short_day
from tests.seed import HANDOVER, LAT, LON, METRE, Seeded, browser_on, opinion, send

pytestmark = pytest.mark.anyio


async def near(client: AsyncClient, lon: float, lat: float, **query: Any) -> list[dict[str, Any]]:
    answer = await client.get("/api/v1/rue/near", params={"lon": lon, "lat": lat, **query})
    assert answer.status_code == 200
    features: list[dict[str, Any]] = answer.json()["features"]
    return features


async def test_every_place_is_a_point_with_its_public_fields(client: AsyncClient, town: Seeded) -> None:
    answer = await client.get("/api/v1/rue/places")
    assert answer.headers["content-type"] == "application/geo+json"
    places = {place["id"]: place for place in answer.json()["features"]}
    assert places.keys() == {"C12", "C14", "Q3", "X9", "S1"}
    one = places["C12"]
    assert one["geometry"]["coordinates"] == pytest.approx([LON, LAT])
    shown = {name: one["properties"][name] for name in ("title", "hint", "left", "right", "stance", "plan", "vacant")}
    assert shown == {
        "title": "12, rue Crébillon", "hint": "entre Optique Graslin et une pharmacie", "left": "Optique Graslin",
        "right": "une pharmacie", "stance": "partner", "plan": "Linéaire protégé", "vacant": True,
    }  # fmt: skip


async def test_what_is_for_the_desk_stays_at_the_desk(client: AsyncClient, database: Database, town: Seeded) -> None:
    async with database.transaction(town.organisation_id) as connection:
        await connection.execute(
            "INSERT INTO place_detail SELECT organisation_id, id, 'rent_month_eur', '4321'::jsonb, 'desk' FROM place"
        )
    for path in ("/api/v1/rue/places", "/api/v1/rue/pack", "/api/v1/rue/places/C12", "/rue/lieux/C12", "/rue/"):
        page = (await client.get(path)).text
        assert "4321" not in page and "rent_month" not in page, path


async def test_only_doors_are_offered_for_a_door_that_was_not_meant(client: AsyncClient, town: Seeded) -> None:
    others = (await client.get("/rue/lieux/X9")).text.partition("data-wrong-door")[2]
    assert 'data-ref="Q3"' in others and 'data-ref="S1"' not in others


async def test_nearest_comes_first_with_its_distance(client: AsyncClient, town: Seeded) -> None:
    found = await near(client, LON, 47.213)
    assert [place["id"] for place in found] == ["C12", "C14", "Q3", "X9", "S1"]
    assert [place["properties"]["distance_m"] for place in found] == pytest.approx([0, 60, 150, 250, 400], abs=2)
    assert [place["id"] for place in await near(client, LON, 47.217, limit=2)] == ["S1", "X9"]


async def test_a_position_is_rounded_to_three_decimals(client: AsyncClient, town: Seeded) -> None:
    assert await near(client, LON + 0.0004, LAT - 0.0004) == await near(client, LON, LAT)
    assert await near(client, LON, LAT + 0.0006) != await near(client, LON, LAT)


async def test_a_position_is_never_written_down(
    client: AsyncClient, town: Seeded, capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    await near(client, -1.5612345, 47.2134567)
    await client.get("/api/v1/rue/near?lon=-1.5612345&lat=99")
    out = capsys.readouterr()
    ours = [record for record in caplog.records if not record.name.startswith("httpx2")]
    assert "5612" not in out.out + out.err and ours == []


async def test_people_are_counted_live_at_each_place(client: AsyncClient, app: Starlette, town: Seeded) -> None:
    for body in (opinion("C12"), opinion("C12", wishes=["grocer", "bakery"]), opinion("C14")):
        async with browser_on(app) as phone:
            await send(phone, body)
    places = (await client.get("/api/v1/rue/places")).json()["features"]
    counts = {place["id"]: place["properties"]["participants"] for place in places}
    assert counts == {"C12": 2, "C14": 1, "Q3": 0, "X9": 0, "S1": 0}


async def test_one_place_shows_nothing_of_who_asks(client: AsyncClient, town: Seeded) -> None:
    await send(client, opinion())
    assert (await client.get("/api/v1/rue/places/C12")).json()["place"]["answered"] is None


async def test_shops_around_are_told_by_kind(client: AsyncClient, town: Seeded) -> None:
    supply = (await client.get("/api/v1/rue/places/C12")).json()["supply"]
    bakery, pharmacy = supply["rows"]
    assert (bakery["label"], bakery["count"], bakery["within_walk"]) == ("Boulangerie", 2, 2)
    assert (bakery["nearest_m"], bakery["nearest_name"]) == (pytest.approx(39, abs=1), "Au bon pain")
    assert (pharmacy["code"], pharmacy["count"], pharmacy["within_walk"]) == ("pharmacy", 0, 0)
    assert (supply["source"], supply["seen"], supply["not_surveyed"]) == ("IGN", "2025-06-15", True)


async def test_a_merged_place_answers_with_the_one_that_took_it_in(
    client: AsyncClient, database: Database, town: Seeded
) -> None:
    async with database.transaction(town.organisation_id) as connection:
        await connection.execute(
            "UPDATE place SET merged_into = (SELECT id FROM place WHERE ref = 'C12') WHERE ref = 'C14'"
        )
    assert (await client.get("/api/v1/rue/places/C14")).json()["place"]["ref"] == "C12"
    assert "C14" not in [place["id"] for place in await near(client, LON, LAT + 60 * METRE)]


async def test_the_page_of_a_place_shows_what_a_resident_asks_for(client: AsyncClient, town: Seeded) -> None:
    page = (await client.get("/rue/lieux/C12")).text
    for words in ("12, rue Crébillon", "Optique Graslin", "une pharmacie", "Linéaire protégé", "à 39\u202fm"):
        assert words in page
    day = short_day("fr", HANDOVER)
    assert f"Le propriétaire décide\u202f; Ville de ville lui remettra vos souhaits le {day}." in page
    assert page.count('name="wishes"') == 7


async def test_a_site_offers_its_own_catalogue(client: AsyncClient, town: Seeded) -> None:
    page = (await client.get("/rue/lieux/S1")).text
    assert "Square Daviais" in page
    assert 'value="garden"' in page and 'value="bakery"' not in page


async def test_another_town_s_shops_and_places_are_not_shown(
    client: AsyncClient, database: Database, owner: asyncpg.Connection, settings: Any, town: Seeded
) -> None:
    from tests.seed import Town, place_row, seed

    other = Town(slug="ailleurs", organisation="autre", places=(place_row("Z1", 5, number="1"),))
    await seed(database, settings, other)
    assert [place["id"] for place in (await client.get("/api/v1/ailleurs/places")).json()["features"]] == ["Z1"]
    rows = (await client.get("/api/v1/rue/places/C12")).json()["supply"]["rows"]
    assert [row["count"] for row in rows] == [2, 0]
    assert (await client.get("/api/v1/rue/places/Z1")).status_code == 404


async def test_the_doors_beside_one_tell_how_many_have_answered_there(
    client: AsyncClient, app: Starlette, town: Seeded
) -> None:
    assert (await send(client, opinion("C12"))).status_code == 201
    async with browser_on(app) as other:
        page = (await other.get("/rue/lieux/C14", headers={"Accept": "text/html", "Accept-Language": "fr"})).text
    beside = page.partition("Les plus proches")[2]
    assert 'data-ref="C12"' in beside and "1\xa0réponse" in beside
