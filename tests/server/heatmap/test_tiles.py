"""Tiles decoded as a map would: positions, counts, caching, and what is refused."""

from math import asinh, atan, degrees, pi, radians, sinh, tan
from typing import Any

import h3
import mapbox_vector_tile
import msgspec
import numpy as np
import pytest
import shapely
from httpx2 import AsyncClient

from devanture.db.pool import Database
from devanture.processes.service import find_process
from devanture.program import utc_now
from devanture.releases.service import release
from tests.answers import keep, people
from tests.seed import LAT, LON, METRE, Seeded

pytestmark = pytest.mark.anyio


def tile_at(zoom: int, lon: float = LON, lat: float = LAT) -> tuple[int, int, int]:
    side = 2**zoom
    return zoom, int((lon + 180) / 360 * side), int((1 - asinh(tan(radians(lat))) / pi) / 2 * side)


def address(layer: str, zoom: int = 15, **query: str) -> str:
    z, x, y = tile_at(zoom)
    return f"/tiles/rue/{layer}/{z}/{x}/{y}.mvt" + "".join(
        f"{'&' if n else '?'}{k}={v}" for n, (k, v) in enumerate(query.items())
    )


async def layers(client: AsyncClient, url: str) -> dict[str, list[dict[str, Any]]]:
    answer = await client.get(url)
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "application/vnd.mapbox-vector-tile"
    decoded = mapbox_vector_tile.decode(answer.content) if answer.content else {}
    return {name: layer["features"] for name, layer in decoded.items()}


async def publish(database: Database, town: Seeded) -> str:
    await keep(
        database, town, [*people("C12", range(6), "fishmonger"), *people("C12", range(6, 8), "grocer", "pharmacy")]
    )
    await keep(database, town, people("C14", range(4)))
    _, public = await release(database, await find_process(database, town.slug), utc_now())
    return str(public.id)


async def test_a_hexagon_tells_how_many_asked_of_how_many(
    client: AsyncClient, database: Database, town: Seeded
) -> None:
    await publish(database, town)
    (hexagon,) = (await layers(client, address("heat", activity="fishmonger")))["hexagons"]
    cell = h3.latlng_to_cell(LAT, LON, 10)
    assert hexagon["properties"] == {"cell": cell, "persons": 6, "answered": 8, "share": 0.75}


@pytest.mark.parametrize(("zoom", "resolution"), [(10, 8), (11, 8), (12, 9), (13, 10), (14, 10), (17, 10)])
async def test_hexagons_grow_as_one_steps_back(
    client: AsyncClient, database: Database, town: Seeded, zoom: int, resolution: int
) -> None:
    await publish(database, town)
    (hexagon,) = (await layers(client, address("heat", zoom)))["hexagons"]
    assert hexagon["properties"]["cell"] == h3.latlng_to_cell(LAT, LON, resolution)


async def test_a_hexagon_lies_where_h3_says(client: AsyncClient, database: Database, town: Seeded) -> None:
    await publish(database, town)
    z, x, y = tile_at(12)
    (hexagon,) = (await layers(client, address("heat", 12)))["hexagons"]

    def on_earth(column: float, row: float) -> tuple[float, float]:
        side = 2**z
        return ((x + column / 4096) / side * 360 - 180, degrees(atan(sinh(pi * (1 - 2 * (y + 1 - row / 4096) / side)))))

    drawn = shapely.transform(
        shapely.geometry.shape(hexagon["geometry"]), lambda points: np.array([on_earth(*point) for point in points])
    )
    true = shapely.Polygon([(lon, lat) for lat, lon in h3.cell_to_boundary(h3.latlng_to_cell(LAT, LON, 9))])
    inside = true.intersection(shapely.box(*on_earth(-64, -64), *on_earth(4160, 4160)))
    assert drawn.symmetric_difference(inside).area < 0.02 * true.area


async def test_doors_carry_their_name_and_hidden_ones_are_absent(
    client: AsyncClient, database: Database, town: Seeded
) -> None:
    await publish(database, town)
    (door,) = (await layers(client, address("heat", activity="grocer")))["doors"]
    assert door["properties"] == {
        "ref": "C12",
        "title": "12, rue Crébillon",
        "persons": 2,
        "answered": 8,
        "share": 0.25,
    }
    (door,) = (await layers(client, address("heat", activity="grocer", lang="en")))["doors"]
    assert door["properties"]["title"] == "12 Rue Crébillon"


async def test_a_family_and_everyone_can_be_asked_for(client: AsyncClient, database: Database, town: Seeded) -> None:
    await publish(database, town)
    for query, persons in (({"family": "food"}, 8), ({"activity": "care"}, 2), ({}, 8), ({"activity": "other"}, 0)):
        (door,) = (await layers(client, address("heat", 15, **query)))["doors"]
        assert door["properties"]["persons"] == persons, query


async def test_what_is_told_by_family_only_has_an_empty_tile_and_not_zeros(
    client: AsyncClient, database: Database, town: Seeded
) -> None:
    await publish(database, town)
    assert await layers(client, address("heat", activity="worship-shop")) == {}


async def test_before_the_first_release_tiles_are_empty(client: AsyncClient, town: Seeded) -> None:
    assert await layers(client, address("heat")) == {}


async def test_a_tile_of_a_named_release_is_kept_for_ever_and_asked_for_once(
    client: AsyncClient, database: Database, town: Seeded
) -> None:
    url = address("heat", release=await publish(database, town))
    first = await client.get(url)
    assert "immutable" in first.headers["cache-control"]
    again = await client.get(url, headers={"If-None-Match": f"W/{first.headers['etag']}"})
    assert (again.status_code, again.content) == (304, b"")
    latest = await client.get(address("heat"))
    assert latest.headers["cache-control"] == "public, max-age=60"
    other = await client.get(address("heat", activity="grocer"), headers={"If-None-Match": first.headers["etag"]})
    assert other.status_code == 200


async def test_a_release_that_is_no_longer_kept_leads_to_the_latest(
    client: AsyncClient, database: Database, town: Seeded
) -> None:
    await publish(database, town)
    for named in ("00000000-0000-4000-8000-000000000000", "older", "%00"):
        answer = await client.get(address("heat", release=named))
        assert (answer.status_code, answer.headers["cache-control"]) == (200, "public, max-age=60")
        assert mapbox_vector_tile.decode(answer.content)["doors"]["features"]


async def test_large_tiles_travel_compressed(client: AsyncClient, database: Database, town: Seeded) -> None:
    async with database.transaction(town.organisation_id) as connection:
        await connection.execute(
            """
            INSERT INTO supply (organisation_id, id, ref, activity, name, geom, confirmed)
            SELECT $1, gen_random_uuid(), 'more-' || i, 'bakery', 'Boulangerie ' || i,
                   ST_SetSRID(ST_MakePoint($2 + i * 0.00001, $3), 4326), true FROM generate_series(1, 100) AS i
            """,
            town.organisation_id,
            LON,
            LAT,
        )
    answer = await client.get(address("supply"), headers={"Accept-Encoding": "gzip"})
    assert answer.headers["content-encoding"] == "gzip"
    assert len(mapbox_vector_tile.decode(answer.content)["supply"]["features"]) > 90


async def test_places_and_shops_have_tiles_of_their_own(client: AsyncClient, town: Seeded) -> None:
    places = (await layers(client, address("places", 14)))["places"]
    assert {place["properties"]["ref"] for place in places} == {"C12", "C14", "Q3", "X9", "S1"}
    shops = (await layers(client, address("supply", 14, activity="bakery")))["supply"]
    assert sorted(shop["properties"]["name"] for shop in shops) == ["Au bon pain", "La mie"]


async def test_a_tile_holds_the_places_inside_it(client: AsyncClient, town: Seeded) -> None:
    z, x, y = tile_at(20, LON, LAT + 60 * METRE)
    places = (await layers(client, f"/tiles/rue/places/{z}/{x}/{y}.mvt"))["places"]
    assert [place["properties"]["ref"] for place in places] == ["C14"]
    assert await layers(client, f"/tiles/rue/places/{z}/{x + 5}/{y}.mvt") == {}


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("heat/15/99999999/0.mvt", 404), ("heat/23/0/0.mvt", 404), ("heat/2/4/0.mvt", 404), ("heat/a/0/0.mvt", 400),
        ("heat/-1/0/0.mvt", 400), ("heat/1/0/1.5.mvt", 400), ("heat/1/²/0.mvt", 400),
        (f"heat/{'9' * 5000}/0/0.mvt", 400),
        ("heat/1/0/0.mvt?activity=unheard-of", 400), ("supply/1/0/0.mvt?activity=unheard-of", 400), ("moon.json", 404),
        ("heat.json?activity=unheard-of", 400),
    ],
)  # fmt: skip
async def test_tiles_that_cannot_be_are_refused_in_words(
    client: AsyncClient, town: Seeded, path: str, status: int
) -> None:
    answer = await client.get(f"/tiles/rue/{path}")
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"


async def test_tilejson_names_layers_and_a_release_that_can_be_fetched(
    client: AsyncClient, database: Database, town: Seeded
) -> None:
    made = await publish(database, town)
    document = msgspec.json.decode((await client.get("/tiles/rue/heat.json?activity=fishmonger")).content)
    assert document["tilejson"] == "3.0.0"
    assert [layer["id"] for layer in document["vector_layers"]] == ["hexagons", "doors"]
    assert document["attribution"] == "© IGN"
    (url,) = document["tiles"]
    assert f"release={made}" in url and url.startswith("http://127.0.0.1:8000/tiles/rue/heat/")
    for name, number in zip("zxy", tile_at(15), strict=True):
        url = url.replace(f"{{{name}}}", str(number))
    fields = {layer["id"]: set(layer["fields"]) for layer in document["vector_layers"]}
    for layer, features in (await layers(client, url)).items():
        assert {name for feature in features for name in feature["properties"]} == fields[layer]


async def test_tilejson_before_the_first_release_names_none(client: AsyncClient, town: Seeded) -> None:
    document = msgspec.json.decode((await client.get("/tiles/rue/heat.json")).content)
    assert "release" not in document and "release=" not in document["tiles"][0]
