"""What an import writes of places: whole lists at once, found again by their reference.

An import says what it knows. A field that it leaves out keeps the value it has, and no place is ever taken away:
opinions, posters and followers hang on it.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from asyncpg import Record
from msgspec import Struct

from devanture.db.pool import Connection


class PlaceRow(Struct, frozen=True):
    """Degrees, EPSG:4326; `cell_8` to `cell_10` are the H3 cells of the point at these resolutions.

    Without a `state` a known place keeps its own and a new one is vacant, or open when it is a site.
    """

    ref: str
    kind: str
    lon: float
    lat: float
    cell_8: int
    cell_9: int
    cell_10: int
    state: str | None = None
    number: str | None = None
    street: str | None = None
    near_street: str | None = None
    name: str | None = None
    left: dict[str, str] | None = None
    right: dict[str, str] | None = None
    stance: str | None = None
    plan: dict[str, str] | None = None
    source: str | None = None
    source_id: str | None = None
    seen: date | None = None


class DetailRow(Struct, frozen=True):
    """A field of a place that does not begin as public; `visibility` is public, desk or negotiation."""

    ref: str
    field: str
    value: Any
    visibility: str


_UPSERT = """
INSERT INTO place AS p (organisation_id, id, ref, kind, state, geom, cell_8, cell_9, cell_10, number, street,
                        near_street, name, "left", "right", stance, plan, source, source_id, seen)
SELECT $1, gen_random_uuid(), r.ref, r.kind,
       coalesce(r.state, known.state, CASE r.kind WHEN 'site' THEN 'open' ELSE 'vacant' END),
       ST_SetSRID(ST_MakePoint(r.lon, r.lat), 4326), r.cell_8, r.cell_9, r.cell_10, r.number, r.street, r.near_street,
       r.name, r."left", r."right", r.stance, r.plan, r.source, r.source_id, r.seen
  FROM jsonb_to_recordset($2::jsonb)
    AS r (ref text, kind text, state text, lon float8, lat float8, cell_8 bigint, cell_9 bigint, cell_10 bigint,
          number text, street text, near_street text, name text, "left" jsonb, "right" jsonb, stance text, plan jsonb,
          source text, source_id text, seen date)
  LEFT JOIN place known ON known.organisation_id = $1 AND known.ref = r.ref
ON CONFLICT (organisation_id, ref) DO UPDATE
   SET state = excluded.state, geom = excluded.geom, cell_8 = excluded.cell_8, cell_9 = excluded.cell_9,
       cell_10 = excluded.cell_10, number = coalesce(excluded.number, p.number),
       street = coalesce(excluded.street, p.street), near_street = coalesce(excluded.near_street, p.near_street),
       name = coalesce(excluded.name, p.name), "left" = coalesce(excluded."left", p."left"),
       "right" = coalesce(excluded."right", p."right"), stance = coalesce(excluded.stance, p.stance),
       plan = coalesce(excluded.plan, p.plan), source = coalesce(excluded.source, p.source),
       source_id = coalesce(excluded.source_id, p.source_id), seen = coalesce(excluded.seen, p.seen)
RETURNING xmax = 0 AS added
"""


async def upsert_places(connection: Connection, organisation_id: UUID, rows: Sequence[PlaceRow]) -> int:
    """Write places by reference; returns how many are new. No reference may stand twice in `rows`."""
    return sum(row["added"] for row in await connection.fetch(_UPSERT, organisation_id, rows))


async def conflicts(
    connection: Connection, organisation_id: UUID, rows: Sequence[PlaceRow], metres: float
) -> Sequence[Record]:
    """Rows whose reference names another place already: one further than `metres` away, or of another kind."""
    return await connection.fetch(
        """
        SELECT p.ref, p.kind, ST_DistanceSphere(p.geom, ST_SetSRID(ST_MakePoint(r.lon, r.lat), 4326)) AS metres
          FROM place p JOIN jsonb_to_recordset($2::jsonb) AS r (ref text, kind text, lon float8, lat float8)
            ON r.ref = p.ref
         WHERE p.organisation_id = $1
           AND (p.kind <> r.kind
                OR ST_DistanceSphere(p.geom, ST_SetSRID(ST_MakePoint(r.lon, r.lat), 4326)) > $3)
         ORDER BY p.ref
        """,
        organisation_id,
        rows,
        metres,
    )


async def upsert_details(connection: Connection, organisation_id: UUID, rows: Sequence[DetailRow]) -> None:
    """Write fields of places that exist; a field keeps the visibility that the desk gave it."""
    await connection.execute(
        """
        INSERT INTO place_detail (organisation_id, place_id, field, value, visibility)
        SELECT $1, p.id, r.field, r.value, r.visibility
          FROM jsonb_to_recordset($2::jsonb) AS r (ref text, field text, value jsonb, visibility text)
          JOIN place p ON p.organisation_id = $1 AND p.ref = r.ref
        ON CONFLICT (organisation_id, place_id, field) DO UPDATE SET value = excluded.value
        """,
        organisation_id,
        rows,
    )


async def link_places(connection: Connection, organisation_id: UUID, process_id: UUID, refs: Sequence[str]) -> None:
    """Let a process ask about these places."""
    await connection.execute(
        """
        INSERT INTO process_place (organisation_id, process_id, place_id)
        SELECT $1, $2, id FROM place WHERE organisation_id = $1 AND ref = ANY($3)
        ON CONFLICT DO NOTHING
        """,
        organisation_id,
        process_id,
        refs,
    )


async def linked_but_unlisted(
    connection: Connection, organisation_id: UUID, process_id: UUID, refs: Sequence[str]
) -> list[str]:
    """References of the process's places that a list no longer holds; spots come from residents, never from a list."""
    rows = await connection.fetch(
        """
        SELECT p.ref FROM process_place l
          JOIN place p ON p.organisation_id = l.organisation_id AND p.id = l.place_id
         WHERE l.organisation_id = $1 AND l.process_id = $2 AND p.ref <> ALL($3) AND p.kind <> 'spot'
         ORDER BY p.ref
        """,
        organisation_id,
        process_id,
        refs,
    )
    return [row["ref"] for row in rows]


async def doors(connection: Connection, organisation_id: UUID, process_id: UUID) -> list[dict[str, Any]]:
    """The premises of a process with their point, number and street: what a walk is made of."""
    rows = await connection.fetch(
        """
        SELECT p.ref, ST_X(p.geom) AS lon, ST_Y(p.geom) AS lat, p.number, p.street, p.near_street
          FROM process_place l JOIN place p ON p.organisation_id = l.organisation_id AND p.id = l.place_id
         WHERE l.organisation_id = $1 AND l.process_id = $2 AND p.kind = 'premises' AND p.merged_into IS NULL
         ORDER BY p.ref
        """,
        organisation_id,
        process_id,
    )
    return [dict(row) for row in rows]


async def write_turns(connection: Connection, organisation_id: UUID, process_id: UUID, turns: Sequence[Any]) -> None:
    """Write every door's turn in its walk (`streets.walking.Turn`); what has none is in no walk."""
    await connection.execute(
        """
        UPDATE process_place l SET round = t.round, step = t.step, side = t.side, along_m = t.along_m
          FROM place p
          LEFT JOIN jsonb_to_recordset($3::jsonb)
            AS t (ref text, round text, step integer, side text, along_m float8) ON t.ref = p.ref
         WHERE l.organisation_id = $1 AND l.process_id = $2
           AND p.organisation_id = l.organisation_id AND p.id = l.place_id
        """,
        organisation_id,
        process_id,
        turns,
    )
