"""What an import writes of processes. Keys and dates are written once, when the process is made."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from msgspec import Struct

from devanture.db.pool import Connection


class NewProcess(Struct, frozen=True):
    """`bounds` is west, south, east, north in degrees; `texts` by name, then by language."""

    id: UUID
    slug: str
    kind: str
    name: Any
    texts: dict[str, dict[str, str]]
    timezone: str
    bounds: tuple[float, float, float, float]
    handover_on: date
    max_wishes: int
    demonstration: bool
    sources: Sequence[Any]


class NewPhase(Struct, frozen=True):
    """`allows` says what may be done meanwhile: `opinions`."""

    code: str
    opens_at: datetime
    closes_at: datetime
    allows: Sequence[str]


async def add_process(connection: Connection, organisation_id: UUID, process: NewProcess) -> None:
    await connection.execute(
        """
        INSERT INTO process (organisation_id, id, slug, kind, name, texts, timezone, bounds, handover_on, max_wishes,
                             demonstration, sources)
        VALUES ($1, $2, $3, $4, $5, $6, $7, ST_MakeEnvelope($8, $9, $10, $11, 4326), $12, $13, $14, $15)
        """,
        organisation_id,
        process.id,
        process.slug,
        process.kind,
        process.name,
        process.texts,
        process.timezone,
        *process.bounds,
        process.handover_on,
        process.max_wishes,
        process.demonstration,
        process.sources,
    )


async def renew_process(
    connection: Connection,
    organisation_id: UUID,
    process_id: UUID,
    name: Any,
    sources: Sequence[Any],
    bounds: tuple[float, float, float, float],
) -> None:
    """Take a newer name, newer sources and a newer perimeter; nothing else of a process changes by an import."""
    await connection.execute(
        """
        UPDATE process SET name = $3, sources = $4, bounds = ST_MakeEnvelope($5, $6, $7, $8, 4326)
         WHERE organisation_id = $1 AND id = $2
        """,
        organisation_id,
        process_id,
        name,
        sources,
        *bounds,
    )


async def set_sectors(
    connection: Connection, organisation_id: UUID, process_id: UUID, sectors: Sequence[Mapping[str, str]]
) -> None:
    """Where people may say they live: `code`, `fr`, `en` of each."""
    await connection.execute(
        "UPDATE process SET sectors = $3 WHERE organisation_id = $1 AND id = $2", organisation_id, process_id, sectors
    )


async def add_keys(
    connection: Connection, organisation_id: UUID, process_id: UUID, wrapped: Mapping[str, bytes]
) -> None:
    """`wrapped` by purpose; row-level security takes it inside the organisation's own transaction only."""
    await connection.executemany(
        "INSERT INTO process_key (organisation_id, process_id, purpose, wrapped) VALUES ($1, $2, $3, $4)",
        [(organisation_id, process_id, purpose, key) for purpose, key in wrapped.items()],
    )


async def add_phase(connection: Connection, organisation_id: UUID, process_id: UUID, phase: NewPhase) -> None:
    await connection.execute(
        """
        INSERT INTO phase (organisation_id, process_id, code, opens_at, closes_at, allows)
        VALUES ($1, $2, $3, $4, $5, $6)
        """,
        organisation_id,
        process_id,
        phase.code,
        phase.opens_at,
        phase.closes_at,
        phase.allows,
    )
