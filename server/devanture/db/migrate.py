"""Bring the schema to today's, as the owner role: one at a time, never waiting long for a lock."""

from pathlib import Path

from alembic import command
from alembic.config import Config

from devanture.errors import OperatorError
from devanture.settings import Settings


def migrate(settings: Settings) -> None:
    """Apply every migration that the database has not seen; raises `OperatorError` without an owner URL."""
    if settings.database.owner_url is None:
        raise OperatorError("Migrating needs DEVANTURE_DATABASE_OWNER_URL, the role that owns the tables.")
    command.upgrade(alembic_config(settings.database.owner_url), "head")


def alembic_config(owner_url: str) -> Config:
    """Alembic's settings, made here so that the program needs no ini file beside it."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.set_main_option("file_template", "%%(year)d_%%(month).2d_%%(day).2d_%%(slug)s")
    config.attributes["owner_url"] = owner_url
    return config
