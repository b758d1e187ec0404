"""`devanture demo`: central Nantes with 3,000 invented voters, from nothing to a page in a browser."""

import asyncio
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path

from devanture.audit.service import seal
from devanture.db.pool import Database
from devanture.errors import OperatorError
from devanture.home import PROJECT, open_home
from devanture.imports.rules import Dates
from devanture.imports.town import import_town
from devanture.opinions.crowds import crowds
from devanture.organisations.service import find_organisation
from devanture.places.service import places_of
from devanture.processes.service import all_processes, find_process
from devanture.program import utc_now
from devanture.releases.rules import SHOWN_FROM
from devanture.releases.service import release
from devanture.serving import HOST, listen, serve_on
from devanture.settings import Settings
from devanture.staff.service import add_member, new_sign_in_link

TOWN = PROJECT / "geodata" / "data" / "nantes"
SLUG = "nantes"
ORGANISATION = "nantes-demo"
OPENED_DAYS_AGO = 49
"""The invented voters answered over the six weeks before today, so the wishes opened before the first of them."""


def run_demo(port: int, environ: Mapping[str, str]) -> None:
    """Set up whatever is missing, then serve with the worker inside, until Ctrl-C."""
    listener = listen(port)
    say("Starting the database …")
    with open_home({**environ, "DEVANTURE_PORT": str(port)}, hold=True) as settings:
        addresses = asyncio.run(_prepare(settings))
        serve_on(listener, settings, lambda: say(addresses), worker=True)


async def _prepare(settings: Settings) -> str:
    """The demonstration in the database, figures released; returns the addresses to open."""
    database = Database(settings.database)
    await database.open()
    try:
        if SLUG not in {process.slug for process in await all_processes(database)}:
            await _load(database, settings)
        return await _addresses(database, settings)
    finally:
        await database.close()


async def _load(database: Database, settings: Settings) -> None:
    folder = settings.data / "nantes"
    say("Inventing 3,000 voters …")
    shutil.copytree(TOWN, folder, dirs_exist_ok=True)
    _invent_voters(folder)
    say("Loading central Nantes …")
    summary = await import_town(database, settings, folder, demo_dates(utc_now()), utc_now())
    say(f"Loaded {summary.opinions} opinions of {summary.voters} invented voters. Counting them …")
    process = await find_process(database, SLUG)
    await release(database, process, datetime.now(UTC))
    await seal(database, process, utc_now())


def demo_dates(now: datetime) -> Dates:
    """The wishes of the demonstration opened before the first invented answer, which is dated back from `now`."""
    return Dates(opens=now.date() - timedelta(days=OPENED_DAYS_AGO))


def _invent_voters(folder: Path) -> None:
    """Run the generator as its own program: it writes a file, and we read it."""
    command = [sys.executable, "-P", "-m", "geodata", "voters", str(folder)]
    done = subprocess.run(command, cwd=PROJECT, env=os.environ, check=False, stdout=subprocess.DEVNULL)  # noqa: S603
    if done.returncode:
        raise OperatorError("The voters of the demonstration could not be invented: the reason stands above.")


async def _addresses(database: Database, settings: Settings) -> str:
    organisation = await find_organisation(database, ORGANISATION)
    member = await add_member(database, organisation.id, "demo@example.org", "Camille Démo", ["owner"])
    token = await new_sign_in_link(database, organisation.id, member, utc_now())
    process = await find_process(database, SLUG)
    places = await places_of(database, process)
    one = next(ref for ref, place in places.items() if place.state == "vacant" and place.number)
    counts = (await crowds(database).get((process.organisation_id, process.id))).at
    short = next((ref for ref, place in places.items() if counts.get(place.id, 0) == SHOWN_FROM - 1), None)
    base = f"http://{HOST}:{settings.web.port}"
    return "\n".join(
        [
            "",
            "  Ready. Open in a browser (Ctrl-C stops everything):",
            "",
            f"  the walk      {base}/{SLUG}/",
            f"  one place     {base}/{SLUG}/lieux/{one}",
            *([f"  one answer    {base}/{SLUG}/lieux/{short}  (one more opens its figures)"] if short else []),
            f"  the results   {base}/{SLUG}/resultats",
            f"  the desk      {base}/bureau/entrer?jeton={token}",
            "                (this link works once, within the hour)",
            "",
        ]
    )


def say(words: str) -> None:
    print(words, flush=True)
