"""What people want where: a general liking, made stronger by what is missing around a place and by its own vein."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path
from random import Random
from typing import Any

import numpy as np
import numpy.typing as npt

from geodata.errors import GeodataError
from geodata.metres import scale
from geodata.voters import words

VEIN = 3
"""Activities that a place draws more than others do, for no reason a map could tell."""
VEIN_STRENGTH = 7.0
AROUND = 8
"""Places one may walk on to from a place."""

Points = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Taste:
    """One place as voters see it: its wishes with running weights, the families shown there, what is near."""

    ref: str
    site: bool
    wishes: Sequence[str]
    weights: Sequence[float]
    families: Sequence[str]
    near: Sequence[int]
    popularity: float


def tastes(directory: Path, chance: Random) -> list[Taste]:
    """The open places of a town folder, most popular first. GeodataError when a file is missing or none is open."""
    catalogue = _read(directory / "catalogue.json")
    places = [f for f in _features(directory, "places") if f["properties"]["state"] in ("vacant", "open")]
    if not places:
        raise GeodataError(f"{directory / 'places.geojson'}: no place is vacant or open")
    factor = scale(places[0]["geometry"]["coordinates"][1])
    supply = _supply(directory, factor)
    # Which places are popular is drawn; the order of the file says nothing.
    chance.shuffle(places)
    points = _points(places, factor)
    return [
        Taste(
            ref=place["properties"]["ref"],
            site=place["properties"]["kind"] == "site",
            near=_nearest(points, number),
            popularity=1 / (number + 3) ** 1.15,
            **_wishes(catalogue, place, points[number], supply, chance),
        )
        for number, place in enumerate(places)
    ]


def _wishes(
    catalogue: dict[str, Any], place: dict[str, Any], here: Points, supply: dict[str, Points], chance: Random
) -> dict[str, Any]:
    kind = place["properties"]["kind"]
    families = [family["code"] for family in catalogue["families"] if family["kind"] == kind]
    codes = [activity["code"] for activity in catalogue["activities"] if activity["family"] in families]
    shops = {family["code"] for family in catalogue["families"] if family["shop"]}
    sold = {activity["code"] for activity in catalogue["activities"] if activity["family"] in shops}
    vein = set(chance.sample(codes, min(VEIN, len(codes))))
    weights = [
        words.BASE.get(code, words.RARELY)
        * (_missing(here, supply.get(code)) if code in sold else 1)
        * (VEIN_STRENGTH if code in vein else 1)
        * chance.uniform(0.5, 1.5)
        for code in codes
    ]
    return {"wishes": codes, "weights": list(accumulate(weights)), "families": families}


def _missing(here: Points, shops: Points | None) -> float:
    """From 0.3 beside a shop of the kind to 2.5 where the nearest is 600 m away or there is none."""
    if shops is None:
        return 2.5
    nearest = float(np.hypot(*(shops - here).T).min())
    return 0.3 + 2.2 * min(nearest, 600) / 600


def _nearest(points: Points, number: int) -> list[int]:
    away = np.hypot(*(points - points[number]).T)
    return [int(other) for other in np.argsort(away, kind="stable")[1 : AROUND + 1]]


def _supply(directory: Path, factor: Points) -> dict[str, Points]:
    groups: dict[str, list[dict[str, Any]]] = {}
    for shop in _features(directory, "supply"):
        groups.setdefault(shop["properties"].get("activity", ""), []).append(shop)
    return {activity: _points(shops, factor) for activity, shops in groups.items()}


def _points(features: list[dict[str, Any]], factor: Points) -> Points:
    return np.array([feature["geometry"]["coordinates"] for feature in features]) * factor


def _features(directory: Path, name: str) -> list[dict[str, Any]]:
    features: list[dict[str, Any]] = _read(directory / f"{name}.geojson")["features"]
    return features


def _read(path: Path) -> dict[str, Any]:
    try:
        content: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise GeodataError(f"{path}: no such file; is this a town folder?") from error
    except json.JSONDecodeError as error:
        raise GeodataError(f"{path}: line {error.lineno}: {error.msg}") from error
    return content
