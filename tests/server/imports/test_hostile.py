"""A folder or a list that is wrong anywhere is taken whole or refused in a sentence; nothing else is ever raised."""

import json
from collections.abc import Callable
from itertools import chain
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devanture.db.pool import Database
from devanture.errors import OperatorError
from devanture.imports import cells, rules
from devanture.imports.errors import refuse
from devanture.imports.listing import read_listing
from devanture.imports.premises import sort_rows
from devanture.imports.reading import Town, read_town
from devanture.imports.rules import Dates
from devanture.imports.town import import_town
from devanture.program import utc_now
from devanture.settings import Settings
from tests.hostile.values import TEXTS, broken, examples, hostile_json
from tests.server.imports.town import BOUNDS, write_town_folder
from tests.server.photos.pictures import encoded, picture

pytestmark = pytest.mark.anyio
PLACES_AS = (BOUNDS[0], BOUNDS[1], BOUNDS[2], BOUNDS[3])
JSON = ["town.json", "catalogue.json", "places.geojson", "supply.geojson", "streets.geojson", "areas.geojson"]
BINARY = ["basemap.pmtiles", "addresses.csv", "opinions.ndjson.gz", "logo.png"]
AREA = {"type": "Feature", "properties": {"ref": "a1", "name": "Le bourg"}, "geometry": {
    "type": "Polygon", "coordinates": [[[-1.57, 47.2], [-1.55, 47.2], [-1.55, 47.21], [-1.57, 47.2]]]}}  # fmt: skip
CSV = (
    "sep=;\r\nRéférence;N°;Nom de la voie;Longitude;Latitude;État;Vacant depuis;Surface (m²);Loyer mensuel\r\n"
    "LOC-1;12 bis;Rue Crébillon;-1,5601;47,2131;vacant;15/03/2024;85,5;1 250,00 €\r\n"
    '"LOC 2/3";14;"Rue ""Haute""\n";-1,5602;47,2132;en travaux;2025;;\r\n'
).encode("cp1252")
LIST = {
    "type": "FeatureCollection",
    "crs": {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::2154"}},
    "features": [
        {"type": "Feature", "geometry": {"type": "Point", "coordinates": [355000.5, 6689000.25]},
         "properties": {"ref": "A1", "adresse": "12 bis, rue Haute, 44000 Nantes", "surface": 80.0}},
        {"type": "Feature", "geometry": None, "properties": {"ref": "A2", "x": "1", "y": "2", "loyer annuel": "1 200"}},
    ],
}  # fmt: skip


def write_whole_folder(folder: Path) -> Path:
    """One file of every kind in it, the optional ones too."""
    write_town_folder(folder, opinions=6)
    (folder / "areas.geojson").write_text(json.dumps({"type": "FeatureCollection", "features": [AREA]}))
    (folder / "addresses.csv").write_text('number,street,lon,lat\n"12 bis",Rue Haute,-1.556,47.21\n')
    (folder / "logo.png").write_bytes(encoded(picture(), "PNG"))
    return folder


def _whole() -> dict[str, bytes]:
    with TemporaryDirectory() as folder:
        return {path.name: path.read_bytes() for path in write_whole_folder(Path(folder)).iterdir()}


WHOLE = _whole()
CHANGES = st.one_of(
    [st.tuples(st.just(name), hostile_json(json.loads(WHOLE[name]))) for name in JSON]
    + [st.tuples(st.just(name), broken(WHOLE[name])) for name in BINARY]
)
"""One file of the folder, and what is wrong in it."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_whole_folder(tmp_path / "town")


def read(folder: Path) -> Town:
    """What every import does before it writes."""
    town = read_town(folder)
    codes, bounds = frozenset(activity.code for activity in town.catalogue.activities), town.manifest.bounds
    refuse(
        chain(
            rules.manifest_troubles(town.manifest),
            rules.catalogue_troubles(town.catalogue),
            rules.place_troubles(town.places, bounds, codes),
            rules.street_troubles(town.streets, town.manifest.sectors),
            rules.shop_troubles(town.supply, bounds, codes),
        )
    )
    return town


@examples(200)
@given(change=CHANGES)
def test_a_file_that_is_wrong_is_named_and_nothing_else_is_raised(folder: Path, change: tuple[str, bytes]) -> None:
    name, content = change
    (folder / name).write_bytes(content)
    try:
        read(folder)
    except OperatorError as refused:
        # Places may also be at odds with a catalogue or a perimeter that says something else now.
        assert name in str(refused) or name in ("catalogue.json", "town.json")
    finally:
        (folder / name).write_bytes(WHOLE[name])


@examples(40)
@given(change=CHANGES)
async def test_a_folder_is_loaded_or_refused_in_a_sentence(
    folder: Path, database: Database, settings: Settings, change: tuple[str, bytes]
) -> None:
    name, content = change
    (folder / name).write_bytes(content)
    try:
        await import_town(database, settings, folder, Dates(), utc_now())
    except OperatorError as refused:
        assert str(refused)
    finally:
        (folder / name).write_bytes(WHOLE[name])


@examples(250)
@given(
    file=st.one_of(st.tuples(st.just("l.csv"), broken(CSV)), st.tuples(st.just("l.geojson"), hostile_json(LIST))),
    crs=st.sampled_from([None, None, 2154, 4326, 3857, 99999]),
)
def test_a_list_gives_places_inside_the_perimeter_or_says_why(
    tmp_path: Path, file: tuple[str, bytes], crs: int | None
) -> None:
    name, content = file
    (tmp_path / name).write_bytes(content)
    try:
        found = sort_rows(read_listing(tmp_path / name), PLACES_AS, crs)
    except OperatorError as refused:
        assert str(refused)
        return
    assert all(rules.inside(*place.geometry.coordinates, PLACES_AS) for place in found.places)
    assert all(trouble.partition(": ")[2] for trouble in found.bad)


READERS: list[Callable[[str], Any]] = [cells.number, cells.coordinate, cells.since, cells.address, cells.reference]


@pytest.mark.parametrize("reader", READERS)
@examples(150)
@given(text=st.one_of(TEXTS, st.text("0123456789.,-/ €m²TZbisàé", max_size=30)))
def test_a_cell_is_read_or_refused_with_a_reason(reader: Callable[[str], Any], text: str) -> None:
    try:
        reader(text)
    except ValueError as refused:
        assert type(refused) is ValueError and str(refused)


@examples(200)
@given(value=st.one_of(st.integers(0, 10**9), st.decimals(0, 10**7, places=2)))
def test_a_number_as_people_write_it_is_the_number_again(value: Any) -> None:
    groups = f"{value:,}"
    assert cells.number(groups.replace(",", " ").replace(".", ",")) == float(value)
    assert cells.coordinate("-" + groups.replace(",", "\u202f").replace(".", ",")) == -float(value)
