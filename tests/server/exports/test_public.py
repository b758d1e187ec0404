"""The files that anyone may take home: decoded again, and held against the release they come from."""

import csv
import io
from datetime import UTC
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import h3
import pytest
import shapely
from httpx2 import AsyncClient, Response

from devanture.db.pool import Database
from devanture.exports import queries, service
from devanture.exports.views import export_links
from devanture.releases.schemas import Release
from devanture.settings import Settings
from tests.answers import Counts, keep, people, stored_counts
from tests.seed import LAT, LON, PLACES, Seeded, Town, place_row, seed
from tests.server.exports.exported import LAYERS, answered, collection, table

pytestmark = pytest.mark.anyio


def asked_for(counts: Counts) -> Counts:
    return {key: count for key, count in counts.items() if key[1] in ("activity", "family", "choice")}


def counted(rows: list[dict[str, str]], area: str) -> dict[tuple[str, str, str], tuple[int, int]]:
    found = {(row[area], row["level"], row["code"]): (int(row["persons"]), int(row["wishes"])) for row in rows}
    assert len(found) == len(rows)
    return found


async def public(database: Database, town: Seeded) -> Release:
    _, made = await answered(database, town)
    return made


async def test_every_place_stands_once_with_its_address_and_point(
    client: AsyncClient, database: Database, town: Seeded
) -> None:
    await public(database, town)
    rows = {row["ref"]: row for row in await table(client, "/rue/exports/places.csv")}
    assert sorted(rows) == sorted(place.ref for place in PLACES)
    shop = rows["C12"]
    assert (shop["kind"], shop["number"], shop["street"]) == ("premises", "12", "Rue Crébillon")
    assert (shop["title_fr"], shop["title_en"]) == ("12, rue Crébillon", "12 Rue Crébillon")
    assert (float(shop["lon"]), float(shop["lat"])) == (LON, LAT)
    assert (rows["X9"]["near_street"], rows["X9"]["street"]) == ("Allée Flesselles", "")


async def test_a_place_with_four_people_shows_neither_people_nor_wishes(
    client: AsyncClient, database: Database, town: Seeded
) -> None:
    made = await public(database, town)
    rows = {row["ref"]: row for row in await table(client, "/rue/exports/places.csv")}
    shown = {ref: (int(row["participants"]), int(row["wishes"])) for ref, row in rows.items() if row["shown"] == "true"}
    assert shown == {"C12": (7, 12), "S1": (5, 5)}
    assert (len(shown), len(rows) - len(shown)) == (made.places_shown, made.places_hidden)
    assert {(rows[ref]["shown"], rows[ref]["participants"], rows[ref]["wishes"]) for ref in ("C14", "Q3")} == {
        ("false", "", "")
    }
    for layer in ("wishes", "hexagons"):
        assert "bakery" not in {row["code"] for row in await table(client, f"/rue/exports/{layer}.csv")}
    assert "C14" not in {row["ref"] for row in await table(client, "/rue/exports/wishes.csv")}


async def test_the_fifth_answer_opens_the_place_in_the_next_file(
    client: AsyncClient, database: Database, town: Seeded
) -> None:
    await public(database, town)
    await keep(database, town, people("C14", [24], "bakery"))
    await answered(database, town)
    rows = await table(client, "/rue/exports/wishes.csv")
    assert [
        (row["persons"], row["participants"]) for row in rows if row["ref"] == "C14" and row["code"] == "bakery"
    ] == [("5", "5")]


async def test_wishes_are_those_of_the_release(client: AsyncClient, database: Database, town: Seeded) -> None:
    made = await public(database, town)
    stored = await stored_counts(database, town, made.id)
    rows = await table(client, "/rue/exports/wishes.csv")
    assert counted(rows, "ref") == asked_for(stored["place"])
    assert {row["ref"]: int(row["participants"]) for row in rows} == {"C12": 7, "S1": 5}
    named = {row["code"]: (row["label_fr"], row["label_en"], row["family"]) for row in rows}
    assert named["fishmonger"] == ("Poissonnerie", "Fishmonger", "food")
    assert named["food"] == ("Manger", "Food", "food")
    assert named["other"] == ("Autre chose", "Something else", "")


async def test_hexagons_are_those_of_the_release_with_centre_and_size(
    client: AsyncClient, database: Database, town: Seeded
) -> None:
    made = await public(database, town)
    rows = await table(client, "/rue/exports/hexagons.csv")
    stored = (await stored_counts(database, town, made.id))["cell"]
    expected = {(h3.int_to_str(cell), level, code): n for (cell, level, code), n in asked_for(stored).items()}
    assert counted(rows, "cell") == expected
    for row in rows:
        lat, lon = h3.cell_to_latlng(row["cell"])
        assert (float(row["lon"]), float(row["lat"])) == pytest.approx((lon, lat), abs=1e-6)
        assert int(row["resolution"]) == h3.get_resolution(row["cell"])
        assert int(row["participants"]) == stored[h3.str_to_int(row["cell"]), "all", ""][0]


async def test_belief_is_told_by_family_only(client: AsyncClient, database: Database, town: Seeded) -> None:
    await keep(database, town, people("Q3", range(30, 36), "worship-shop"))
    await public(database, town)
    for layer in ("wishes", "hexagons"):
        codes = {row["code"] for row in await table(client, f"/rue/exports/{layer}.csv")}
        assert "worship-shop" not in codes and "care" in codes


async def test_existing_shops_need_no_release(client: AsyncClient, town: Seeded) -> None:
    rows = {row["ref"]: row for row in await table(client, "/rue/exports/supply.csv")}
    assert sorted(rows) == ["s1", "s2", "s3", "s4"]
    bakery = rows["s1"]
    assert (bakery["code"], bakery["label_fr"], bakery["family"], bakery["name"]) == (
        "bakery", "Boulangerie", "food", "Au bon pain",
    )  # fmt: skip
    assert (bakery["seen"], bakery["confirmed"], bakery["source"]) == ("2025-06-15", "false", "IGN")
    assert (rows["s4"]["code"], rows["s4"]["label_fr"], rows["s4"]["seen"]) == ("", "", "")


@pytest.mark.parametrize("layer", LAYERS)
async def test_geojson_holds_the_same_rows_as_the_table(
    client: AsyncClient, database: Database, town: Seeded, layer: str
) -> None:
    await public(database, town)
    rows = await table(client, f"/rue/exports/{layer}.csv")
    features = (await collection(client, f"/rue/exports/{layer}.geojson"))["features"]
    told = [{name: _told(value) for name, value in feature["properties"].items()} for feature in features]
    assert told == [{name: _number(value) for name, value in row.items()} for row in rows]
    for feature, row in zip(features, rows, strict=True):
        shape: Any = shapely.geometry.shape(feature["geometry"])
        assert shape.distance(shapely.Point(float(row["lon"]), float(row["lat"]))) < 1e-6
        assert shape.geom_type == ("Polygon" if layer == "hexagons" else "Point")
        assert layer != "hexagons" or (shape.exterior.is_ccw and len(shape.exterior.coords) in (7, 8))


def _told(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else _number(str(value))


def _number(text: str) -> str:
    """Numbers in one spelling, so that `-1.561` is `-1.561000`."""
    return text.rstrip("0").rstrip(".") if "." in text and text.strip("-0123456789.") == "" else text


async def test_every_file_tells_its_instant_and_scope(client: AsyncClient, database: Database, town: Seeded) -> None:
    made = await public(database, town)
    instant = f"{made.made_at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
    for layer in ("places", "wishes", "hexagons"):
        rows = await table(client, f"/rue/exports/{layer}.csv")
        assert {(row["released_at"], row["scope"]) for row in rows} == {(instant, "public")}
        about = await collection(client, f"/rue/exports/{layer}.geojson")
        assert about["release"] == {"number": made.number, "scope": "public", "instant": instant}
        assert about["attribution"] == "© IGN" and about["sources"] == [{"name": "IGN", "attribution": "© IGN"}]
        assert about["note"] == {"fr": "ce n’est pas un sondage", "en": "this is not a survey"}
        assert about["demonstration"] is True


async def test_the_file_for_excel_opens_in_french(client: AsyncClient, database: Database, town: Seeded) -> None:
    made = await public(database, town)
    answer = await client.get("/rue/exports/places.excel.csv")
    assert answer.content.startswith(b"\xef\xbb\xbfref;kind;")
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"), newline=""), delimiter=";"))
    shop = next(row for row in rows if row["ref"] == "C12")
    assert (shop["lon"], shop["lat"], shop["shown"]) == ("-1,561000", "47,213000", "oui")
    assert shop["released_at"] == f"{made.made_at.astimezone(ZoneInfo('Europe/Paris')):%d/%m/%Y %H:%M}"
    shops = (await client.get("/rue/exports/supply.excel.csv")).content.decode("utf-8-sig")
    assert "15/06/2025" in shops and "Épicerie" not in shops


async def test_hostile_names_are_defused_in_tables_and_kept_in_geojson(
    client: AsyncClient, database: Database, settings: Settings
) -> None:
    names = ['=HYPERLINK("http://x","y")', "@SUM(A1)", "+1", "-1", "\t=1", "Chez;=cmd|' /C calc'!A0", 'x",=1']
    sites = [place_row(f"H{n}", n, kind="site", state="open", name=name) for n, name in enumerate(names)]
    town = await seed(database, settings, Town().but(places=tuple(sites)))
    await answered(database, town)
    for address, delimiter in (("places.csv", ","), ("places.excel.csv", ";")):
        text = (await client.get(f"/rue/exports/{address}")).content.decode("utf-8-sig")
        rows = list(csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter))
        for row, name in zip(rows, names, strict=True):
            for column in ("name", "title_fr", "title_en"):
                assert row[column][0] not in "=+-@\t\r"
                assert row[column].replace("'", "") == name.replace("'", "")
            assert row["lon"].startswith("-1")
    features = (await collection(client, "/rue/exports/places.geojson"))["features"]
    assert [feature["properties"]["name"] for feature in features] == names


async def test_the_dictionary_names_every_column_and_no_other(
    client: AsyncClient, database: Database, town: Seeded
) -> None:
    await public(database, town)
    described = await table(client, "/rue/exports/dictionary.csv")
    for layer in LAYERS:
        columns = list((await table(client, f"/rue/exports/{layer}.csv"))[0])
        assert [row["column"] for row in described if row["layer"] == layer] == columns
        (feature, *_) = (await collection(client, f"/rue/exports/{layer}.geojson"))["features"]
        assert list(feature["properties"]) == columns
    assert {row["layer"] for row in described} == set(LAYERS)
    assert all(row["type"] and row["meaning_fr"] and row["meaning_en"] for row in described)
    assert {row["column"]: row["unit"] for row in described if row["type"] in ("integer", "decimal")} == {
        "lon": "degrees", "lat": "degrees", "participants": "persons", "persons": "persons", "wishes": "wishes",
        "resolution": "",
    }  # fmt: skip


def _headers(answer: Response) -> tuple[str, str]:
    return answer.headers["content-type"], answer.headers["content-disposition"]


async def test_files_say_what_they_are_and_are_named_by_process_layer_and_day(
    client: AsyncClient, database: Database, town: Seeded
) -> None:
    made = await public(database, town)
    day = f"{made.made_at.astimezone(ZoneInfo('Europe/Paris')):%Y-%m-%d}"
    assert _headers(await client.get("/rue/exports/places.csv")) == (
        "text/csv; charset=utf-8", f'attachment; filename="rue-places-{day}.csv"',
    )  # fmt: skip
    assert _headers(await client.get("/rue/exports/wishes.excel.csv")) == (
        "text/csv; charset=utf-8", f'attachment; filename="rue-wishes-{day}.excel.csv"',
    )  # fmt: skip
    assert _headers(await client.get("/rue/exports/hexagons.geojson")) == (
        "application/geo+json", f'attachment; filename="rue-hexagons-{day}.geojson"',
    )  # fmt: skip


async def test_a_file_that_the_asker_has_is_not_sent_again_until_the_next_release(
    client: AsyncClient, database: Database, town: Seeded
) -> None:
    await public(database, town)
    address = "/rue/exports/places.geojson"
    etag = (await client.get(address)).headers["etag"]
    again = await client.get(address, headers={"If-None-Match": etag})
    assert (again.status_code, again.content) == (304, b"")
    assert (await client.get(address, headers={"If-None-Match": f"W/{etag}"})).status_code == 304
    await keep(database, town, people("C14", range(24, 30)))
    await answered(database, town)
    newer = await client.get(address, headers={"If-None-Match": etag})
    assert newer.status_code == 200 and newer.headers["etag"] != etag


@pytest.mark.parametrize("layer", ["places", "wishes", "hexagons"])
async def test_before_the_first_release_a_sentence_says_so(client: AsyncClient, town: Seeded, layer: str) -> None:
    answer = await client.get(f"/rue/exports/{layer}.csv", headers={"Accept-Language": "fr"})
    assert answer.status_code == 404
    assert answer.headers["content-type"] == "application/problem+json"
    assert (answer.json()["code"], answer.json()["title"]) == ("no-release", "Aucun chiffre n’est encore publié")


@pytest.mark.parametrize(
    "name",
    ["places", "places.xlsx", "places.", ".csv", "opinions.csv", "places.csv.gz", "dictionary.geojson", "%00.csv"],
)
async def test_an_unknown_file_gets_the_list_of_those_there_are(client: AsyncClient, town: Seeded, name: str) -> None:
    answer = await client.get(f"/rue/exports/{name}?lang=en")
    assert (answer.status_code, answer.json()["code"]) == (404, "unknown-export")
    assert "places, wishes, hexagons, supply, dictionary" in answer.json()["detail"]
    assert (await client.get("/nowhere/exports/places.csv")).json()["code"] == "unknown-process"


async def test_a_file_longer_than_a_batch_and_than_memory_is_whole(
    client: AsyncClient, database: Database, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queries, "BATCH", 7)
    monkeypatch.setattr(service, "IN_MEMORY", 1000)
    places = [place_row(f"L{n:03}", n) for n in range(60)]
    town = await seed(database, settings, Town().but(places=tuple(places)))
    await keep(database, town, [one for place in places for one in people(place.ref, range(5), "grocer")])
    await answered(database, town)
    rows = await table(client, "/rue/exports/places.csv")
    assert [row["ref"] for row in rows] == [place.ref for place in places]
    assert len((await collection(client, "/rue/exports/wishes.geojson"))["features"]) == 120


@pytest.mark.parametrize("layer", ["places", "wishes", "hexagons"])
async def test_a_file_is_not_written_by_looping_over_counts_that_have_no_statistics_yet(
    database: Database, town: Seeded, layer: str
) -> None:
    made = await public(database, town)
    named = (town.organisation_id, *([town.process_id] if layer == "places" else []), made.id)
    sql = Path(queries.__file__).with_name(f"{layer}.sql").read_text()
    async with database.transaction(town.organisation_id) as connection:
        await queries.begin(connection)
        plan = "\n".join(row[0] for row in await connection.fetch(f"EXPLAIN {sql}", *named))
    assert "Join" in plan and "Nested Loop" not in plan


async def test_a_file_is_of_one_process_only(client: AsyncClient, database: Database, settings: Settings) -> None:
    await answered(database, await seed(database, settings))
    other = await seed(database, settings, Town("autre", "voisine").but(places=(place_row("V1"),), shops=()))
    await keep(database, other, people("V1", range(6), "grocer"))
    await answered(database, other)
    assert {row["ref"] for row in await table(client, "/autre/exports/places.csv")} == {"V1"}
    assert {row["ref"] for row in await table(client, "/autre/exports/wishes.csv")} == {"V1"}
    assert await table(client, "/autre/exports/supply.csv") == []
    assert "V1" not in {row["ref"] for row in await table(client, "/rue/exports/places.csv")}


@pytest.mark.parametrize(
    ("lang", "first"), [("fr", "Souhaits par lieu (Excel)"), ("en", "Wishes by place (French Excel)")]
)
async def test_every_file_that_a_page_offers_is_there(
    client: AsyncClient, database: Database, town: Seeded, lang: str, first: str
) -> None:
    await public(database, town)
    links = export_links("rue", lang)
    assert links[0]["label"] == first
    assert len({link["label"] for link in links}) == len(links) == 4 * 3 + 2
    for link in links:
        assert (await client.get(link["url"])).status_code == 200
