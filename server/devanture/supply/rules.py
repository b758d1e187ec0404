"""What stands near a door, from straight distances: pure counting."""

from collections.abc import Iterable, Mapping
from typing import Any

NEAR_M = 200
"""The circle of Cmarue's study: shops within 200 m, as the crow flies."""
WALK_M = 400
"""Five minutes on foot at 4.8 km/h."""
DETOUR = 1.3
"""Walking distance over straight distance in a European town, until the streets themselves are walked."""
REACH_M = 1200
"""A quarter of an hour on foot: how far the nearest shop of a kind is looked for, online and in the phone's pack."""


def walk_m(straight_m: float) -> float:
    return straight_m * DETOUR


def supply_rows(shops: Iterable[Any]) -> list[dict[str, Any]]:
    """One row a kind: how many within 200 m, within five minutes on foot, the nearest. `shops` are nearest first."""
    rows: dict[str, dict[str, Any]] = {}
    for shop in shops:
        row = rows.setdefault(shop["activity"], _first(shop))
        row["count"] += shop["metres"] <= NEAR_M
        row["within_walk"] += walk_m(shop["metres"]) <= WALK_M
    return list(rows.values())


def _first(shop: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "code": shop["activity"],
        "count": 0,
        "within_walk": 0,
        "nearest_m": round(walk_m(shop["metres"])),
        "nearest_name": shop["name"],
        "confirmed": shop["confirmed"],
    }
