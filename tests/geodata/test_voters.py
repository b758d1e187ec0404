"""Invented voters: read back line by line as the server will."""

import gzip
import json
import uuid
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from geodata.catalogue import CATALOGUE
from geodata.errors import GeodataError
from geodata.folder import Place, Shop, write_town
from geodata.voters.command import QUIET, main, write_opinions
from tests.geodata.test_folder import TOWN

Line = dict[str, Any]


def town(directory: Path, doors: int = 12) -> Path:
    premises = [
        Place(-1.55 + n / 2000, 47.21, f"rue-haute-{n}", "premises", "vacant", str(n), "Rue Haute")
        for n in range(doors)
    ]
    square = Place(-1.55, 47.212, "site-place", "site", "open", name="Place Haute")
    let = Place(-1.55, 47.213, "rue-haute-99", "premises", "occupied")
    # The eastern end has its bakery, the western end has none for 600 m.
    shops = [Shop(-1.55 + (doors - 1) / 2000, 47.21, "s1", "bakery", "Le Fournil")]
    write_town(directory, replace(TOWN, places=[*premises, square, let], supply=shops))
    (directory / "catalogue.json").write_bytes(CATALOGUE.read_bytes())
    return directory


def read(path: Path) -> list[Line]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def respondents(lines: list[Line]) -> Counter[str]:
    """Distinct voters per place, counted as a release counts them: the last sending of each rules."""
    last = {(line["voter"], line["opinion"]["place"]): line["opinion"] for line in lines}
    return Counter(place for (_, place), opinion in last.items() if not opinion.get("withdraw"))


@pytest.fixture(scope="module")
def directory(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return town(tmp_path_factory.mktemp("town"))


@pytest.fixture(scope="module")
def lines(directory: Path) -> list[Line]:
    write_opinions(directory, directory / "opinions.ndjson.gz", 1000, 3000, 1)
    return read(directory / "opinions.ndjson.gz")


def test_there_are_as_many_opinions_and_voters_as_asked(lines: list[Line]) -> None:
    assert len(lines) == 3000
    assert {line["voter"] for line in lines} == set(range(1, 1001))


def test_exactly_one_door_has_exactly_four_respondents(lines: list[Line]) -> None:
    counts = respondents(lines)
    assert [place for place, count in counts.items() if count == QUIET] != []
    assert sum(count == QUIET for count in counts.values()) == 1
    assert min(count for count in counts.values() if count != QUIET) >= 5


def test_every_open_place_is_answered_and_no_other(lines: list[Line]) -> None:
    assert set(respondents(lines)) == {f"rue-haute-{n}" for n in range(12)} | {"site-place"}


def test_ids_are_version_four_and_each_is_given_once(lines: list[Line]) -> None:
    ids = [uuid.UUID(line["id"]) for line in lines]
    assert all(identity.version == 4 for identity in ids)
    assert len(set(ids)) == len(ids)


def test_the_counter_of_each_voter_rises_by_one(lines: list[Line]) -> None:
    seen: dict[int, list[int]] = {}
    for line in lines:
        seen.setdefault(line["voter"], []).append(line["opinion"]["seq"])
    assert all(counted == list(range(1, len(counted) + 1)) for counted in seen.values())


def test_days_only_come_nearer(lines: list[Line]) -> None:
    days: dict[int, list[int]] = {}
    for line in lines:
        days.setdefault(line["voter"], []).append(line["days_ago"])
    assert all(ago == sorted(ago, reverse=True) for ago in days.values())


def test_opinions_keep_to_the_contract(lines: list[Line]) -> None:
    catalogue = json.loads(CATALOGUE.read_text(encoding="utf-8"))
    kinds = {family["code"]: family["kind"] for family in catalogue["families"]}
    allowed = {activity["code"]: kinds[activity["family"]] for activity in catalogue["activities"]}
    for opinion in (line["opinion"] for line in lines if not line["opinion"].get("withdraw")):
        kind = "site" if opinion["place"].startswith("site-") else "premises"
        assert opinion["wishes"] or opinion["other"]
        assert len(opinion["wishes"]) == len(set(opinion["wishes"])) <= 3
        assert {allowed[code] for code in opinion["wishes"]} <= {kind}
        assert len(opinion.get("other", "")) <= 120
        assert {kinds[code] for code in opinion.get("families_shown", [])} <= {kind}
        assert set(opinion.get("nuisances", [])) <= {"noise", "smells", "deliveries"}
        assert opinion.get("frequency", "daily") in {"daily", "weekly", "monthly", "rarely"}


def test_some_change_their_mind_and_some_withdraw(lines: list[Line]) -> None:
    answered = Counter((line["voter"], line["opinion"]["place"]) for line in lines)
    assert any(line["opinion"].get("withdraw") for line in lines)
    assert max(answered.values()) > 1


def test_every_channel_is_there_and_its_proof_fits(lines: list[Line]) -> None:
    pairs = {(line["channel"], line["proof"]) for line in lines}
    assert {channel for channel, _ in pairs} == {"web", "paper", "tablet", "phone", "for_another"}
    assert {proof for channel, proof in pairs if channel == "paper"} == {"paper"}
    assert all(line["channel"] == "for_another" for line in lines if line["opinion"].get("for_another"))


def test_a_bakery_is_asked_for_more_where_there_is_none(tmp_path: Path) -> None:
    directory = town(tmp_path, doors=20)
    west = east = 0
    for seed in range(6):
        write_opinions(directory, directory / "o.gz", 800, 4000, seed)
        wishes = Counter(
            (line["opinion"]["place"], "bakery" in line["opinion"].get("wishes", []))
            for line in read(directory / "o.gz")
        )
        west += sum(wishes[f"rue-haute-{n}", True] * 1000 // (wishes[f"rue-haute-{n}", False] + 1) for n in range(8))
        east += sum(
            wishes[f"rue-haute-{n}", True] * 1000 // (wishes[f"rue-haute-{n}", False] + 1) for n in range(12, 20)
        )
    assert west > 1.3 * east


def test_one_seed_gives_one_file_and_another_seed_another(directory: Path, tmp_path: Path) -> None:
    for name, seed in (("one", 7), ("two", 7), ("three", 8)):
        write_opinions(directory, tmp_path / name, 300, 600, seed)
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()
    assert (tmp_path / "one").read_bytes() != (tmp_path / "three").read_bytes()


def test_the_command_counts_opinions_and_fits_the_voters(directory: Path, tmp_path: Path) -> None:
    main([str(directory), "--opinions", "12000", "--out", str(tmp_path / "o.gz")])
    lines = read(tmp_path / "o.gz")
    assert (len(lines), lines[-1]["voter"]) == (12000, 4000)


def test_a_folder_without_a_town_is_named(tmp_path: Path) -> None:
    with pytest.raises(GeodataError, match=r"catalogue\.json: no such file"):
        write_opinions(tmp_path, tmp_path / "o.gz", 3000, 9000, 1)


def test_too_few_voters_for_the_places_are_refused(directory: Path, tmp_path: Path) -> None:
    with pytest.raises(GeodataError, match="at least 100 voters for 13 places"):
        write_opinions(directory, tmp_path / "o.gz", 20, 60, 1)
