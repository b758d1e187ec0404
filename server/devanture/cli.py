"""The commands. Each opens its settings, calls one function, and says in one sentence what went wrong.

What one command alone needs is imported by it: a server that was killed is back the sooner.
"""

import asyncio
import os
import sys
from collections.abc import Awaitable, Callable
from datetime import datetime
from pathlib import Path
from typing import Annotated

import structlog
import typer

from devanture.db.pool import Database
from devanture.db.promises import check_database
from devanture.errors import OperatorError
from devanture.home import open_home
from devanture.serving import HOST, listen, serve_on
from devanture.settings import Settings, read_settings
from devanture.worker.service import run_until_stopped

app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)
staff = typer.Typer(no_args_is_help=True, help="Who may come to the desk.")
app.add_typer(staff, name="staff")
Port = Annotated[int, typer.Option(min=1, max=65535, help="The port to listen on, on 127.0.0.1.")]
Data = Annotated[Path | None, typer.Option(help="The data folder of this machine's own database.")]


def main() -> None:
    """The entry: an `OperatorError` is one sentence, never a traceback."""
    structlog.configure(logger_factory=structlog.PrintLoggerFactory(sys.stderr))
    try:
        app()
    except OperatorError as error:
        print(f"devanture: {error}", file=sys.stderr)
        raise SystemExit(1) from None


@app.command()
def demo(port: Port = 8000, data: Data = None) -> None:
    """Central Nantes with invented voters: everything, with one command."""
    from devanture.demo import run_demo

    run_demo(port, _environ(data))


@app.command()
def serve(port: Port = 8000, data: Data = None) -> None:
    """Serve on the loopback; a proxy with TLS stands in front. Without a named database the worker runs inside."""
    listener = listen(port)
    own = not os.environ.get("DEVANTURE_DATABASE_URL")
    with open_home({**_environ(data), "DEVANTURE_PORT": str(port)}, hold=True) as settings:
        serve_on(listener, settings, lambda: print(f"Serving on http://{HOST}:{port}/", flush=True), worker=own)


@app.command()
def worker() -> None:
    """Do the slow work: releases. In production it runs beside the servers."""
    asyncio.run(run_until_stopped(read_settings(os.environ)))


@app.command("migrate")
def migrate_command() -> None:
    """Bring the schema to today's, as the owner role."""
    from devanture.db.migrate import migrate

    migrate(read_settings(os.environ))


@app.command("release")
def release_command(process: str, data: Data = None) -> None:
    """Count the current opinions of PROCESS again, for the desk and for the public."""
    from devanture.releases.command import release_now

    _with_database(data, lambda _, database: release_now(database, process))


@app.command("doors")
def doors_command(
    process: str,
    revoke: Annotated[str | None, typer.Option(help="End this code: its poster was photographed.")] = None,
    data: Data = None,
) -> None:
    """Give each place of PROCESS a code for its poster, and print the addresses."""
    from devanture.proofs.command import doors_now

    _with_database(data, lambda settings, database: doors_now(settings, database, process, revoke))


@app.command("screens")
def screens_command(
    process: str,
    label: Annotated[str | None, typer.Option("--open", help="Open a screen of this name.")] = None,
    close: Annotated[str | None, typer.Option(help="Close the screen of this identifier.")] = None,
    since: Annotated[datetime | None, typer.Option(help="Closing: take back what it proved from this day on.")] = None,
    data: Data = None,
) -> None:
    """Print the six digits of this minute of every facilitator's screen of PROCESS."""
    from devanture.proofs.command import screens_now

    zoned = since.astimezone() if since else None
    _with_database(data, lambda settings, database: screens_now(settings, database, process, label, close, zoned))


@app.command("audit")
def audit_command(
    process: str,
    published: Annotated[Path | None, typer.Option(help="A copy of the published days (JSON) that was kept.")] = None,
    data: Data = None,
) -> None:
    """Recount all of PROCESS from its journal: answers, figures, leaves, roots. Ends with 1 on any difference."""
    from devanture.audit.command import audit_now

    _with_database(data, lambda settings, database: audit_now(settings, database, process, published))


@app.command("erase-again")
def erase_again_command(data: Data = None) -> None:
    """After a copy of the database was put back: erase what people had erased since that copy was made."""
    from devanture.erasure.command import erase_again_now

    _with_database(data, erase_again_now)


@app.command("import")
def import_command(
    path: Annotated[Path, typer.Argument(help="A town folder, or a list of premises (.csv, .geojson).")],
    process: Annotated[str | None, typer.Option(help="Lists: the process that the premises belong to.")] = None,
    skip_bad: Annotated[bool, typer.Option("--skip-bad", help="Lists: load the good rows, name the others.")] = False,
    crs: Annotated[int | None, typer.Option(help="Lists: EPSG number of x and y; 2154 is Lambert-93.")] = None,
    opens: Annotated[str | None, typer.Option(help="Folders: first day of wishes, 2027-01-31; now.")] = None,
    closes: Annotated[str | None, typer.Option(help="Folders: last day of wishes; 180 days later.")] = None,
    handover: Annotated[str | None, typer.Option(help="Folders: day the wishes are handed over.")] = None,
    data: Data = None,
) -> None:
    """Make a process of a town folder, or bring a list of premises into one."""
    from devanture.imports.command import Options, import_now

    options = Options(process, skip_bad, crs, opens, closes, handover)
    _with_database(data, lambda settings, database: import_now(settings, database, path, options))


@staff.command("add")
def staff_add(
    email: str,
    organisation: Annotated[str, typer.Option(help="The organisation's slug.")],
    name: Annotated[str, typer.Option(help="As the desk greets them; the address when absent.")] = "",
    role: Annotated[list[str] | None, typer.Option(help="May be given several times; owner when absent.")] = None,
    data: Data = None,
) -> None:
    """Add a member of an organisation's staff, or change one, and print a sign-in link."""
    from devanture.staff.command import add_now

    roles = role or ["owner"]
    _with_database(
        data, lambda settings, database: add_now(settings, database, email, organisation, name or email, roles)
    )


def _environ(data: Path | None) -> dict[str, str]:
    return {**os.environ, "DEVANTURE_DATA": str(data)} if data else dict(os.environ)


def _with_database(data: Path | None, work: Callable[[Settings, Database], Awaitable[object]]) -> None:
    """Run asynchronous work on the named database, or on this machine's own."""

    async def run(settings: Settings) -> None:
        await check_database(settings.database.app_url)
        database = Database(settings.database)
        await database.open()
        try:
            await work(settings, database)
        finally:
            await database.close()

    with open_home(_environ(data)) as settings:
        asyncio.run(run(settings))
