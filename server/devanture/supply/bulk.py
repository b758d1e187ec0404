"""What an import writes of existing shops. A draft from open data never undoes what somebody saw on foot."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from msgspec import Struct

from devanture.db.pool import Connection


class ShopRow(Struct, frozen=True):
    """Degrees, EPSG:4326; `activity` is a code of the catalogue, absent when the type is unknown."""

    ref: str
    lon: float
    lat: float
    activity: str | None = None
    name: str | None = None
    number: str | None = None
    street: str | None = None
    source: str | None = None
    source_id: str | None = None
    seen: date | None = None
    confirmed: bool = False


_UPSERT = """
INSERT INTO supply AS s (organisation_id, id, ref, activity, name, number, street, geom, source, source_id, seen,
                         confirmed)
SELECT $1, gen_random_uuid(), r.ref, r.activity, r.name, r.number, r.street,
       ST_SetSRID(ST_MakePoint(r.lon, r.lat), 4326), r.source, r.source_id, r.seen, r.confirmed
  FROM jsonb_to_recordset($2::jsonb)
    AS r (ref text, lon float8, lat float8, activity text, name text, number text, street text, source text,
          source_id text, seen date, confirmed bool)
ON CONFLICT (organisation_id, ref) DO UPDATE
   SET activity = excluded.activity, name = excluded.name, number = excluded.number, street = excluded.street,
       geom = excluded.geom, source = excluded.source, source_id = excluded.source_id, seen = excluded.seen,
       confirmed = excluded.confirmed
 WHERE excluded.confirmed OR NOT s.confirmed
RETURNING xmax = 0 AS added
"""


async def upsert_shops(connection: Connection, organisation_id: UUID, rows: Sequence[ShopRow]) -> int:
    """Write shops by reference; returns how many are new. No reference may stand twice in `rows`."""
    return sum(row["added"] for row in await connection.fetch(_UPSERT, organisation_id, rows))


async def remove_vanished(
    connection: Connection,
    organisation_id: UUID,
    bounds: tuple[float, float, float, float],
    sources: Sequence[str],
    refs: Sequence[str],
) -> int:
    """Drop the drafts of these sources inside `bounds` that a newer extract no longer holds; returns how many."""
    done: str = await connection.execute(
        """
        DELETE FROM supply
         WHERE organisation_id = $1 AND NOT confirmed AND source = ANY($6) AND ref <> ALL($7)
           AND geom && ST_MakeEnvelope($2, $3, $4, $5, 4326)
        """,
        organisation_id,
        *bounds,
        sources,
        refs,
    )
    return int(done.split()[-1])
