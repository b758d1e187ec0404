"""What the database must be like for « accepted » to mean what it says; anything else refuses to start."""

import asyncpg

from devanture.db.pool import Connection, once_started
from devanture.db.tables import metadata
from devanture.errors import OperatorError

_CHECKS = """
WITH ours AS (
    SELECT * FROM pg_class
     WHERE relkind IN ('r', 'p')
       AND relnamespace = (SELECT relnamespace FROM pg_class WHERE oid = 'opinion_journal'::regclass)
)
SELECT current_setting('fsync') = 'on' AS fsync,
       current_setting('synchronous_commit') NOT IN ('off') AS synchronous_commit,
       current_setting('full_page_writes') = 'on' AS full_page_writes,
       current_setting('ignore_checksum_failure', true) IS DISTINCT FROM 'on'
           AND current_setting('zero_damaged_pages') = 'off' AS tells_damage,
       NOT pg_is_in_recovery() AND current_setting('default_transaction_read_only') = 'off' AS writable,
       NOT (role.rolsuper OR role.rolbypassrls) AS bound_by_row_security,
       NOT EXISTS (SELECT FROM pg_class WHERE pg_has_role(role.oid, relowner, 'MEMBER') AND relkind = 'r')
           AS owns_no_table,
       NOT EXISTS (SELECT FROM ours WHERE relpersistence <> 'p') AS kept_in_a_crash,
       NOT EXISTS (SELECT FROM ours
                    WHERE EXISTS (SELECT FROM pg_policy WHERE polrelid = ours.oid)
                      AND NOT (relrowsecurity AND relforcerowsecurity))
           AND (SELECT relforcerowsecurity FROM ours WHERE relname = 'opinion_journal') AS row_security_forced,
       NOT has_table_privilege('opinion_journal', 'UPDATE, DELETE, TRUNCATE')
           AND NOT has_table_privilege('leaf', 'UPDATE, DELETE, TRUNCATE') AS journal_only_grows,
       EXISTS (SELECT FROM pg_index WHERE indrelid = 'opinion_journal'::regclass AND indisprimary AND indisvalid)
           AND EXISTS (SELECT FROM pg_index WHERE indrelid = 'opinion_current'::regclass AND indisprimary
                          AND indisvalid) AS keys_are_unique
  FROM pg_roles role WHERE rolname = current_user
"""
_REASONS = {
    "fsync": "fsync is off: an answer that was accepted could vanish with the power.",
    "synchronous_commit": "synchronous_commit is off: an answer that was accepted could vanish in a crash.",
    "full_page_writes": "full_page_writes is off: a crash could tear pages of accepted answers.",
    "tells_damage": "zero_damaged_pages or ignore_checksum_failure is on: damaged answers would vanish in silence.",
    "writable": "The database of DEVANTURE_DATABASE_URL cannot be written to: it is a standby, or set to read only.",
    "bound_by_row_security": "The role of DEVANTURE_DATABASE_URL passes by row-level security: name one that may not.",
    "owns_no_table": "The role of DEVANTURE_DATABASE_URL owns tables, or may act as a role that does: "
    "it must be another than the one that migrates.",
    "kept_in_a_crash": "A table is UNLOGGED: a crash would empty it. Set it LOGGED.",
    "row_security_forced": "Row-level security is not forced on every table: one organisation could read another's.",
    "journal_only_grows": "The role of DEVANTURE_DATABASE_URL may change the journal of opinions: "
    "it may only add to it.",
    "keys_are_unique": "The journal or the current answers have no primary key: an answer could count twice.",
}


async def check_database(app_url: str) -> None:
    """Raises `OperatorError` when the database does not answer, was never migrated, or cannot keep the promises.

    One that is only starting is waited for.
    """
    try:
        await once_started(lambda: _check(app_url))
    except (OSError, TimeoutError, asyncpg.PostgresError, asyncpg.InterfaceError) as error:
        raise OperatorError(f"The database of DEVANTURE_DATABASE_URL does not answer: {error}.") from error


async def _check(app_url: str) -> None:
    connection = await asyncpg.connect(app_url, timeout=10)
    try:
        if await connection.fetchval("SELECT to_regclass('opinion_journal')") is None:
            raise OperatorError("This database has no tables yet: run « devanture migrate » first.")
        await check_schema(connection)
        await check_promises(connection)
    finally:
        await connection.close()


async def check_schema(connection: Connection) -> None:
    """Raises `OperatorError` when tables or columns are missing; more of them than we know do no harm."""
    rows = await connection.fetch(
        """
        SELECT c.relname, a.attname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
         WHERE c.relnamespace = (SELECT relnamespace FROM pg_class WHERE oid = 'opinion_journal'::regclass)
           AND a.attnum > 0 AND NOT a.attisdropped
        """
    )
    found = {(row["relname"], row["attname"]) for row in rows}
    for table in metadata.tables.values():
        missing = [column.name for column in table.columns if (table.name, column.name) not in found]
        if missing:
            raise OperatorError(
                f"This database is of an older version ({table.name}.{missing[0]} is missing): "
                "run « devanture migrate » first."
            )


async def check_promises(connection: Connection) -> None:
    """Raises `OperatorError` with the first reason why this database must not take opinions."""
    row = await connection.fetchrow(_CHECKS)
    for name, kept in (row or {}).items():
        if not kept:
            raise OperatorError(_REASONS[name])
