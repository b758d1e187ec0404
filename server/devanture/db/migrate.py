"""Bring the schema to today's, as the owner role: one program at a time, all or nothing, never long at a lock."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy.exc import DBAPIError

from devanture.db.pool import PASSING
from devanture.errors import OperatorError
from devanture.settings import Settings


def migrate(settings: Settings, to: str = "head") -> None:
    """Apply every migration that the database has not seen, in one transaction; raises `OperatorError`.

    Whatever ends it half-way (this program killed, the database gone, a table that somebody else holds) leaves the
    schema as it was, and the next try begins anew.
    """
    if settings.database.owner_url is None:
        raise OperatorError("Migrating needs DEVANTURE_DATABASE_OWNER_URL, the role that owns the tables.")
    try:
        command.upgrade(alembic_config(settings.database.owner_url), to)
    except (DBAPIError, OSError) as error:
        cause = error.orig.__cause__ if isinstance(error, DBAPIError) and error.orig else error
        if not isinstance(cause, PASSING):
            raise
        raise OperatorError(
            f"The database was not migrated and is as it was before ({type(cause).__name__}: {cause}). "
            "Try again: it may have been busy, or gone for a moment."
        ) from error


def alembic_config(owner_url: str) -> Config:
    """Alembic's settings, made here so that the program needs no ini file beside it."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.set_main_option("file_template", "%%(year)d_%%(month).2d_%%(day).2d_%%(slug)s")
    config.attributes["owner_url"] = owner_url
    return config
