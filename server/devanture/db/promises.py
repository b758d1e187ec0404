"""What the database must be like for « accepted » to mean what it says; anything else refuses to start."""

import asyncpg

from devanture.db.pool import Connection
from devanture.errors import OperatorError

_CHECKS = """
SELECT current_setting('fsync') = 'on' AS fsync,
       current_setting('synchronous_commit') NOT IN ('off') AS synchronous_commit,
       current_setting('full_page_writes') = 'on' AS full_page_writes,
       NOT (role.rolsuper OR role.rolbypassrls) AS bound_by_row_security,
       NOT EXISTS (SELECT FROM pg_class WHERE pg_has_role(role.oid, relowner, 'MEMBER') AND relkind = 'r')
           AS owns_no_table
  FROM pg_roles role WHERE rolname = current_user
"""
_REASONS = {
    "fsync": "fsync is off: an answer that was accepted could vanish with the power.",
    "synchronous_commit": "synchronous_commit is off: an answer that was accepted could vanish in a crash.",
    "full_page_writes": "full_page_writes is off: a crash could tear pages of accepted answers.",
    "bound_by_row_security": "The role of DEVANTURE_DATABASE_URL passes by row-level security: name one that may not.",
    "owns_no_table": "The role of DEVANTURE_DATABASE_URL owns tables, or may act as a role that does: "
    "it must be another than the one that migrates.",
}


async def check_database(app_url: str) -> None:
    """Raises `OperatorError` when the database does not answer, was never migrated, or cannot keep the promises."""
    try:
        connection = await asyncpg.connect(app_url, timeout=10)
    except (OSError, TimeoutError, asyncpg.PostgresError, asyncpg.InterfaceError) as error:
        raise OperatorError(f"The database of DEVANTURE_DATABASE_URL does not answer: {error}.") from error
    try:
        if await connection.fetchval("SELECT to_regclass('opinion_journal')") is None:
            raise OperatorError("This database has no tables yet: run « devanture migrate » first.")
        await check_promises(connection)
    finally:
        await connection.close()


async def check_promises(connection: Connection) -> None:
    """Raises `OperatorError` with the first reason why this database must not take opinions."""
    row = await connection.fetchrow(_CHECKS)
    for name, kept in (row or {}).items():
        if not kept:
            raise OperatorError(_REASONS[name])
