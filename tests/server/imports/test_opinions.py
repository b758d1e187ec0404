"""The invented opinions of a demonstration: stored once, dated back, refused whole."""

import gzip
import hmac
import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from devanture.db.pool import Database
from devanture.errors import OperatorError
from devanture.imports.rules import Dates
from devanture.imports.summary import Summary
from devanture.imports.town import import_town
from devanture.opinions.crowds import crowds
from devanture.opinions.rules import leaf
from devanture.processes.service import find_process, process_key
from devanture.settings import Settings
from tests.server.imports.town import PLACES, SLUG, invented, write_opinions, write_points, write_town_folder

pytestmark = pytest.mark.anyio
NOW = datetime(2026, 11, 23, 22, 30, tzinfo=UTC)


async def load(database: Database, settings: Settings, folder: Path) -> Summary:
    return await import_town(database, settings, folder, Dates(), NOW)


async def journal(database: Database) -> list[dict[str, Any]]:
    process = await find_process(database, SLUG)
    async with database.transaction(process.organisation_id) as connection:
        return [dict(row) for row in await connection.fetch("SELECT * FROM opinion_journal ORDER BY id")]


async def test_every_invented_opinion_is_stored_once(database: Database, settings: Settings, tmp_path: Path) -> None:
    summary = await load(database, settings, write_town_folder(tmp_path, opinions=2500))
    assert (summary.opinions, summary.voters) == (2500, 834)
    assert {str(row["id"]) for row in await journal(database)} == {line["id"] for line in invented(2500)}
    process = await find_process(database, SLUG)
    assert (await crowds(database).get((process.organisation_id, process.id))).total == 834


async def test_an_opinion_is_dated_back_from_today_in_the_towns_zone(
    database: Database, settings: Settings, tmp_path: Path
) -> None:
    folder = write_town_folder(tmp_path)
    [line] = invented(1)
    write_opinions(folder / "opinions.ndjson.gz", iter([{**line, "days_ago": 12}]))
    # 23:30 in London is already the next day in Paris.
    await import_town(database, settings, folder, Dates(), datetime(2026, 11, 23, 23, 30, tzinfo=UTC))
    [row] = await journal(database)
    assert row["day"] == date(2026, 11, 12)


async def test_a_voter_is_stored_as_the_hash_of_its_number(
    database: Database, settings: Settings, tmp_path: Path
) -> None:
    await load(database, settings, write_town_folder(tmp_path, opinions=1))
    process = await find_process(database, SLUG)
    key = await process_key(database, process, "voter", settings.key)
    [row] = await journal(database)
    assert row["voter"] == hmac.digest(key, b"demo:0", "sha256")


async def test_every_invented_opinion_has_its_leaf(database: Database, settings: Settings, tmp_path: Path) -> None:
    await load(database, settings, write_town_folder(tmp_path, opinions=20))
    process = await find_process(database, SLUG)
    key = await process_key(database, process, "leaf", settings.key)
    async with database.transaction(process.organisation_id) as connection:
        leaves = await connection.fetch("SELECT opinion_id, leaf FROM leaf")
    expected = {(row["id"], leaf(key, row["id"], row["digest"])) for row in await journal(database)}
    assert {(row["opinion_id"], row["leaf"]) for row in leaves} == expected and len(leaves) == 20


async def test_opinions_are_not_loaded_again(database: Database, settings: Settings, tmp_path: Path) -> None:
    folder = write_town_folder(tmp_path, opinions=30)
    await load(database, settings, folder)
    write_opinions(folder / "opinions.ndjson.gz", invented(40))
    summary = await load(database, settings, folder)
    assert summary.opinions == 0
    assert any("has opinions already" in note for note in summary.notes)
    assert len(await journal(database)) == 30


async def test_a_real_town_takes_no_invented_opinion(database: Database, settings: Settings, tmp_path: Path) -> None:
    summary = await load(database, settings, write_town_folder(tmp_path, opinions=5, demonstration=False))
    assert summary.opinions == 0
    assert any("not a demonstration" in note for note in summary.notes)
    assert await journal(database) == []


async def test_the_first_opinion_freezes_perimeter_and_choices(
    database: Database, settings: Settings, tmp_path: Path
) -> None:
    folder = write_town_folder(tmp_path / "a", opinions=3)
    await load(database, settings, folder)
    wider = write_town_folder(tmp_path / "b", bounds=[-1.60, 47.19, -1.50, 47.23])
    catalogue = json.loads((wider / "catalogue.json").read_text())
    catalogue["activities"] = [a for a in catalogue["activities"] if a["code"] != "bookshop"]
    (wider / "catalogue.json").write_text(json.dumps(catalogue))
    write_points(wider / "supply.geojson", [])
    summary = await load(database, settings, wider)
    assert any("perimeter is frozen" in note for note in summary.notes)
    assert (await find_process(database, SLUG)).bounds == (-1.57, 47.20, -1.54, 47.22)
    async with database.transaction() as connection:
        assert await connection.fetchval("SELECT count(*) FROM activity WHERE code = 'bookshop'") == 1
    write_points(wider / "places.geojson", [{**PLACES[0], "ref": "loin", "lon": -1.59}])
    with pytest.raises(OperatorError, match="lies outside the bounds"):
        await load(database, settings, wider)


async def test_before_the_first_opinion_the_catalogue_follows_the_folder(
    database: Database, settings: Settings, tmp_path: Path
) -> None:
    folder = write_town_folder(tmp_path)
    await load(database, settings, folder)
    catalogue = json.loads((folder / "catalogue.json").read_text())
    catalogue["activities"] = [a for a in catalogue["activities"] if a["code"] != "fishmonger"]
    (folder / "catalogue.json").write_text(json.dumps(catalogue))
    await load(database, settings, folder)
    async with database.transaction() as connection:
        assert await connection.fetchval("SELECT count(*) FROM activity WHERE code = 'fishmonger'") == 0


BAD_LINES: list[tuple[dict[str, Any], str]] = [
    ({"opinion": {"v": 1, "place": "nowhere", "seq": 1, "wishes": ["baker"]}}, "unknown-place"),
    ({"opinion": {"v": 1, "place": "rue-haute-1", "seq": 1, "wishes": ["dragon"]}}, "unknown-activity, dragon"),
    ({"opinion": {"v": 1, "place": "rue-haute-1", "seq": 1, "wishes": ["garden"]}}, "unknown-activity, garden"),
    ({"opinion": {"v": 1, "place": "rue-haute-1", "seq": 0, "wishes": ["baker"]}}, "bad-opinion"),
    ({"opinion": {"v": 9}}, "bad-opinion, v"),
    ({"opinion": []}, "bad-opinion"),
    ({"id": "not-a-uuid"}, "bad-uuid"),
    ({"channel": "pigeon"}, "channel: Invalid enum value 'pigeon'"),
    ({"days_ago": -1}, "days_ago: Expected `int` >= 0"),
    ({"position": [1, 2]}, "unknown field `position`"),
]


@pytest.mark.parametrize(("change", "said"), BAD_LINES)
async def test_one_bad_line_refuses_the_whole_folder_and_is_named(
    database: Database, settings: Settings, tmp_path: Path, change: dict[str, Any], said: str
) -> None:
    folder = write_town_folder(tmp_path)
    lines = list(invented(4))
    lines[2] |= change
    write_opinions(folder / "opinions.ndjson.gz", iter(lines))
    with pytest.raises(OperatorError, match=r"opinions.ndjson.gz, line 3.*" + said):
        await load(database, settings, folder)
    async with database.transaction() as connection:
        assert await connection.fetchval("SELECT count(*) FROM process") == 0


async def test_an_id_that_stands_twice_is_refused(database: Database, settings: Settings, tmp_path: Path) -> None:
    folder = write_town_folder(tmp_path)
    [line] = invented(1)
    write_opinions(folder / "opinions.ndjson.gz", iter([line, line]))
    with pytest.raises(OperatorError, match="an id stands twice"):
        await load(database, settings, folder)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"plain text", "after line 0: cannot be read"),
        (gzip.compress(b'{"voter"', mtime=0)[:-4], "cannot be read: it is cut"),
        (gzip.compress(b" " * 20_000, mtime=0), "line 1: is longer than 16384 bytes"),
        (gzip.compress(b"\n", mtime=0), "line 1: Input data was truncated"),
    ],
)
async def test_a_damaged_file_is_refused(
    database: Database, settings: Settings, tmp_path: Path, content: bytes, said: str
) -> None:
    folder = write_town_folder(tmp_path)
    (folder / "opinions.ndjson.gz").write_bytes(content)
    with pytest.raises(OperatorError, match=said):
        await load(database, settings, folder)
