from typing import Any
from uuid import UUID

from devanture.activities.rules import fold
from devanture.activities.schemas import Catalogue
from devanture.db.pool import Database
from devanture.processes.schemas import Process
from devanture.supply import queries
from devanture.supply.rules import DETOUR, WALK_M, WINDOW_M, supply_rows, walk_m


async def supply_view(
    database: Database, process: Process, place_id: UUID, catalogue: Catalogue, lang: str
) -> dict[str, Any]:
    """Existing shops around a place by kind, alphabetical, with source and the day last seen."""
    async with database.transaction(process.organisation_id) as connection:
        shops = await queries.around_place(connection, process.organisation_id, place_id, WINDOW_M)
    known = catalogue.by_code()
    rows = [row for row in supply_rows(shops) if row["code"] in known]
    for row in rows:
        row |= {"label": known[row["code"]].label[lang], "icon": known[row["code"]].icon}
    return {
        "rows": sorted(rows, key=lambda row: fold(row["label"])),
        "source": next((shop["source"] for shop in shops if shop["source"]), None),
        "seen": max((shop["seen"] for shop in shops if shop["seen"]), default=None),
        "within_m": WINDOW_M,
        "not_surveyed": not any(shop["confirmed"] for shop in shops),
    }


async def supply_counts(database: Database, process: Process) -> dict[str, list[dict[str, Any]]]:
    """For the phone's pack: by place reference, the kinds within five minutes on foot."""
    async with database.transaction(process.organisation_id) as connection:
        rows = await queries.around_places(connection, process.organisation_id, process.id, WALK_M / DETOUR)
    found: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        count = {"activity": row["activity"], "count": row["count"], "nearest_m": round(walk_m(row["metres"]))}
        found.setdefault(row["ref"], []).append(count)
    return found
