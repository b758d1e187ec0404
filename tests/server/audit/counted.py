"""A street where eight people answered, counted and sealed; and somebody who may change anything in its database."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

import asyncpg
from starlette.applications import Starlette

from devanture.audit.command import audit
from devanture.audit.evidence import gather
from devanture.audit.service import seal
from devanture.db.cluster import DATABASE, Cluster
from devanture.db.pool import Database
from devanture.processes.service import find_process
from devanture.program import utc_now
from devanture.releases.service import release
from devanture.settings import Settings
from devanture.web.voters import COOKIE, new_number
from tests.seed import Seeded, browser_on, cookie_of, opinion, send

TOMORROW = timedelta(days=1)


async def answer(app: Starlette) -> list[str]:
    """Eight people answer at C12 and some elsewhere, one changes, one takes it back; the receipts, in order."""
    receipts = []
    for number in range(8):
        async with browser_on(app) as phone:
            phone.cookies.set(COOKIE, cookie_of(app, new_number()))
            said = [opinion("C12", 1, comment="Vite !")]
            said += [opinion("C14", 2, wishes=["grocer", "pharmacy"], person=number % 2)]
            said += [opinion("C12", 3, wishes=["bakery"], other="du miel")] if number == 3 else []
            said += [opinion("C12", 3, withdraw=True)] if number == 7 else []
            receipts += [(await send(phone, one)).json()["receipt"] for one in said]
    return receipts


async def count_and_seal(database: Database, town: Seeded) -> None:
    process = await find_process(database, town.slug)
    await release(database, process, utc_now())
    await seal(database, process, utc_now() + TOMORROW)


async def faults(database: Database, settings: Settings, town: Seeded) -> list[str]:
    """Every difference that an audit finds."""
    evidence = await gather(database, await find_process(database, town.slug), settings.key)
    return [fault for check in audit(evidence) for fault in check.faults]


async def notes(database: Database, settings: Settings, town: Seeded) -> str:
    evidence = await gather(database, await find_process(database, town.slug), settings.key)
    return " · ".join(check.note for check in audit(evidence) if check.note)


@asynccontextmanager
async def burglar(cluster: Cluster) -> AsyncIterator[asyncpg.Connection]:
    """The superuser of the database, whom nothing binds."""
    connection = await asyncpg.connect(
        cluster.superuser_dsn(DATABASE), server_settings={"synchronous_commit": "off"}
    )
    yield connection
    await connection.close()
