"""What is wrong with a folder is said with its file, the feature and the field."""

import json
from collections.abc import Callable
from itertools import chain
from pathlib import Path
from typing import Any

import pytest

from devanture.imports import rules
from devanture.imports.errors import BadFile, refuse
from devanture.imports.reading import read_town
from tests.server.imports.town import CATALOGUE, MANIFEST, PLACES, SUPPLY, write_points, write_town_folder

Change = Callable[[Path], Any]


def check(folder: Path) -> None:
    town = read_town(folder)
    codes = frozenset(activity.code for activity in town.catalogue.activities)
    bounds = town.manifest.bounds
    refuse(
        chain(
            rules.manifest_troubles(town.manifest),
            rules.catalogue_troubles(town.catalogue),
            rules.place_troubles(town.places, bounds, codes),
            rules.shop_troubles(town.supply, bounds, codes),
        )
    )


def place(**changes: Any) -> Change:
    return lambda folder: write_points(folder / "places.geojson", [PLACES[1], {**PLACES[0], **changes}])


def shop(**changes: Any) -> Change:
    return lambda folder: write_points(folder / "supply.geojson", [{**SUPPLY[0], **changes}])


def manifest(**changes: Any) -> Change:
    return lambda folder: (folder / "town.json").write_text(json.dumps({**MANIFEST, **changes}))


def catalogue(**changes: Any) -> Change:
    return lambda folder: (folder / "catalogue.json").write_text(json.dumps({**CATALOGUE, **changes}))


def content(name: str, data: bytes) -> Change:
    return lambda folder: (folder / name).write_bytes(data)


def test_a_whole_folder_has_no_trouble(tmp_path: Path) -> None:
    check(write_town_folder(tmp_path))


def test_what_gdal_adds_to_a_collection_is_allowed(tmp_path: Path) -> None:
    write_town_folder(tmp_path)
    found = json.loads((tmp_path / "places.geojson").read_text())
    found |= {"name": "places", "bbox": [-1.57, 47.2, -1.54, 47.22]}
    found["features"][0]["id"] = 7
    (tmp_path / "places.geojson").write_text(json.dumps(found))
    check(tmp_path)


@pytest.mark.parametrize("name", ["town.json", "catalogue.json", "places.geojson", "supply.geojson",
                                  "streets.geojson", "basemap.pmtiles"])  # fmt: skip
def test_a_missing_file_is_named(tmp_path: Path, name: str) -> None:
    (write_town_folder(tmp_path) / name).unlink()
    with pytest.raises(BadFile, match=f"^{name}: is missing from"):
        check(tmp_path)


TROUBLES: list[tuple[Change, str]] = [
    (place(ref="rue/haute"), "places.geojson, feature 2, properties.ref: the text has a form"),
    (place(ref="a" * 49), "places.geojson, feature 2, properties.ref: the text has a form"),
    (place(colour="red"), "places.geojson, feature 2, properties: Object contains unknown field `colour`"),
    (place(state="haunted"), "places.geojson, feature 2, properties.state: Invalid enum value 'haunted'"),
    (place(kind="spot"), "places.geojson, feature 2, properties.kind: Invalid enum value 'spot'"),
    (place(kind="site"), r"feature 2 \(rue-haute-1\): a site cannot be « vacant » but open"),
    (place(name="a\u0000b"), "feature 2, properties.name: the text has a form"),
    (place(name="x" * 201), "feature 2, properties.name: Expected `str` of length <= 200"),
    (place(number=12), "feature 2, properties.number: Expected `str"),
    (place(seen="2025-02-30"), "feature 2, properties.seen: Invalid RFC3339 encoded date"),
    (place(vacant_since="2025-13"), "feature 2, properties.vacant_since: the text has a form"),
    (place(surface_m2=-1), "feature 2, properties.surface_m2: Expected `int` >= 1"),
    (place(plan={"fr": "Protégé"}), "feature 2, properties.plan: Object missing required field `en`"),
    (place(left={"activity": "dragon-tamer"}), r"\(rue-haute-1\): the catalogue has no activity « dragon-tamer »"),
    (place(ref="rue-haute-3"), "places.geojson, ref: « rue-haute-3 » stands twice"),
    (place(lat=48.85), r"places.geojson, feature 2 \(rue-haute-1\): -1.556, 48.85 lies outside the bounds"),
    (place(lat="47.2"), r"feature 2, geometry.coordinates\[1\]: Expected `float`, got `str`"),
    (place(lat=float("nan")), "places.geojson: JSON is malformed"),
    (shop(activity="Baker"), "supply.geojson, feature 1, properties.activity: the text has a form"),
    (shop(activity="dragon-tamer"), r"supply.geojson, feature 1 \(s1\): the catalogue has no activity"),
    (shop(confirmed="yes"), "supply.geojson, feature 1, properties.confirmed: Expected `bool`, got `str`"),
    (shop(lon=2.35), r"supply.geojson, feature 1 \(s1\): 2.35, 47.2101 lies outside the bounds"),
    (manifest(format=2), "town.json, format: Invalid enum value 2"),
    (manifest(slug="api"), "town.json, slug: « api » is a word that the program keeps"),
    (manifest(slug="Bourg"), "town.json, slug: the text has a form"),
    (manifest(timezone="Europe/Atlantis"), "« Europe/Atlantis » is not a time zone"),
    (manifest(bounds=[-1.54, 47.20, -1.57, 47.22]), "town.json, bounds: must be west, south, east, north"),
    (manifest(bounds=[-10, 40, 10, 50]), "not wider than 5 degrees"),
    (manifest(name={"fr": "Bourg"}), "town.json, name: Object missing required field `en`"),
    (manifest(sources=[]), "town.json, sources: Expected `array` of length >= 1"),
    (manifest(secret="?"), "town.json: Object contains unknown field `secret`"),
    (catalogue(families=CATALOGUE["families"][1:]), "activity baker: its family « food » is not listed"),
    (catalogue(activities=CATALOGUE["activities"] * 2), "catalogue.json, code: « baker » stands twice"),
    (catalogue(families=[{**CATALOGUE["families"][0], "icon": "../x"}]), r"families\[0\].icon: the text has a form"),
    (content("town.json", b"{"), "town.json: Input data was truncated"),
    (content("town.json", b'{"slug": "\xff"}'), "town.json: is not UTF-8"),
    (content("places.geojson", b'{"features":' + b"[" * 100_000), "places.geojson"),
    (content("streets.geojson", b"[]"), "streets.geojson: Expected `object`, got `array`"),
    (content("areas.geojson", b'{"type":"FeatureCollection","features":[{}]}'), "areas.geojson, feature 1"),
    (content("basemap.pmtiles", b"not a map"), "basemap.pmtiles: is not a PMTiles file of version 3"),
    (lambda folder: cut(folder / "basemap.pmtiles"), "basemap.pmtiles: is cut"),
]


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-3])


@pytest.mark.parametrize(("change", "said"), TROUBLES)
def test_a_trouble_is_said_with_its_file_and_field(tmp_path: Path, change: Change, said: str) -> None:
    write_town_folder(tmp_path)
    change(tmp_path)
    with pytest.raises(Exception, match=said) as caught:
        check(tmp_path)
    assert type(caught.value).__module__ == "devanture.imports.errors"


def test_many_troubles_are_told_twenty_at_a_time(tmp_path: Path) -> None:
    write_town_folder(tmp_path)
    far = [{**SUPPLY[0], "ref": f"s{number}", "lon": 2.35} for number in range(50)]
    write_points(tmp_path / "supply.geojson", far)
    with pytest.raises(Exception, match="and others after these 20") as caught:
        check(tmp_path)
    assert str(caught.value).count("\n") == 21


def test_a_file_larger_than_its_bound_is_not_read(tmp_path: Path) -> None:
    write_town_folder(tmp_path)
    (tmp_path / "town.json").write_bytes(b" " * (2**20 + 1))
    with pytest.raises(BadFile, match=r"town\.json: is larger than 1 MB"):
        check(tmp_path)
