"""Answers in the database without the web before them, and the figures counted again in plain Python."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import asin, cos, radians, sin, sqrt
from typing import Any
from uuid import UUID, uuid4

from devanture.db.pool import Database
from devanture.releases.queries import TABLES
from tests.seed import Seeded

EARTH_M = 6_371_008.771415059
"""PostGIS's sphere: the mean radius of WGS 84."""
Counts = dict[tuple[Any, str, str], tuple[int, int]]


@dataclass(frozen=True)
class Answer:
    """What one voter wants at one place now."""

    place: str
    voter: int
    wishes: tuple[str, ...] = ("fishmonger",)
    other: bool = False
    channel: str = "web"
    proof: str = "none"
    withdrawn: bool = False
    late: bool = False


def people(place: str, voters: Iterable[int], *wishes: str, **fields: Any) -> list[Answer]:
    """One answer at a place from each of these voters."""
    return [Answer(place, voter, wishes or ("fishmonger",), **fields) for voter in voters]


async def keep(database: Database, town: Seeded, answers: Sequence[Answer]) -> None:
    """Make these the current answers of their voters at their places."""
    async with database.transaction(town.organisation_id) as connection:
        await connection.executemany(
            """
            INSERT INTO opinion_current (organisation_id, process_id, place_id, voter, opinion_id, seq, wishes, other,
                                         withdrawn, channel, proof, day, late)
            SELECT $1, $2, id, $4, $5, 1, $6, $7, $8, $9, $10, '2026-11-20', $11
              FROM place WHERE organisation_id = $1 AND ref = $3
            ON CONFLICT (organisation_id, process_id, place_id, voter, late) DO UPDATE
               SET wishes = excluded.wishes, other = excluded.other, withdrawn = excluded.withdrawn,
                   channel = excluded.channel, proof = excluded.proof
            """,
            [
                (town.organisation_id, town.process_id, a.place, _key(a.voter), uuid4(), list(a.wishes), a.other,
                 a.withdrawn, a.channel, a.proof, a.late)
                for a in answers
            ],
        )  # fmt: skip


def _key(voter: int) -> bytes:
    return voter.to_bytes(32, "big")


async def stored_counts(database: Database, town: Seeded, release_id: UUID) -> dict[str, Counts]:
    """Every count of a release by area table, keyed by (area, level, code); places by reference."""
    async with database.transaction(town.organisation_id) as connection:
        refs = {row["id"]: row["ref"] for row in await connection.fetch("SELECT id, ref FROM place")}
        found: dict[str, Counts] = {}
        for table in TABLES:
            rows = await connection.fetch(f"SELECT * FROM {table} WHERE release_id = $1", release_id)
            found[table.removeprefix("release_")] = {
                (_area(dict(row), refs), row["level"], row["code"]): (row["persons"], row["wishes"]) for row in rows
            }
    return found


def _area(row: Mapping[str, Any], refs: Mapping[UUID, str]) -> Any:
    return row["cell"] if "cell" in row else refs.get(row.get("place_id", ""), "")


def counted_by_hand(
    answers: Iterable[Answer], areas: Mapping[str, Mapping[Any, set[str]]], families: Mapping[str, str]
) -> dict[str, Counts]:
    """The desk's figures with sets and loops; `areas` gives the place references of each area of each table."""
    counted = [answer for answer in answers if not answer.withdrawn and not answer.late]
    return {table: _count(counted, regions, table, families) for table, regions in areas.items()}


def _count(answers: list[Answer], regions: Mapping[Any, set[str]], table: str, families: Mapping[str, str]) -> Counts:
    persons: dict[tuple[Any, str, str], set[int]] = defaultdict(set)
    wishes: dict[tuple[Any, str, str], int] = defaultdict(int)
    for region, refs in regions.items():
        for answer in answers:
            if answer.place not in refs:
                continue
            for level, code, wish in _items(answer, families, splits=table in ("total", "place")):
                persons[region, level, code].add(answer.voter)
                wishes[region, level, code] += wish
    return {key: (len(voters), wishes[key]) for key, voters in persons.items()}


def _items(answer: Answer, families: Mapping[str, str], splits: bool) -> list[tuple[str, str, int]]:
    items = [("all", "", len(answer.wishes))]
    items += [("activity", wish, 1) for wish in answer.wishes]
    items += [("family", families[wish], 1) for wish in answer.wishes]
    items += [("choice", "other", 0)] if answer.other else []
    return items + ([("channel", answer.channel, 0), ("proof", answer.proof, 0)] if splits else [])


def metres(a: tuple[float, float], b: tuple[float, float]) -> float:
    """Great-circle distance between two (lon, lat), by the haversine."""
    (lon_a, lat_a), (lon_b, lat_b) = ([radians(x) for x in point] for point in (a, b))
    half = sin((lat_b - lat_a) / 2) ** 2 + cos(lat_a) * cos(lat_b) * sin((lon_b - lon_a) / 2) ** 2
    return 2 * EARTH_M * asin(sqrt(half))


def areas_of(places: Sequence[Any]) -> dict[str, dict[Any, set[str]]]:
    """The references of the places in each area that figures are counted by."""
    points = {place.ref: (place.lon, place.lat) for place in places}
    cells: dict[int, set[str]] = {}
    for place in places:
        for cell in (place.cell_8, place.cell_9, place.cell_10):
            cells.setdefault(cell, set()).add(place.ref)
    return {
        "total": {"": set(points)},
        "place": {ref: {ref} for ref in points},
        "reach": {ref: {near for near in points if metres(points[ref], points[near]) <= 400} for ref in points},
        "cell": cells,
    }
