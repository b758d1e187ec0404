from uuid import UUID

from msgspec import Struct

from devanture.db.pool import Database
from devanture.errors import OperatorError
from devanture.organisations import queries


class Organisation(Struct, frozen=True):
    """The tenant: every row belongs to one."""

    id: UUID
    slug: str
    name: str


async def find_organisation(database: Database, slug: str) -> Organisation:
    """The organisation of this slug; raises `OperatorError`, since only commands ask for one by name."""
    async with database.transaction() as connection:
        row = await queries.find_organisation(connection, slug)
    if row is None:
        raise OperatorError(f"There is no organisation called « {slug} ».")
    return Organisation(**dict(row))


async def all_organisations(database: Database) -> list[Organisation]:
    async with database.transaction() as connection:
        return [Organisation(**dict(row)) for row in await queries.all_organisations(connection)]


async def organisation_name(database: Database, organisation_id: UUID) -> str:
    async with database.transaction() as connection:
        return await queries.organisation_name(connection, organisation_id)


async def organisation_logo(database: Database, organisation_id: UUID) -> bytes | None:
    """A PNG of at most 640 × 192 pixels, or none."""
    async with database.transaction() as connection:
        return await queries.organisation_logo(connection, organisation_id)
