"""What an import writes of streets: all of a process at once, in the place of those before."""

from collections.abc import Sequence
from uuid import UUID

import msgspec
from msgspec import Struct

from devanture.db.pool import Connection


class StreetRow(Struct, frozen=True):
    """`lines` are centre lines in degrees, EPSG:4326; none where only addresses know the street."""

    name: str
    rank: str
    lines: Sequence[Sequence[tuple[float, float]]]


class AddressRow(Struct, frozen=True):
    """A house number on its wall; `street` as in `StreetRow`."""

    street: str
    number: str
    lon: float
    lat: float


async def replace_streets(
    connection: Connection, organisation_id: UUID, process_id: UUID, rows: Sequence[StreetRow]
) -> None:
    await connection.execute(
        "DELETE FROM street WHERE organisation_id = $1 AND process_id = $2", organisation_id, process_id
    )
    await connection.execute(
        """
        INSERT INTO street (organisation_id, process_id, name, rank, geom)
        SELECT $1, $2, r.name, r.rank, ST_SetSRID(ST_GeomFromGeoJSON(
                 jsonb_build_object('type', 'MultiLineString', 'coordinates', r.lines)), 4326)
          FROM jsonb_to_recordset($3::jsonb) AS r (name text, rank text, lines jsonb)
        """,
        organisation_id,
        process_id,
        rows,
    )


async def replace_addresses(
    connection: Connection, organisation_id: UUID, process_id: UUID, rows: Sequence[AddressRow]
) -> None:
    await connection.execute(
        "DELETE FROM address WHERE organisation_id = $1 AND process_id = $2", organisation_id, process_id
    )
    await connection.execute(
        """
        INSERT INTO address (organisation_id, process_id, street, number, geom)
        SELECT $1, $2, r.street, r.number, ST_SetSRID(ST_MakePoint(r.lon, r.lat), 4326)
          FROM jsonb_to_recordset($3::jsonb) AS r (street text, number text, lon float8, lat float8)
        """,
        organisation_id,
        process_id,
        rows,
    )


async def known_streets(connection: Connection, organisation_id: UUID, process_id: UUID) -> list[StreetRow]:
    rows = await connection.fetch(
        """
        SELECT name, rank, ST_AsGeoJSON(geom, 7)::jsonb -> 'coordinates' AS lines
          FROM street WHERE organisation_id = $1 AND process_id = $2 ORDER BY name
        """,
        organisation_id,
        process_id,
    )
    return [msgspec.convert(dict(row), StreetRow) for row in rows]


async def known_addresses(connection: Connection, organisation_id: UUID, process_id: UUID) -> list[AddressRow]:
    rows = await connection.fetch(
        """
        SELECT street, number, ST_X(geom) AS lon, ST_Y(geom) AS lat
          FROM address WHERE organisation_id = $1 AND process_id = $2 ORDER BY street, number
        """,
        organisation_id,
        process_id,
    )
    return [msgspec.convert(dict(row), AddressRow) for row in rows]
