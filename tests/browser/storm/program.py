"""The server of the walks: the phone's build that it serves, and what it has stored."""

import re
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from asyncpg import Record

from devanture.db.pool import Database
from tests.browser.storm.checker import Row
from tests.conftest import ROOT
from tests.seed import Seeded


@dataclass
class Versions:
    """A copy of the phone's build, of which a newer one may be published at any time."""

    dist: Path
    published: int = 0

    @classmethod
    def copy(cls, folder: Path) -> "Versions":
        return cls(Path(shutil.copytree(ROOT / "pwa" / "dist", folder / "dist")))

    def publish(self) -> None:
        """Another worker with other caches, as a new build has."""
        self.published += 1
        worker = self.dist / "sw.js"
        text = re.sub(r"((?:assets|pages)-)[0-9a-f]{10}", rf"\g<1>{self.published:010x}", worker.read_text())
        fresh = worker.with_suffix(".new")
        fresh.write_text(text)
        fresh.replace(worker)


_JOURNAL = """
SELECT j.id, p.ref, j.voter, j.seq, ARRAY(SELECT jsonb_array_elements_text(j.payload -> 'wishes')) AS wishes,
       coalesce((j.payload ->> 'withdraw')::bool, false) AS withdrawn
  FROM opinion_journal j JOIN place p ON p.id = j.place_id
 WHERE j.voter IN (SELECT voter FROM opinion_journal WHERE id = ANY ($1::uuid[]))
"""
_CURRENT = """
SELECT c.opinion_id AS id, p.ref, c.voter, c.seq, c.wishes, c.withdrawn
  FROM opinion_current c JOIN place p ON p.id = c.place_id
 WHERE c.voter IN (SELECT voter FROM opinion_journal WHERE id = ANY ($1::uuid[]))
"""
_LIVES = """
SELECT EXISTS (SELECT FROM residence WHERE voter IN (SELECT voter FROM opinion_journal WHERE id = ANY ($1::uuid[])))
"""
OTHER_TABLES = {"photo": "photo", "report": "report", "spot": "spot_mark"}


@dataclass(frozen=True)
class Stored:
    """What the server holds of one phone."""

    journal: list[Row]
    current: list[Row]
    others: dict[str, str]


async def stored_of(database: Database, town: Seeded, sent: Mapping[str, str]) -> Stored:
    """Everything of the voters that these sendings (kind by id) came from, at one instant: a phone may still send."""
    async with database.transaction(town.organisation_id, "repeatable_read") as connection:
        journal = await connection.fetch(_JOURNAL, list(sent))
        current = await connection.fetch(_CURRENT, list(sent))
        others = {
            str(row["id"]): kind
            for kind, table in OTHER_TABLES.items()
            for row in await connection.fetch(f"SELECT id FROM {table} WHERE id = ANY ($1::uuid[])", list(sent))
        }
        # Where somebody lives stands apart, under no sending's name: the first answer is there, or it is not.
        if await connection.fetchval(_LIVES, list(sent)):
            others |= {sending: kind for sending, kind in sent.items() if kind == "residence"}
    return Stored([_row(row) for row in journal], [_row(row) for row in current], others)


def _row(row: Record) -> Row:
    return Row(str(row["id"]), row["ref"], row["voter"], row["seq"], frozenset(row["wishes"]), row["withdrawn"])
