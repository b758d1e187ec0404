from typing import Any
from uuid import UUID

from devanture.activities.rules import fold
from devanture.activities.schemas import Catalogue
from devanture.db.pool import Database
from devanture.processes.schemas import Process
from devanture.supply import queries
from devanture.supply.rules import DETOUR, NEAR_M, REACH_M, WALK_M, supply_rows, walk_m

_CIRCLES = (REACH_M / DETOUR, WALK_M / DETOUR, float(NEAR_M))


async def supply_view(
    database: Database, process: Process, place_id: UUID, catalogue: Catalogue, lang: str
) -> dict[str, Any]:
    """Existing shops around a place by kind, alphabetical, with source and the day last seen."""
    async with database.transaction(process.organisation_id) as connection:
        shops = await queries.around_place(connection, process.organisation_id, place_id, REACH_M / DETOUR)
        origin = await queries.origin(connection, process.organisation_id, process.bounds)
    known = catalogue.by_code()
    rows = [row for row in supply_rows(shops) if row["code"] in known]
    for row in rows:
        row |= {"label": known[row["code"]].label[lang], "icon": known[row["code"]].icon}
    return {
        "rows": sorted(rows, key=lambda row: fold(row["label"])),
        **dict(origin),
        "within_m": REACH_M,
        "not_surveyed": not any(row["confirmed"] for row in rows),
    }


async def supply_counts(database: Database, process: Process) -> dict[str, list[dict[str, Any]]]:
    """For the phone's pack: by place reference, what `supply_view` says of each kind within reach.

    `near` counts within 200 m, `count` within five minutes on foot, `nearest_m` is metres on foot.
    """
    async with database.transaction(process.organisation_id) as connection:
        rows = await queries.around_places(connection, process.organisation_id, process.id, *_CIRCLES)
    found: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        kind = {name: row[name] for name in ("activity", "near", "count", "confirmed")}
        found.setdefault(row["ref"], []).append(kind | {"nearest_m": round(walk_m(row["metres"]))})
    return found


async def supply_origin(database: Database, process: Process) -> dict[str, Any]:
    """`source` and `seen`: where the shops of a process come from, and the latest day that one of them was seen."""
    async with database.transaction(process.organisation_id) as connection:
        return dict(await queries.origin(connection, process.organisation_id, process.bounds))
