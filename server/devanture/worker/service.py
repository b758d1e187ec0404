"""The worker: recounts what is behind. Runs by itself (`devanture worker`) or as a task beside the server."""

import asyncio
import logging
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import asyncpg
import structlog
from pgqueuer import PgQueuer
from pgqueuer.errors import FailingListenerError, RetryRequested
from pgqueuer.models import Job, Schedule

from devanture.audit.service import seal
from devanture.db.pool import PASSING, Database
from devanture.erasure.again import erase_again
from devanture.errors import Busy, OperatorError, Problem
from devanture.follows.mails import send_confirmation
from devanture.follows.service import forget_unconfirmed
from devanture.opinions.service import forget_arrivals
from devanture.organisations.service import all_organisations
from devanture.photos.files import PHOTOS
from devanture.photos.service import forget_photos
from devanture.processes.service import all_processes, find_process
from devanture.program import utc_now
from devanture.proofs.mails import send_code
from devanture.proofs.service import forget_questions
from devanture.releases.service import due, release
from devanture.settings import Settings
from devanture.worker.outbox import CONFIRMATION, MAIL_CODE, RELEASE, enqueue_release

log = structlog.get_logger()
EACH_MINUTE = "* * * * *"
EACH_TEN_MINUTES = "*/10 * * * *"
EACH_HOUR = "7 * * * *"
FINISHING = 20.0
"""Seconds that work under way may take to end once the worker is told to stop."""
LOOK_AGAIN = timedelta(seconds=3)
"""How soon the queue is looked at again without being told: also how soon a lost connection is noticed."""
SEEN_DEAD = timedelta(seconds=10)
"""A worker that gave no sign for so long was killed; its job begins again elsewhere."""
AGAIN = 5.0
"""Seconds until a database that went away is tried again."""


async def run_until_stopped(settings: Settings) -> None:
    """`devanture worker`: work until SIGTERM or Ctrl-C, and finish what is under way."""
    work = asyncio.create_task(run_worker(settings))
    for stop in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(stop, work.cancel)
    await asyncio.wait([work])
    if not work.cancelled():
        work.result()


async def run_worker(settings: Settings, again: float = AGAIN) -> None:
    """Work until cancelled. A database that goes away is waited for, and said once."""
    # What pgqueuer says at length of each lost connection and failed job is said below, once and in our own words.
    logging.getLogger("pgqueuer").setLevel(logging.CRITICAL)
    away = False
    while True:
        try:
            await _work_connected(settings)
        except (*PASSING, Busy, FailingListenerError) as error:
            if not away:
                log.warning("worker_waits_for_database", error=type(error).__name__)
            away = True
            await asyncio.sleep(again)
        else:
            away = False


async def _work_connected(settings: Settings) -> None:
    database = Database(settings.database)
    await database.open()
    try:
        await erase_restored(database, settings)
        # LISTEN needs a session of its own, which a pool between us and PostgreSQL would take away.
        connection = await asyncpg.connect(settings.database.app_url)
        try:
            await _work(_queue(connection, database, settings))
        finally:
            await connection.close(timeout=1)
    finally:
        await database.close()


async def _work(queue: PgQueuer) -> None:
    """Run until the database is gone (raises) or this task is cancelled: then what is under way may end."""
    running = asyncio.create_task(
        queue.run(dequeue_timeout=LOOK_AGAIN, heartbeat_timeout=SEEN_DEAD, shutdown_on_listener_failure=True)
    )
    try:
        await asyncio.shield(running)
    except asyncio.CancelledError:
        queue.shutdown.set()
        await asyncio.wait([running], timeout=FINISHING)
        raise
    finally:
        running.cancel()
        await asyncio.wait([running])


def _queue(connection: asyncpg.Connection, database: Database, settings: Settings) -> PgQueuer:
    queue = PgQueuer.from_asyncpg_connection(connection)

    @queue.entrypoint(RELEASE, concurrency_limit=1)
    async def make_release(job: Job) -> None:
        slug = (job.payload or b"").decode()
        with _told("release", process=slug):
            await release_process(database, slug)

    @queue.entrypoint(CONFIRMATION, concurrency_limit=2)
    async def ask_the_owner(job: Job) -> None:
        slug, _, follow_id = (job.payload or b"").decode().partition(" ")
        with _told("confirm-follow", process=slug):
            await send_confirmation(database, settings, slug, UUID(follow_id))

    @queue.entrypoint(MAIL_CODE, concurrency_limit=2)
    async def mail_the_code(job: Job) -> None:
        slug, _, voter = (job.payload or b"").decode().partition(" ")
        with _told("mail-code", process=slug):
            await send_code(database, settings, slug, bytes.fromhex(voter))

    @queue.schedule("releases-due", EACH_MINUTE)
    async def look_for_due(_: Schedule) -> None:
        with _told("releases-due"):
            await enqueue_due(database)

    @queue.schedule("retention", EACH_HOUR)
    async def keep_no_longer(_: Schedule) -> None:
        with _told("retention"):
            await forget_due(database)

    @queue.schedule("seals", EACH_TEN_MINUTES)
    async def seal_the_day(_: Schedule) -> None:
        with _told("seals"):
            await seal_due(database)

    @queue.schedule("photos", EACH_TEN_MINUTES)
    async def sort_out_photos(_: Schedule) -> None:
        with _told("photos"):
            await forget_taken_back(database, settings.data / PHOTOS)

    return queue


@contextmanager
def _told(work: str, **about: str) -> Iterator[None]:
    """Log what goes wrong in a piece of work, in a line when it passes by itself, else with its traceback."""
    try:
        yield
    except (Busy, RetryRequested):
        log.info("worker_busy", work=work, **about)
        raise
    except Exception:
        log.exception("worker_failed", work=work, **about)
        raise


async def release_process(database: Database, slug: str) -> None:
    """One job: recount a process; a busy database asks for it again later, a process that is gone does not."""
    try:
        desk, public = await release(database, await find_process(database, slug), utc_now())
    except Busy:
        raise RetryRequested(timedelta(seconds=15), "busy") from None
    except Problem:
        log.info("release_skipped", process=slug, reason="unknown process")
    else:
        log.info("released", process=slug, desk=desk.number, public=public.number, people=desk.participants)


async def enqueue_due(database: Database) -> None:
    """Ask for a recount of every process whose figures are behind."""
    for organisation in await all_organisations(database):
        for slug in await due(database, organisation.id, utc_now()):
            async with database.transaction(organisation.id) as connection:
                await enqueue_release(connection, slug)


async def forget_due(database: Database) -> None:
    """Delete what may be kept no longer, and leave a line of how much it was."""
    for organisation in await all_organisations(database):
        rows = await forget_arrivals(database, organisation.id, utc_now())
        if rows:
            log.info("arrivals_forgotten", organisation=organisation.slug, rows=rows)
        questions = await forget_questions(database, organisation.id, utc_now())
        if questions:
            log.info("mail_codes_forgotten", organisation=organisation.slug, rows=questions)
        followers = await forget_unconfirmed(database, organisation.id, utc_now())
        if followers:
            log.info("unconfirmed_followers_forgotten", organisation=organisation.slug, rows=followers)


async def seal_due(database: Database) -> None:
    """Make the tree of the day that is over, in each process whose midnight has passed."""
    for process in await all_processes(database):
        sealed = await seal(database, process, utc_now())
        if sealed:
            log.info("sealed", process=process.slug, day=sealed.day.isoformat(), leaves=sealed.leaves, root=sealed.root)


async def erase_restored(database: Database, settings: Settings) -> None:
    """A worker that starts may find a copy of the database that was put back: erased people stay erased."""
    try:
        back = await erase_again(settings, database, utc_now())
    except OperatorError as error:
        log.error("erasures_unread", reason=str(error))
    else:
        if back:
            log.warning("erased_again", voters=back)


async def forget_taken_back(database: Database, photos: Path) -> None:
    """Withdraw the photos of answers that were taken back, and remove the files that no photo needs."""
    for organisation in await all_organisations(database):
        withdrawn, removed = await forget_photos(database, photos, organisation.id, utc_now())
        if withdrawn or removed:
            log.info("photos_forgotten", organisation=organisation.slug, photos=withdrawn, files=removed)
