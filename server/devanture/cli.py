"""The commands. Each reads its settings, builds what it needs, and says in one sentence what went wrong."""

import os
import sys
from typing import NoReturn

import structlog
import typer
import uvicorn

from devanture.app import create_app
from devanture.db.migrate import migrate
from devanture.errors import OperatorError
from devanture.settings import Settings, read_settings

app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)


def main() -> None:
    """The entry: an `OperatorError` is one sentence, never a traceback."""
    structlog.configure(logger_factory=structlog.PrintLoggerFactory(sys.stderr))
    try:
        app()
    except OperatorError as error:
        give_up(error)


def give_up(error: OperatorError) -> NoReturn:
    print(f"devanture: {error}", file=sys.stderr)
    raise SystemExit(1)


@app.command()
def serve() -> None:
    """Serve on 127.0.0.1; a proxy with TLS stands in front."""
    run_server(read_settings(os.environ))


def run_server(settings: Settings) -> None:
    # Request lines are not logged: an address may hold a place that a person stands before.
    uvicorn.run(
        create_app(settings),
        host="127.0.0.1",
        port=settings.web.port,
        access_log=False,
        log_level="warning",
        proxy_headers=False,
        server_header=False,
    )


@app.command("migrate")
def migrate_command() -> None:
    """Bring the schema to today's, as the owner role."""
    migrate(read_settings(os.environ))
