"""The latest figures counted once more, with sets and loops, from the journal and no count of before. Pure."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from math import asin, cos, radians, sin, sqrt
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from asyncpg import Record

from devanture.audit.evidence import Evidence
from devanture.audit.journal import Check, current_answers, doubted, set_aside
from devanture.releases.rules import SHOWN_FROM, published
from devanture.releases.schemas import Item, Scope

EARTH_M = 6_371_008.771415059
"""The sphere on which PostGIS measures: the mean radius of WGS 84."""
REACH_M = 400.0
LEVELS = ("none", "door_code", "at_door", "email", "paper", "verified")
COMMITTING = timedelta(seconds=15)
"""An opinion may be committed this much after it arrived, behind a release that did not see it."""
AS_OF = "more came since the desk's release, which is compared as of its instant"
MOVED = (
    "the desk's release cannot be compared: something moved while it was made, or since; "
    "make another (devanture release) and audit again"
)
Region = tuple[str, str]
Counts = dict[tuple[str, str, str, str], tuple[int, int]]
_NONE = (0, 0)


@dataclass(frozen=True)
class Ballot:
    """What one voter is counted with at one place."""

    place: UUID
    voter: bytes
    wishes: tuple[str, ...]
    other: bool
    channel: str
    proof: str


def ballots(evidence: Evidence, keep: Callable[[Record], bool] = lambda row: True) -> list[Ballot]:
    """The current answers in time among the sendings that `keep` lets pass, but those taken back or set aside."""
    aside, unproven, proven = set_aside(evidence), doubted(evidence), _proven(evidence)
    kept = (row for row in evidence.journal if keep(row))
    return [
        Ballot(
            row["place_id"],
            row["voter"],
            tuple(row["payload"].get("wishes", ())),
            _said_other(row, evidence),
            row["channel"],
            row["proof"] if row["id"] in unproven else _higher(row["proof"], proven.get(row["voter"], "none")),
        )
        for row in current_answers(kept).values()
        if not row["late"] and not row["payload"].get("withdraw") and row["id"] not in aside
    ]


def _said_other(row: Record, evidence: Evidence) -> bool:
    return "other" in evidence.erased.get(row["id"], ()) or bool(row["payload"].get("other", "").strip())


def _higher(one: str, other: str) -> str:
    return max(one, other, key=LEVELS.index)


def _proven(evidence: Evidence) -> dict[bytes, str]:
    found: dict[bytes, str] = {}
    for row in evidence.proofs:
        found[row["voter"]] = _higher(row["proof"], found.get(row["voter"], "none"))
    return found


def check_basis(evidence: Evidence) -> Check:
    """Each answer that public figures count was sent in time by that voter, and no place has fewer than five."""
    said: dict[tuple[UUID, bytes], set[tuple[Any, ...]]] = defaultdict(set)
    proven = _proven(evidence)
    for row in evidence.journal:
        if not row["late"] and not row["payload"].get("withdraw"):
            words = (frozenset(row["payload"].get("wishes", ())), _said_other(row, evidence), row["channel"])
            proof = proven.get(row["voter"], "none")
            said[row["place_id"], row["voter"]] |= {(*words, row["proof"]), (*words, proof)}
    people: dict[UUID, int] = defaultdict(int)
    faults = []
    for row in evidence.basis:
        place = row["place_id"]
        people[place] += 1
        if (frozenset(row["wishes"]), row["other"], row["channel"], row["proof"]) not in said[place, row["voter"]]:
            faults.append(f"public basis of place {place}: it holds an answer that nobody sent")
    faults += [f"public basis of place {place}: only {n} people" for place, n in people.items() if n < SHOWN_FROM]
    return Check("public basis against the journal", len(evidence.basis), faults)


def check_release(evidence: Evidence, scope: Scope) -> Check:
    """The latest release of a scope says what a recount says."""
    release = evidence.releases.get(scope)
    if release is None:
        return Check(f"{scope} release", 0, note=f"there is no {scope} release yet")
    name = f"{scope} release {release['number']}, recounted"
    if scope == "public":
        rows = (Ballot(row["place_id"], row["voter"], tuple(row["wishes"]), row["other"], row["channel"], row["proof"])
                for row in evidence.basis)  # fmt: skip
        return Check(name, len(evidence.counts.get(scope, ())), _differences(evidence, scope, list(rows)))
    return _check_desk(evidence, release, name)


def _check_desk(evidence: Evidence, release: Record, name: str) -> Check:
    """Against the journal as it is; where anything came since, as it was when the release was made."""
    number = len(evidence.counts.get("desk", ()))
    faults = _differences(evidence, "desk", ballots(evidence))
    if not faults or not _moved_since(evidence, release):
        return Check(name, number, faults)
    since = release["made_at"]
    then = ballots(evidence, lambda row: row["id"] not in evidence.arrivals or evidence.arrivals[row["id"]] <= since)
    if not _differences(evidence, "desk", then):
        return Check(name, number, note=AS_OF)
    return Check(name, number, note=MOVED)


def _moved_since(evidence: Evidence, release: Record) -> bool:
    day = release["made_at"].astimezone(ZoneInfo(evidence.process.timezone)).date()
    came = any(at > release["made_at"] - COMMITTING for at in evidence.arrivals.values())
    return came or any(row["day"] >= day for row in (*evidence.events, *evidence.proofs))


def _differences(evidence: Evidence, scope: Scope, counted: list[Ballot]) -> list[str]:
    release, places = evidence.releases[scope], _ground(evidence, counted)
    regions = _regions(places)
    owed = _published(_count(counted, regions, evidence), scope, evidence)
    stored = {
        (row["area"], row["at"], row["level"], row["code"]): (row["persons"], row["wishes"])
        for row in evidence.counts.get(scope, ())
    }
    if scope == "public":
        # A spot that somebody marked since is near doors whose figures stand: it has none of its own yet.
        spots = {str(row["id"]) for row in places if row["kind"] == "spot"} - {str(one.place) for one in counted}
        owed, stored = ({key: n for key, n in counts.items() if key[1] not in spots} for counts in (owed, stored))
    told = f"{scope} release {release['number']}"
    faults = [
        f"{told}, {' '.join(filter(None, key))}: {stored.get(key, _NONE)} stored, {owed.get(key, _NONE)} recounted"
        for key in sorted(owed.keys() | stored.keys())
        if owed.get(key) != stored.get(key)
    ]
    for name, value in _headline(owed, evidence, scope, len(places)).items():
        if release[name] != value:
            faults.append(f"{told}, {name}: {release[name]} stored, {value} recounted")
    return faults


def _headline(owed: Counts, evidence: Evidence, scope: Scope, places: int) -> dict[str, int]:
    answers = [n for (area, _, level, _), (n, _) in owed.items() if (area, level) == ("place", "all")]
    persons, wishes = owed.get(("total", "", "all", ""), (0, 0))
    figures = {"participants": persons, "wishes": wishes, "opinions": sum(answers), "places_shown": len(answers)}
    if scope == "public":
        # Late answers, and spots without figures, come and go without a new public release.
        return figures
    aside = set_aside(evidence)
    late = sum(
        row["late"] and not row["payload"].get("withdraw") and row["id"] not in aside
        for row in current_answers(evidence.journal).values()
    )
    return figures | {"late": late, "places_hidden": places - len(answers)}


def _ground(evidence: Evidence, counted: list[Ballot]) -> list[Record]:
    """The places of the process; of the spots those where anybody wishes for something, or did in public."""
    wished = {one.place for one in counted} | {row["place_id"] for row in evidence.basis}
    return [row for row in evidence.places if row["listed"] and (row["kind"] != "spot" or row["id"] in wished)]


def _regions(places: list[Record]) -> dict[UUID, list[Region]]:
    """The regions that a vote at each place counts in: all, its own, its three hexagons, and each reach it lies in."""
    regions: dict[UUID, list[Region]] = {
        row["id"]: [("total", ""), ("place", str(row["id"])), *(("cell", str(row[f"cell_{n}"])) for n in (8, 9, 10))]
        for row in places
    }
    for one, other in _near(places):
        regions[other].append(("reach", str(one)))
    return regions


def _near(places: list[Record]) -> Iterator[tuple[UUID, UUID]]:
    """Every pair of places within reach, each place with itself too, both ways."""
    ordered = sorted(((row["lat"], row["lon"], row["id"]) for row in places), key=lambda place: place[:2])
    window = REACH_M * 1.01 / 111_194
    for n, (lat, lon, one) in enumerate(ordered):
        yield one, one
        for other_lat, other_lon, other in ordered[n + 1 :]:
            if other_lat - lat > window:
                break
            if _metres((lon, lat), (other_lon, other_lat)) <= REACH_M:
                yield from ((one, other), (other, one))


def _metres(a: tuple[float, float], b: tuple[float, float]) -> float:
    """Great-circle distance between two (lon, lat), by the haversine."""
    (lon_a, lat_a), (lon_b, lat_b) = ([radians(x) for x in point] for point in (a, b))
    half = sin((lat_b - lat_a) / 2) ** 2 + cos(lat_a) * cos(lat_b) * sin((lon_b - lon_a) / 2) ** 2
    return 2 * EARTH_M * asin(sqrt(half))


def _count(counted: Iterable[Ballot], regions: Mapping[UUID, list[Region]], evidence: Evidence) -> Counts:
    families = {row["code"]: row["family"] for row in evidence.activities}
    persons: dict[Any, set[bytes]] = defaultdict(set)
    wishes: dict[Any, int] = defaultdict(int)
    for one in counted:
        said = list(_items(one, families))
        for region in regions.get(one.place, ()):
            for level, code, number in said:
                persons[*region, level, code].add(one.voter)
                wishes[*region, level, code] += number
    return {key: (len(people), wishes[key]) for key, people in persons.items()}


def _items(one: Ballot, families: Mapping[str, str]) -> Iterator[tuple[str, str, int]]:
    """What a vote counts as: level, code, and how many wishes."""
    known = [wish for wish in dict.fromkeys(one.wishes) if wish in families]
    yield "all", "", len(known)
    for wish in known:
        yield "activity", wish, 1
        yield "family", families[wish], 1
    if one.other:
        yield "choice", "other", 0
    yield from (("channel", one.channel, 0), ("proof", one.proof, 0))


def _published(counts: Counts, scope: Scope, evidence: Evidence) -> Counts:
    """Those counts that the scope may show."""
    facts = {row["code"]: (row["family"], row["sensitive"]) for row in evidence.activities}
    parts: dict[str, list[int]] = defaultdict(list)
    for (area, _, level, _), (people, _) in counts.items():
        if area == "total":
            parts[level].append(people)

    def item(level: str, code: str) -> Item:
        return Item(level, code, *facts[code]) if level == "activity" else Item(level, code)

    return {key: n for key, n in counts.items() if published(item(key[2], key[3]), key[0], scope, parts)}
