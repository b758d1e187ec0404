"""A town folder becomes a process, on a real PostGIS."""

import asyncio
import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from devanture.db.pool import Database
from devanture.errors import OperatorError
from devanture.imports.rules import Dates
from devanture.imports.summary import Summary
from devanture.imports.town import import_town
from devanture.processes.keys import context, unwrap
from devanture.processes.schemas import Process
from devanture.processes.service import find_process
from devanture.settings import Settings
from tests.server.imports.town import MANIFEST, PLACES, SITE, SLUG, SUPPLY, write_points, write_town_folder

pytestmark = pytest.mark.anyio
DEFAULTS = Dates()
NOW = datetime(2026, 11, 23, 22, 30, tzinfo=UTC)


async def load(database: Database, settings: Settings, folder: Path, asked: Dates = DEFAULTS) -> Summary:
    return await import_town(database, settings, folder, asked, NOW)


async def rows(database: Database, process: Process | None, query: str, *values: Any) -> list[dict[str, Any]]:
    async with database.transaction(process.organisation_id if process else None) as connection:
        return [dict(row) for row in await connection.fetch(query, *values)]


async def count(database: Database, process: Process, table: str) -> int:
    [row] = await rows(database, process, f"SELECT count(*) AS n FROM {table}")
    return int(row["n"])


async def test_a_folder_becomes_a_process(database: Database, settings: Settings, tmp_path: Path) -> None:
    summary = await load(database, settings, write_town_folder(tmp_path))
    process = await find_process(database, SLUG)
    assert (summary.new_process, summary.places_added, summary.shops_added) == (True, 4, 3)
    assert summary.left_out == {"ways with missing nodes": 3}
    assert process.name == MANIFEST["name"]
    assert process.bounds == tuple(MANIFEST["bounds"])
    assert process.organisation == "Ville d’Essai"
    assert process.demonstration is True
    assert process.sources[0]["attribution"] == "© Essai"
    assert (settings.data / "basemaps" / "bourg.pmtiles").read_bytes() == (tmp_path / "basemap.pmtiles").read_bytes()


async def test_wishes_open_now_and_close_at_the_end_of_a_day_of_the_towns_zone(
    database: Database, settings: Settings, tmp_path: Path
) -> None:
    await load(database, settings, write_town_folder(tmp_path))
    process = await find_process(database, SLUG)
    [phase] = process.phases
    assert (phase.code, phase.allows, phase.opens_at) == ("wishes", ("opinions",), NOW)
    # 180 days after 23 November in Paris is 22 May, where summer time (UTC+2) holds.
    assert phase.closes_at == datetime(2027, 5, 22, 21, 59, 59, tzinfo=UTC)
    assert process.handover_on == date(2027, 6, 21)


async def test_days_that_are_asked_for_are_those_of_the_towns_zone(
    database: Database, settings: Settings, tmp_path: Path
) -> None:
    asked = Dates(date(2026, 12, 1), date(2027, 1, 31), date(2027, 2, 15))
    await load(database, settings, write_town_folder(tmp_path), asked)
    process = await find_process(database, SLUG)
    [phase] = process.phases
    assert phase.opens_at == datetime(2026, 11, 30, 23, 0, tzinfo=UTC)
    assert phase.closes_at == datetime(2027, 1, 31, 22, 59, 59, tzinfo=UTC)
    assert process.handover_on == date(2027, 2, 15)


async def test_the_two_keys_open_under_the_operators_key(
    database: Database, settings: Settings, tmp_path: Path
) -> None:
    await load(database, settings, write_town_folder(tmp_path))
    process = await find_process(database, SLUG)
    found = await rows(database, process, "SELECT purpose, wrapped FROM process_key")
    opened = {
        row["purpose"]: unwrap(settings.key, row["wrapped"], context(process.id, row["purpose"])) for row in found
    }
    assert sorted(opened) == ["leaf", "voter"]
    assert opened["leaf"] != opened["voter"]


async def test_a_place_keeps_what_is_public_apart_from_what_is_the_desks(
    database: Database, settings: Settings, tmp_path: Path
) -> None:
    await load(database, settings, write_town_folder(tmp_path))
    process = await find_process(database, SLUG)
    [place] = await rows(
        database, process, "SELECT *, ST_X(geom) AS lon, ST_Y(geom) AS lat FROM place WHERE ref = $1", "rue-haute-1"
    )
    assert (place["lon"], place["lat"], place["number"], place["street"]) == (-1.556, 47.21, "1", "Rue Haute")
    assert place["left"] == {"name": "Au bon pain", "activity": "baker"}
    assert place["plan"]["en"] == "Protected shopping street"
    assert place["seen"] == date(2026, 11, 1)
    details = await rows(database, process, "SELECT field, value, visibility FROM place_detail ORDER BY field")
    assert [(row["field"], row["value"], row["visibility"]) for row in details] == [
        ("landlord", "SCI Essai", "desk"),
        ("rent_month_eur", 1250, "negotiation"),
        ("surface_m2", 85, "desk"),
        ("vacant_since", "2025-03-01", "desk"),
    ]


async def test_a_place_lies_in_its_three_hexagons(database: Database, settings: Settings, tmp_path: Path) -> None:
    await load(database, settings, write_town_folder(tmp_path))
    [place] = await rows(database, None, "SELECT cell_8, cell_9, cell_10 FROM place WHERE ref = $1", "rue-haute-1")
    # An H3 index names its resolution in bits 52 to 55; a child's parent shares its upper digits.
    assert [place[f"cell_{level}"] >> 52 & 15 for level in (8, 9, 10)] == [8, 9, 10]
    digits = {level: place[f"cell_{level}"] >> 3 * (15 - level) & (1 << 3 * level) - 1 for level in (8, 9, 10)}
    assert digits[10] >> 3 == digits[9]
    assert digits[9] >> 3 == digits[8]


async def test_the_catalogue_keeps_its_order_and_words(database: Database, settings: Settings, tmp_path: Path) -> None:
    await load(database, settings, write_town_folder(tmp_path))
    families = await rows(database, None, "SELECT code, kind, shop FROM family ORDER BY position")
    assert [(row["code"], row["kind"], row["shop"]) for row in families] == [
        ("food", "premises", True),
        ("culture", "premises", True),
        ("not-a-shop", "premises", False),
        ("nature", "site", False),
    ]
    [baker] = await rows(database, None, "SELECT * FROM activity WHERE code = 'baker'")
    assert baker["label"] == {"fr": "Boulangerie", "en": "Bakery"}
    assert baker["synonyms"] == {"fr": ["pain"], "en": ["bread"]}
    assert (baker["osm"], baker["naf"], baker["bdcom"]) == (["shop=bakery"], ["10.71C"], [])


async def test_the_same_folder_again_makes_no_twin_and_touches_no_key_or_date(
    database: Database, settings: Settings, tmp_path: Path
) -> None:
    folder = write_town_folder(tmp_path)
    await load(database, settings, folder)
    process = await find_process(database, SLUG)
    before = [
        await rows(database, process, "SELECT * FROM process_key ORDER BY purpose"),
        await rows(database, process, "SELECT * FROM phase"),
        await rows(database, process, "SELECT id, ref FROM place ORDER BY ref"),
    ]
    again = await import_town(
        database, settings, folder, Dates(closes=date(2030, 1, 1)), datetime(2027, 1, 1, tzinfo=UTC)
    )
    assert (again.new_process, again.places_added, again.places_updated) == (False, 0, 4)
    assert (again.shops_added, again.shops_updated, again.shops_removed) == (0, 3, 0)
    assert any("dates" in note for note in again.notes)
    assert [
        await rows(database, process, "SELECT * FROM process_key ORDER BY purpose"),
        await rows(database, process, "SELECT * FROM phase"),
        await rows(database, process, "SELECT id, ref FROM place ORDER BY ref"),
    ] == before


async def test_two_imports_at_once_follow_each_other_and_make_no_twin(
    database: Database, settings: Settings, tmp_path: Path
) -> None:
    folder = write_town_folder(tmp_path, opinions=30)
    both = await asyncio.gather(load(database, settings, folder), load(database, settings, folder))
    assert sorted(summary.new_process for summary in both) == [False, True]
    assert sorted(summary.opinions for summary in both) == [0, 30]
    process = await find_process(database, SLUG)
    assert await count(database, process, "place") == 4
    assert await count(database, process, "process_key") == 2


async def test_a_field_that_the_folder_leaves_out_keeps_what_is_known(
    database: Database, settings: Settings, tmp_path: Path
) -> None:
    folder = write_town_folder(tmp_path)
    await load(database, settings, folder)
    bare = {"ref": "rue-haute-1", "lon": -1.556, "lat": 47.21, "kind": "premises", "state": "works"}
    write_points(folder / "places.geojson", [bare, *PLACES[1:]])
    await load(database, settings, folder)
    [place] = await rows(database, None, "SELECT state, number, name FROM place WHERE ref = 'rue-haute-1'")
    assert place == {"state": "works", "number": "1", "name": "ancienne mercerie"}


async def test_what_the_desk_made_public_stays_public(database: Database, settings: Settings, tmp_path: Path) -> None:
    folder = write_town_folder(tmp_path)
    await load(database, settings, folder)
    process = await find_process(database, SLUG)
    await rows(database, process, "UPDATE place_detail SET visibility = 'public' WHERE field = 'surface_m2'")
    write_points(folder / "places.geojson", [{**PLACES[0], "surface_m2": 90}, *PLACES[1:]])
    await load(database, settings, folder)
    found = await rows(database, process, "SELECT value, visibility FROM place_detail WHERE field = 'surface_m2'")
    assert found == [{"value": 90, "visibility": "public"}]


async def test_a_place_that_vanished_from_the_folder_stays_and_is_told(
    database: Database, settings: Settings, tmp_path: Path
) -> None:
    folder = write_town_folder(tmp_path)
    await load(database, settings, folder)
    write_points(folder / "places.geojson", PLACES[:2])
    summary = await load(database, settings, folder)
    assert summary.kept == [SITE, "rue-basse-2"]
    assert "kept all the same: 2 (place-du-marche, rue-basse-2)" in "\n".join(summary.lines())
    assert await count(database, await find_process(database, SLUG), "process_place") == 4


async def test_a_draft_shop_that_vanished_goes_and_a_confirmed_one_stays(
    database: Database, settings: Settings, tmp_path: Path
) -> None:
    folder = write_town_folder(tmp_path)
    await load(database, settings, folder)
    write_points(folder / "supply.geojson", SUPPLY[:1])
    assert (await load(database, settings, folder)).shops_removed == 1
    found = await rows(database, None, "SELECT ref FROM supply ORDER BY ref")
    assert [row["ref"] for row in found] == ["s1", "s3"]


async def test_open_data_does_not_undo_what_was_seen_on_foot(
    database: Database, settings: Settings, tmp_path: Path
) -> None:
    folder = write_town_folder(tmp_path)
    await load(database, settings, folder)
    write_points(folder / "supply.geojson", [*SUPPLY[:2], {**SUPPLY[2], "name": "Brouillon", "confirmed": False}])
    await load(database, settings, folder)
    [shop] = await rows(database, None, "SELECT name, confirmed FROM supply WHERE ref = 's3'")
    assert shop == {"name": "?", "confirmed": True}


async def test_two_organisations_may_use_the_same_references(
    database: Database, settings: Settings, tmp_path: Path
) -> None:
    await load(database, settings, write_town_folder(tmp_path / "a"))
    other = write_town_folder(tmp_path / "b", slug="ailleurs", organisation={"slug": "autre", "name": "Autre ville"})
    assert (await load(database, settings, other)).places_added == 4
    assert len(await rows(database, None, "SELECT FROM place WHERE ref = 'rue-haute-1'")) == 2


async def test_a_slug_of_another_organisation_is_not_taken_over(
    database: Database, settings: Settings, tmp_path: Path
) -> None:
    await load(database, settings, write_town_folder(tmp_path / "a"))
    thief = write_town_folder(tmp_path / "b", organisation={"slug": "autre", "name": "Autre ville"})
    with pytest.raises(OperatorError, match="another organisation"):
        await load(database, settings, thief)
    assert await rows(database, None, "SELECT FROM organisation WHERE slug = 'autre'") == []


async def test_invented_and_real_answers_never_share_a_process(
    database: Database, settings: Settings, tmp_path: Path
) -> None:
    await load(database, settings, write_town_folder(tmp_path / "a"))
    with pytest.raises(OperatorError, match="never mix"):
        await load(database, settings, write_town_folder(tmp_path / "b", demonstration=False))


async def test_a_reference_of_a_place_elsewhere_is_refused(
    database: Database, settings: Settings, tmp_path: Path
) -> None:
    await load(database, settings, write_town_folder(tmp_path / "a"))
    other = write_town_folder(tmp_path / "b", slug="rive-gauche")
    write_points(other / "places.geojson", [{**PLACES[0], "lat": 47.205}])
    with pytest.raises(OperatorError, match=r"reference rue-haute-1: .* 556 m away"):
        await load(database, settings, other)
    assert await rows(database, None, "SELECT FROM process WHERE slug = 'rive-gauche'") == []


async def test_nothing_is_written_when_the_last_file_is_wrong(
    database: Database, settings: Settings, tmp_path: Path
) -> None:
    folder = write_town_folder(tmp_path, slug="gachis")
    write_points(folder / "supply.geojson", [{**SUPPLY[0], "activity": "dragon-tamer"}])
    with pytest.raises(OperatorError, match=r"supply.geojson, feature 1 \(s1\).*dragon-tamer"):
        await load(database, settings, folder)
    assert await rows(database, None, "SELECT FROM organisation") == []
    assert list((settings.data / "basemaps").glob("*gachis*")) == []


async def test_a_basemap_that_cannot_be_put_in_place_undoes_the_rest(
    database: Database, settings: Settings, tmp_path: Path
) -> None:
    (settings.data / "basemaps" / "impasse.pmtiles" / "in-the-way").mkdir(parents=True)
    with pytest.raises(OperatorError, match="cannot be written"):
        await load(database, settings, write_town_folder(tmp_path, slug="impasse"))
    assert await rows(database, None, "SELECT FROM process") == []


async def test_the_words_of_a_new_process_say_who_decides(
    database: Database, settings: Settings, tmp_path: Path
) -> None:
    await load(database, settings, write_town_folder(tmp_path))
    texts = (await find_process(database, SLUG)).texts
    assert texts["who_decides"]["fr"].startswith("Le propriétaire décide\u202f; la Ville lui remettra")
    for words in texts.values():
        for text in words.values():
            assert "%" not in text % {"organisation": "Ville", "handover": "1er mai"}


async def test_a_manifest_of_another_zone_does_not_move_the_dates(
    database: Database, settings: Settings, tmp_path: Path
) -> None:
    folder = write_town_folder(tmp_path)
    await load(database, settings, folder)
    (folder / "town.json").write_text(json.dumps({**MANIFEST, "timezone": "Europe/London"}))
    with pytest.raises(OperatorError, match="keeps its own, Europe/Paris"):
        await load(database, settings, folder)


async def test_identifiers_tell_nothing_of_their_time(database: Database, settings: Settings, tmp_path: Path) -> None:
    await load(database, settings, write_town_folder(tmp_path))
    ids: list[UUID] = [row["id"] for row in await rows(database, None, "SELECT id FROM place")]
    assert {found.version for found in ids} == {4}
