from collections.abc import Sequence
from uuid import UUID

from asyncpg import Record

from devanture.db.pool import Connection


async def families(connection: Connection, organisation_id: UUID, process_id: UUID) -> Sequence[Record]:
    return await connection.fetch(
        """
        SELECT f.code, f.kind, f.label, f.icon, f.shop,
               coalesce((SELECT jsonb_agg(jsonb_build_object('code', a.code, 'family', a.family, 'label', a.label,
                                 'one', a.one, 'icon', a.icon, 'synonyms', a.synonyms, 'sensitive', a.sensitive))
                           FROM activity a WHERE a.organisation_id = f.organisation_id
                            AND a.process_id = f.process_id AND a.family = f.code), '[]') AS activities
          FROM family f WHERE f.organisation_id = $1 AND f.process_id = $2 ORDER BY f.position
        """,
        organisation_id,
        process_id,
    )
