"""Streets, house numbers, sectors and the walking order that an import leaves behind."""

import json
from pathlib import Path
from typing import Any

import pytest

from devanture.db.pool import Database
from devanture.errors import OperatorError
from devanture.imports.agency import import_list
from devanture.imports.rules import Dates
from devanture.imports.town import import_town
from devanture.places.service import places_of
from devanture.processes.service import find_process
from devanture.program import utc_now
from devanture.settings import Settings
from devanture.streets.service import streets_of
from tests.server.imports.town import SLUG, write_town_folder

pytestmark = pytest.mark.anyio

ADDRESSES = "number,street,lon,lat\n1,rue haute,-1.556,47.2101\n9,Rue Haute,-1.5541,47.2109\n4,Impasse,-1.55,47.21\n"


def collection(features: list[dict[str, Any]]) -> str:
    return json.dumps({"type": "FeatureCollection", "features": features})


def piece(name: str, *corners: tuple[float, float], rank: str = "minor") -> dict[str, Any]:
    line = {"type": "LineString", "coordinates": corners}
    return {"type": "Feature", "geometry": line, "properties": {"name": name, "class": rank}}


def area(ref: str, name: str) -> dict[str, Any]:
    ring = [[-1.56, 47.2], [-1.55, 47.2], [-1.55, 47.21], [-1.56, 47.2]]
    return {
        "type": "Feature",
        "geometry": {"type": "Polygon", "coordinates": [ring]},
        "properties": {"ref": ref, "name": name},
    }


async def imported(database: Database, settings: Settings, folder: Path) -> dict[str, Any]:
    await import_town(database, settings, folder, Dates(), utc_now())
    process = await find_process(database, SLUG)
    async with database.transaction(process.organisation_id) as connection:
        sectors = await connection.fetchval("SELECT sectors FROM process WHERE id = $1", process.id)
    streets = {street.name: street for street in (await streets_of(database, process)).streets}
    return {"streets": streets, "sectors": sectors, "places": await places_of(database, process)}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_town_folder(tmp_path / "town")


async def test_pieces_of_one_name_are_one_street_with_its_numbers(
    database: Database, settings: Settings, folder: Path
) -> None:
    pieces = [
        piece("Rue Haute", (-1.556, 47.21), (-1.555, 47.2105), rank="path"),
        piece("Rue Haute", (-1.555, 47.2105), (-1.554, 47.211), rank="major"),
        piece("Rue Haute", (-1.569, 47.219), (-1.5685, 47.219)),
    ]
    (folder / "streets.geojson").write_text(collection(pieces))
    (folder / "addresses.csv").write_text(ADDRESSES + "7,Rue Haute,-1.5688,47.2191\n1,Loin,2.0,48.0\n")
    found = (await imported(database, settings, folder))["streets"]
    assert {name: (s.rank, len(s.lines), sorted(s.numbers)) for name, s in found.items()} == {
        "Impasse": ("minor", 0, ["4"]),
        "Rue Haute": ("major", 2, ["1", "9"]),
        "Rue Haute (2)": ("minor", 1, ["7"]),
    }


async def test_doors_are_walked_along_their_street_and_a_square_is_in_no_walk(
    database: Database, settings: Settings, folder: Path
) -> None:
    places = (await imported(database, settings, folder))["places"]
    turns = {ref: (place.round, place.step) for ref, place in places.items()}
    assert turns == {
        "rue-haute-1": ("Rue Haute", 0),
        "rue-haute-3": ("Rue Haute", 1),
        "rue-basse-2": ("Rue Basse", 0),
        "place-du-marche": (None, None),
    }
    assert places["rue-haute-3"].side == places["rue-haute-1"].side
    assert places["rue-haute-3"].along_m == pytest.approx(43, abs=3)
    assert (places["rue-basse-2"].side, places["rue-basse-2"].along_m) == (None, None)


async def test_importing_again_replaces_streets_numbers_and_turns(
    database: Database, settings: Settings, folder: Path
) -> None:
    (folder / "addresses.csv").write_text(ADDRESSES)
    await imported(database, settings, folder)
    (folder / "streets.geojson").write_text(collection([piece("Rue Neuve", (-1.5582, 47.209), (-1.5578, 47.209))]))
    (folder / "addresses.csv").unlink()
    found = await imported(database, settings, folder)
    assert list(found["streets"]) == ["Rue Neuve"] and found["streets"]["Rue Neuve"].numbers == {}
    assert found["places"]["rue-basse-2"].round == "Rue Neuve"


async def test_an_agencys_list_joins_the_walk(
    database: Database, settings: Settings, folder: Path, tmp_path: Path
) -> None:
    await imported(database, settings, folder)
    listing = tmp_path / "list.csv"
    listing.write_text("ref;numéro;rue;lon;lat\nA1;2;Rue Haute;-1.5558;47.2101\n", encoding="utf-8")
    await import_list(database, listing, SLUG)
    places = await places_of(database, await find_process(database, SLUG))
    walk = sorted((p.step, p.ref) for p in places.values() if p.round == "Rue Haute" and p.step is not None)
    assert [ref for _, ref in walk] == ["rue-haute-1", "A1", "rue-haute-3"]


SECTORS = [{"code": "nord", "fr": "Nord", "en": "North"}, {"code": "sud", "fr": "Sud", "en": "South"}]
AREAS = [area("r1", "Bourg"), area("r2", "Gare")]


@pytest.mark.parametrize(
    ("named", "areas", "sectors"),
    [
        (SECTORS, AREAS, SECTORS),
        ([], AREAS, [{"code": r, "fr": n, "en": n} for r, n in (("r1", "Bourg"), ("r2", "Gare"))]),
        ([], AREAS[:1], []),
        ([], [area(f"r{n}", f"Quartier {n}") for n in range(9)], []),
        ([], None, []),
    ],
)
async def test_sectors_are_those_that_the_town_names_else_its_few_quarters(
    database: Database,
    settings: Settings,
    tmp_path: Path,
    named: list[Any],
    areas: list[Any] | None,
    sectors: list[Any],
) -> None:
    folder = write_town_folder(tmp_path / "town", sectors=named)
    if areas is not None:
        (folder / "areas.geojson").write_text(collection(areas))
    assert (await imported(database, settings, folder))["sectors"] == sectors


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("addresses.csv", "numero,rue,lon,lat\n", "its first line must be « number,street,lon,lat »"),
        ("addresses.csv", ADDRESSES + "4,Impasse,x,47.2\n", "addresses.csv, line 5: could not convert"),
        ("addresses.csv", ADDRESSES + "4,Impasse,nan,47.2\n", "addresses.csv, line 5, lon"),
        ("addresses.csv", ADDRESSES + "4,Impasse,1\n", "addresses.csv, line 5: has 3 cells where the header has 4"),
        ("addresses.csv", ADDRESSES + ",Impasse,1,47\n", "addresses.csv, line 5, number"),
        ("addresses.csv", ADDRESSES + '"4,Impasse\n', "is not CSV"),
        ("streets.geojson", collection([piece("Rue A", (-1.5, 47.2))]), "streets.geojson, feature 1"),
        ("streets.geojson", collection([piece("Rue A", (355000, 6689000), (355000, 6689001))]), "is not in degrees"),
    ],
)
async def test_what_cannot_be_read_is_named_and_nothing_is_loaded(
    database: Database, settings: Settings, folder: Path, name: str, text: str, words: str
) -> None:
    (folder / name).write_text(text)
    with pytest.raises(OperatorError, match="^(?s:.*)" + words.replace("(", r"\(")):
        await imported(database, settings, folder)


@pytest.mark.parametrize("codes", [("nord", "nord"), ("elsewhere", "sud")])
async def test_sectors_must_differ_from_each_other_and_from_elsewhere(
    database: Database, settings: Settings, tmp_path: Path, codes: tuple[str, str]
) -> None:
    folder = write_town_folder(tmp_path / "town", sectors=[{"code": code, "fr": "A", "en": "A"} for code in codes])
    with pytest.raises(OperatorError, match="stands twice"):
        await imported(database, settings, folder)
