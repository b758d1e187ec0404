"""What an import writes of a process's catalogue."""

from collections.abc import Sequence
from uuid import UUID

from msgspec import Struct

from devanture.activities.schemas import Words
from devanture.db.pool import Connection


class FamilyRow(Struct, frozen=True):
    code: str
    kind: str
    position: int
    label: Words
    icon: str
    shop: bool


class ActivityRow(Struct, frozen=True):
    code: str
    family: str
    label: Words
    one: Words
    icon: str
    synonyms: dict[str, list[str]]
    sensitive: bool
    osm: list[str]
    bdcom: list[str]
    naf: list[str]


async def upsert_families(
    connection: Connection, organisation_id: UUID, process_id: UUID, rows: Sequence[FamilyRow]
) -> None:
    await connection.execute(
        """
        INSERT INTO family (organisation_id, process_id, code, kind, position, label, icon, shop)
        SELECT $1, $2, r.code, r.kind, r.position, r.label, r.icon, r.shop
          FROM jsonb_to_recordset($3::jsonb)
            AS r (code text, kind text, position int, label jsonb, icon text, shop bool)
        ON CONFLICT (organisation_id, process_id, code) DO UPDATE
           SET kind = excluded.kind, position = excluded.position, label = excluded.label, icon = excluded.icon,
               shop = excluded.shop
        """,
        organisation_id,
        process_id,
        rows,
    )


async def upsert_activities(
    connection: Connection, organisation_id: UUID, process_id: UUID, rows: Sequence[ActivityRow]
) -> None:
    await connection.execute(
        """
        INSERT INTO activity (organisation_id, process_id, code, family, label, one, icon, synonyms, sensitive, osm,
                              bdcom, naf)
        SELECT $1, $2, r.code, r.family, r.label, r.one, r.icon, r.synonyms, r.sensitive, r.osm, r.bdcom, r.naf
          FROM jsonb_to_recordset($3::jsonb)
            AS r (code text, family text, label jsonb, one jsonb, icon text, synonyms jsonb, sensitive bool,
                  osm text[], bdcom text[], naf text[])
        ON CONFLICT (organisation_id, process_id, code) DO UPDATE
           SET family = excluded.family, label = excluded.label, one = excluded.one, icon = excluded.icon,
               synonyms = excluded.synonyms, sensitive = excluded.sensitive, osm = excluded.osm,
               bdcom = excluded.bdcom, naf = excluded.naf
        """,
        organisation_id,
        process_id,
        rows,
    )


async def remove_unlisted(
    connection: Connection, organisation_id: UUID, process_id: UUID, codes: Sequence[str]
) -> None:
    """Drop what the catalogue no longer lists: only while nobody can have wished for it."""
    for table in ("activity", "family"):
        await connection.execute(
            f"DELETE FROM {table} WHERE organisation_id = $1 AND process_id = $2 AND code <> ALL($3)",  # noqa: S608
            organisation_id,
            process_id,
            codes,
        )
