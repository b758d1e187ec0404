"""SQL of the import itself; what it writes is in the `bulk.py` of each noun."""

from devanture.db.pool import Connection


async def be_patient(connection: Connection) -> None:
    """The limits of a page view do not suit a million rows; they come back with the end of the transaction."""
    await connection.execute("SET LOCAL statement_timeout = '10min'; SET LOCAL lock_timeout = '1min'")


async def take_turn(connection: Connection, slug: str) -> None:
    """Wait until no other import of this process is under way; held until the end of the transaction."""
    await connection.execute("SELECT pg_advisory_xact_lock(hashtext('devanture import'), hashtext($1))", slug)
