"""SQL of reports."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple
from uuid import UUID

from asyncpg import Record

from devanture.db.pool import Connection


class ReportRow(NamedTuple):
    """One report on its way; `lon` and `lat` only where a shop is missing from the list."""

    id: UUID
    place_id: UUID | None
    finding: str
    lon: float | None
    lat: float | None
    street: str | None
    number: str | None
    note: str | None
    another: bool
    voter: bytes
    digest: bytes
    day: date


async def wait_for_turn(connection: Connection, process_id: UUID, voter: bytes) -> None:
    """Let no other report of this voter pass until this transaction ends, so that their number can be bounded."""
    await connection.execute("SELECT pg_advisory_xact_lock(hashtextextended($1, 1))", f"{process_id} {voter.hex()}")


async def insert(connection: Connection, organisation_id: UUID, process_id: UUID, row: ReportRow, most: int) -> bool:
    """Whether the report is new and the voter had sent fewer than `most` of its kind; else nothing is written."""
    status: str = await connection.execute(
        """
        INSERT INTO report (organisation_id, process_id, id, place_id, finding, geom, street, number, note, another,
                            voter, digest, day, state)
        SELECT $1, $2, $3, $4, $5, ST_SetSRID(ST_MakePoint($6, $7), 4326), $8, $9, $10, $11, $12, $13, $14, 'waiting'
         WHERE (SELECT count(*) FROM report WHERE organisation_id = $1 AND process_id = $2 AND voter = $12
                   AND (finding = 'missing') = ($5 = 'missing')) < $15
        ON CONFLICT DO NOTHING
        """,
        organisation_id,
        process_id,
        *row,
        most,
    )
    return status == "INSERT 0 1"


async def digest(connection: Connection, organisation_id: UUID, process_id: UUID, report_id: UUID) -> bytes | None:
    found: bytes | None = await connection.fetchval(
        "SELECT digest FROM report WHERE organisation_id = $1 AND process_id = $2 AND id = $3",
        organisation_id,
        process_id,
        report_id,
    )
    return found


async def last_vacant(connection: Connection, organisation_id: UUID, process_id: UUID) -> Sequence[Record]:
    """The last day on which somebody found each place still vacant, unless the desk knows better."""
    return await connection.fetch(
        """
        SELECT place_id, max(day) AS day FROM report
         WHERE organisation_id = $1 AND process_id = $2 AND finding = 'vacant' AND state <> 'dismissed'
         GROUP BY place_id
        """,
        organisation_id,
        process_id,
    )


async def waiting_places(
    connection: Connection, organisation_id: UUID, process_id: UUID, limit: int, offset: int
) -> Sequence[Record]:
    """Places with reports that wait, newest first: how many people found what."""
    return await connection.fetch(
        """
        SELECT p.id AS place_id, p.ref, jsonb_object_agg(r.finding, r.persons) AS findings, max(r.last) AS last
          FROM (SELECT place_id, finding, count(DISTINCT voter) AS persons, max(day) AS last FROM report
                 WHERE organisation_id = $1 AND process_id = $2 AND state = 'waiting' AND place_id IS NOT NULL
                 GROUP BY place_id, finding) AS r
          JOIN place p ON p.organisation_id = $1 AND p.id = r.place_id
         GROUP BY p.id, p.ref ORDER BY last DESC, p.ref LIMIT $3 OFFSET $4
        """,
        organisation_id,
        process_id,
        limit,
        offset,
    )


async def waiting_missing(
    connection: Connection, organisation_id: UUID, process_id: UUID, limit: int, offset: int
) -> Sequence[Record]:
    return await connection.fetch(
        """
        SELECT id, ST_X(geom) AS lon, ST_Y(geom) AS lat, street, number, note, another, day FROM report
         WHERE organisation_id = $1 AND process_id = $2 AND state = 'waiting' AND place_id IS NULL
         ORDER BY day DESC, id LIMIT $3 OFFSET $4
        """,
        organisation_id,
        process_id,
        limit,
        offset,
    )
