"""All that an audit reads, in one view of the database; what it makes of it stands in `journal.py` and `figures.py`."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from asyncpg import Record

from devanture.audit import queries
from devanture.db.pool import Database
from devanture.processes.schemas import Process
from devanture.processes.service import process_key

Rows = Sequence[Record]


@dataclass(frozen=True)
class Evidence:
    """Rows as they are stored; `releases` and `counts` are of the latest release of each scope.

    `events` are those of set-aside, by opinion and number; `erased` the words that are gone from a sending.
    """

    process: Process
    leaf_key: bytes
    journal: Rows
    current: Rows
    leaves: Rows
    sealed: Rows
    seals: Rows
    events: Rows
    proofs: Rows
    basis: Rows
    places: Rows
    activities: Rows
    marks: Mapping[str, UUID]
    erased: Mapping[UUID, set[str]]
    arrivals: Mapping[UUID, datetime]
    releases: Mapping[str, Record]
    counts: Mapping[str, Rows]


async def gather(database: Database, process: Process, master: bytes) -> Evidence:
    """Everything about one process at one instant."""
    leaf_key = await process_key(database, process, "leaf", master)
    async with database.transaction(process.organisation_id, "repeatable_read") as connection:
        await queries.give_time(connection, 600)
        rows: dict[str, Any] = await queries.evidence(connection, process.organisation_id, process.id)
    rows["marks"] = {str(row["id"]): row["place_id"] for row in rows["marks"]}
    rows["arrivals"] = {row["opinion_id"]: row["arrived_at"] for row in rows["arrivals"]}
    rows["releases"] = {row["scope"]: row for row in rows["releases"]}
    erased = _grouped(rows["erased"], "opinion_id")
    rows["erased"] = {opinion: {word for row in found for word in row["words"]} for opinion, found in erased.items()}
    rows["counts"] = _grouped(rows["counts"], "scope")
    return Evidence(process, leaf_key, **rows)


def _grouped(rows: Rows, name: str) -> dict[Any, list[Record]]:
    groups: dict[Any, list[Record]] = defaultdict(list)
    for row in rows:
        groups[row[name]].append(row)
    return groups
