"""Alembic's entry: runs the migrations through asyncpg as the owner role, behind an advisory lock."""

import asyncio
from typing import Any

from alembic import context
from sqlalchemy import Connection, text
from sqlalchemy.engine import make_url
from sqlalchemy.ext.asyncio import create_async_engine

from devanture.db.migrations.filter import ours
from devanture.db.tables import metadata

# Two programs that start together migrate one after the other. The number is ours alone, and means nothing.
LOCK = 7_218_045


def _run(connection: Connection) -> None:
    context.configure(connection=connection, target_metadata=metadata, include_object=ours)
    with context.begin_transaction():
        # Whoever comes second waits for as long as the first takes: that holds nobody else up, as a table would.
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})
        connection.execute(text("SET LOCAL lock_timeout = '5s'"))
        context.run_migrations()


async def _run_online(owner_url: str) -> None:
    url: Any = make_url(owner_url).set(drivername="postgresql+asyncpg")
    engine = create_async_engine(url)
    async with engine.begin() as connection:
        await connection.run_sync(_run)
    await engine.dispose()


asyncio.run(_run_online(context.config.attributes["owner_url"]))
