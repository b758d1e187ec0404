"""An agency's list of premises, as agencies keep them."""

import json
from pathlib import Path
from typing import Any

import pytest
from pyproj import Transformer

from devanture.db.pool import Database
from devanture.errors import OperatorError
from devanture.imports.agency import import_list
from devanture.imports.rules import Dates
from devanture.imports.summary import Summary
from devanture.imports.town import import_town
from devanture.program import utc_now
from devanture.settings import Settings
from tests.server.imports.town import DOORS, SLUG, write_town_folder

pytestmark = pytest.mark.anyio
HEADER = "Référence;N°;Nom de la voie;Longitude;Latitude;État;Vacant depuis;Surface (m²);Loyer mensuel;Propriétaire"
GOOD = "LOC-1;12 bis;Rue Crébillon;-1,5601;47,2131;vacant;15/03/2024;85,5;1 250,00 €;SCI Bleue"
OTHER = "LOC-2;14;Rue Crébillon;-1,5602;47,2132;en travaux;2025;;;"


@pytest.fixture
async def town(database: Database, settings: Settings, tmp_path: Path) -> Path:
    """A process to bring lists into; gives a folder to write them in."""
    await import_town(database, settings, write_town_folder(tmp_path / "town"), Dates(), utc_now())
    return tmp_path


def csv_file(folder: Path, *lines: str, encoding: str = "utf-8") -> Path:
    path = folder / "liste.csv"
    path.write_bytes("\r\n".join(lines).encode(encoding))
    return path


def geojson_file(folder: Path, *features: tuple[Any, dict[str, Any]], **members: Any) -> Path:
    path = folder / "liste.geojson"
    shapes = [{"type": "Feature", "geometry": shape, "properties": values} for shape, values in features]
    path.write_text(json.dumps({"type": "FeatureCollection", "features": shapes, **members}))
    return path


def point(x: float, y: float) -> dict[str, Any]:
    return {"type": "Point", "coordinates": [x, y]}


async def load(database: Database, path: Path, **options: Any) -> Summary:
    return await import_list(database, path, SLUG, **options)


async def places(database: Database) -> dict[str, dict[str, Any]]:
    """The places that a list brought, by reference, with what only the desk sees."""
    async with database.transaction() as connection:
        organisation_id = await connection.fetchval("SELECT organisation_id FROM process WHERE slug = $1", SLUG)
    async with database.transaction(organisation_id) as connection:
        rows = await connection.fetch(
            """
            SELECT p.*, ST_X(p.geom) AS lon, ST_Y(p.geom) AS lat,
                   (SELECT jsonb_object_agg(d.field, d.value) FROM place_detail d WHERE d.place_id = p.id) AS details
              FROM process_place l JOIN place p ON p.id = l.place_id WHERE p.ref NOT LIKE 'place-%'
            """
        )
    return {row["ref"]: dict(row) for row in rows if row["ref"] not in DOORS}


async def test_a_list_as_excel_saves_it_in_france(database: Database, town: Path) -> None:
    summary = await load(database, csv_file(town, HEADER, GOOD, OTHER, encoding="cp1252"))
    found = await places(database)
    assert (summary.places_added, sorted(found)) == (2, ["LOC-1", "LOC-2"])
    first = found["LOC-1"]
    assert (first["number"], first["street"], first["state"]) == ("12 bis", "Rue Crébillon", "vacant")
    assert (first["lon"], first["lat"]) == (-1.5601, 47.2131)
    assert first["details"] == {
        "vacant_since": "2024-03-15",
        "surface_m2": 85.5,
        "rent_month_eur": 1250,
        "landlord": "SCI Bleue",
    }
    assert (found["LOC-2"]["state"], found["LOC-2"]["details"]) == ("works", {"vacant_since": "2025"})


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
async def test_accents_survive_every_encoding(database: Database, town: Path, encoding: str) -> None:
    await load(database, csv_file(town, HEADER, GOOD, encoding=encoding))
    assert (await places(database))["LOC-1"]["street"] == "Rue Crébillon"


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
async def test_any_delimiter_is_recognised(database: Database, town: Path, delimiter: str) -> None:
    lines = [("ref", "number", "street", "lon", "lat"), ("A1", "12", "Rue Haute", "-1.56", "47.21")]
    await load(database, csv_file(town, *(delimiter.join(line) for line in lines)))
    assert (await places(database))["A1"]["number"] == "12"


async def test_a_first_line_that_names_the_delimiter_is_obeyed(database: Database, town: Path) -> None:
    path = csv_file(town, "sep=;", "ref;lon;lat;rue", "A1;-1,56;47,21;Rue, Haute", "A2;9;9;x")
    with pytest.raises(OperatorError, match=r"line 4: 9, 9|line 4: 9.000000, 9.000000 lies outside"):
        await load(database, path)
    await load(database, path, skip_bad=True)
    assert (await places(database))["A1"]["street"] == "Rue, Haute"


async def test_each_bad_row_is_named_and_nothing_is_loaded(database: Database, town: Path) -> None:
    rows = [
        GOOD,
        "LOC-3;15;Rue Haute;47,2132;-1,5602;;;;;",
        "LOC-4;16;Rue Haute;-1,5602;47,2132;hanté;;;;",
        "LOC-5;17;Rue Haute;-1,5602;47,2132;;31/02/2024;;;",
        "LOC-6;18;Rue Haute;-1,5602;47,2132;;;grand;;",
        "LOC-1;19;Rue Haute;-1,5602;47,2132;;;;;",
        ";;;-1,5602;47,2132;;;;;",
        "LOC-7;20;Rue Haute;;;;;;;",
        "LOC-8;21;Rue Haute;2,35;48,85;;;;;",
        "LOC-9;22;Rue Haute;-1,5602;47,2132;;;;;;;trop",
        f"LOC-10;23;{'x' * 201};-1,5602;47,2132;;;;;",
        f"LOC-11;24;{'x' * 1001};-1,5602;47,2132;;;;;",
        "LOC-12;24;Rue Haute;-1,5602;47,2132;;;0;;",
    ]
    with pytest.raises(OperatorError) as caught:
        await load(database, csv_file(town, HEADER, *rows))
    told = str(caught.value).splitlines()
    assert told[0].startswith("liste.csv: 12 of 13 rows cannot be taken; nothing was loaded.")
    assert told[1:] == [
        "  line 3: 47.213200, -1.560200 lies outside the perimeter of the process "
        "(longitude and latitude seem exchanged)",
        "  line 4: « hanté » is none of vacant, en travaux, occupé",
        "  line 5: « 31/02/2024 » is a day that does not exist",
        "  line 6: « grand » is not a number",
        "  line 7: the reference « LOC-1 » stands at line 2 already",
        "  line 8: has no reference, and no street to make one of",
        "  line 9: has no point",
        "  line 10: 2.350000, 48.850000 lies outside the perimeter of the process",
        "  line 11: has 12 cells where the header has 10",
        "  line 12: street: Expected `str` of length <= 200",
        "  line 13: « Nom de la voie » holds more than 1000 letters (a quote left open?)",
        "  line 14: surface_m2: Expected `int` >= 1",
    ]
    assert await places(database) == {}


async def test_good_rows_are_kept_on_demand_and_the_others_named(database: Database, town: Path) -> None:
    summary = await load(database, csv_file(town, HEADER, "LOC-9;1;Rue;;;;;;;", GOOD), skip_bad=True)
    assert list(await places(database)) == ["LOC-1"]
    assert "Skipped: line 2: has no point." in summary.notes


async def test_a_list_without_one_good_row_is_refused_all_the_same(database: Database, town: Path) -> None:
    with pytest.raises(OperatorError, match="1 of 1 rows"):
        await load(database, csv_file(town, HEADER, "LOC-9;1;Rue;;;;;;;"), skip_bad=True)


async def test_the_same_list_again_makes_no_twin(database: Database, town: Path) -> None:
    await load(database, csv_file(town, HEADER, GOOD))
    before = await places(database)
    again = await load(database, csv_file(town, HEADER, GOOD.replace("85,5", "90"), OTHER))
    after = await places(database)
    assert (again.places_added, again.places_updated, len(after)) == (1, 1, 2)
    assert after["LOC-1"]["id"] == before["LOC-1"]["id"]
    assert after["LOC-1"]["details"]["surface_m2"] == 90


async def test_a_list_without_references_finds_its_places_again_by_street_and_number(
    database: Database, town: Path
) -> None:
    lines = ["Adresse,lon,lat", '"12 bis, rue de l’Échelle, 44000 Nantes",-1.56,47.21']
    await load(database, csv_file(town, *lines))
    again = await load(database, csv_file(town, *lines))
    assert list(await places(database)) == ["rue-de-l-echelle-12-bis"]
    assert (again.places_added, again.places_updated) == (0, 1)


async def test_a_list_that_does_not_say_the_state_leaves_it_as_it_is(database: Database, town: Path) -> None:
    await load(database, csv_file(town, HEADER, OTHER))
    await load(database, csv_file(town, "ref;lon;lat;nom", "LOC-2;-1,5602;47,2132;Le Zinc"))
    place = (await places(database))["LOC-2"]
    assert (place["state"], place["number"], place["name"]) == ("works", "14", "Le Zinc")


async def test_a_new_place_whose_state_is_not_said_is_vacant(database: Database, town: Path) -> None:
    await load(database, csv_file(town, "ref;lon;lat;activité", "A1;-1,56;47,21;Maroquinerie"))
    place = (await places(database))["A1"]
    assert (place["state"], place["name"]) == ("vacant", "Maroquinerie")


async def test_a_yearly_rent_is_told_by_the_month(database: Database, town: Path) -> None:
    await load(database, csv_file(town, "ref;lon;lat;loyer annuel", "A1;-1,56;47,21;12 000 € HT"))
    assert (await places(database))["A1"]["details"] == {"rent_month_eur": 1000}


async def test_columns_named_after_lambert_93_are_converted(database: Database, town: Path) -> None:
    x, y = Transformer.from_crs(4326, 2154, always_xy=True).transform(-1.5601, 47.2131)
    await load(database, csv_file(town, "ref;X_L93;Y_L93", f"A1;{x:.2f};{y:.2f}".replace(".", ",")))
    place = (await places(database))["A1"]
    assert (place["lon"], place["lat"]) == pytest.approx((-1.5601, 47.2131), abs=1e-6)


async def test_metres_in_plain_columns_ask_for_their_coordinate_system(database: Database, town: Path) -> None:
    x, y = Transformer.from_crs(4326, 2154, always_xy=True).transform(-1.5601, 47.2131)
    path = csv_file(town, "ref,x,y", f"A1,{x:.2f},{y:.2f}")
    with pytest.raises(OperatorError, match=r"line 2: .* are not degrees; .* add --crs 2154"):
        await load(database, path)
    await load(database, path, crs=2154)
    assert (await places(database))["A1"]["lat"] == pytest.approx(47.2131, abs=1e-6)


async def test_a_coordinate_system_that_nobody_knows_is_refused(database: Database, town: Path) -> None:
    with pytest.raises(OperatorError, match="EPSG:99999"):
        await load(database, csv_file(town, "ref,x,y", "A1,1,1"), crs=99999)


async def test_a_geojson_list_is_read_alike(database: Database, town: Path) -> None:
    properties = {"Référence": "G1", "numéro": 12, "rue": "Rue Haute", "surface": 85.0, "état": None, "photo": True}
    summary = await load(database, geojson_file(town, (point(-1.56, 47.21), properties)))
    place = (await places(database))["G1"]
    assert (place["number"], place["details"]) == ("12", {"surface_m2": 85})
    assert "Columns that nothing was read from: photo." in summary.notes


async def test_a_geojson_list_may_name_lambert_93_as_qgis_does(database: Database, town: Path) -> None:
    x, y = Transformer.from_crs(4326, 2154, always_xy=True).transform(-1.5601, 47.2131)
    crs = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::2154"}}
    await load(database, geojson_file(town, (point(x, y), {"ref": "G1"}), crs=crs))
    assert (await places(database))["G1"]["lon"] == pytest.approx(-1.5601, abs=1e-6)


async def test_bad_features_are_named_by_their_rank(database: Database, town: Path) -> None:
    path = geojson_file(
        town,
        (point(-1.56, 47.21), {"ref": "G1"}),
        ({"type": "Polygon", "coordinates": []}, {"ref": "G2"}),
        ({"type": "Point", "coordinates": ["a"]}, {"ref": "G3"}),
        (point(-1.56, 47.21), {"ref": ["G4"]}),
    )
    with pytest.raises(OperatorError) as caught:
        await load(database, path)
    assert str(caught.value).splitlines()[1:] == [
        "  feature 2: its geometry is a Polygon, not a point",
        "  feature 3: its point has no two coordinates",
        "  feature 4: « ref » holds a list or an object",
    ]


async def test_line_numbers_count_the_lines_inside_quotes(database: Database, town: Path) -> None:
    path = csv_file(town, "ref,lon,lat,note", 'A1,-1.56,47.21,"deux', 'lignes"', "", "A2,x,47.21,")
    with pytest.raises(OperatorError, match="line 5: « x » is not a number"):
        await load(database, path)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "must name between 1 and 200 columns"),
        (b"ref,lon,lat\r\n", "holds no row"),
        (b"PK\x03\x04rest", "is a workbook"),
        (b"ref,lon,lat\r\nA\x00,1,1", "neither UTF-8 nor Windows-1252"),
        (b"ref,lon,lat\r\n\x81\x8d\xe9", "neither UTF-8 nor Windows-1252"),
        (b"ref,rue\r\nA1,Haute", "no columns hold a longitude"),
        (b'ref,lon,lat\r\n"A1,1,1', "line 2: is not CSV"),
        (b"rue,street,lon,lat\r\na,b,1,1", "« rue » and « street » mean the same"),
        (b"ref,lon,lat\r\n" + b"A,1,1\r\n" * 20_001, "more than 20000 rows"),
        (b"a" * (20 * 2**20 + 1), "larger than 20 MB"),
    ],
)
async def test_a_file_that_is_no_list_is_refused_in_one_sentence(
    database: Database, town: Path, content: bytes, said: str
) -> None:
    path = town / "liste.csv"
    path.write_bytes(content)
    with pytest.raises(OperatorError, match=said):
        await load(database, path)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"{", "Input data was truncated"),
        (b"[]", "Expected `object`, got `array`"),
        (b'{"features":[{"properties":' + b'{"a":' * 5000, "nested too deeply|truncated"),
        (b'{"features":[],"crs":{"properties":{"name":"local"}}}', "coordinate system that is not an EPSG number"),
    ],
)
async def test_a_damaged_geojson_is_refused_in_one_sentence(
    database: Database, town: Path, content: bytes, said: str
) -> None:
    path = town / "liste.geojson"
    path.write_bytes(content)
    with pytest.raises(OperatorError, match=said):
        await load(database, path)


async def test_a_list_for_an_unknown_process_is_refused(database: Database, tmp_path: Path) -> None:
    with pytest.raises(OperatorError, match="There is no process « nowhere »"):
        await import_list(database, csv_file(tmp_path, HEADER, GOOD), "nowhere")
