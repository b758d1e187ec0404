"""`devanture staff add`: who may come to the desk, and the link that lets them in."""

from devanture.db.pool import Database
from devanture.organisations.service import find_organisation
from devanture.program import utc_now
from devanture.settings import Settings
from devanture.staff.service import add_member, new_sign_in_link


async def add_now(
    settings: Settings, database: Database, email: str, organisation: str, name: str, roles: list[str]
) -> None:
    """Add a member, or change their name and roles, and print a sign-in link; raises `OperatorError`."""
    found = await find_organisation(database, organisation)
    member_id = await add_member(database, found.id, email, name, roles)
    token = await new_sign_in_link(database, found.id, member_id, utc_now())
    print(f"{name} is {', '.join(roles)} of {found.name}. This link works once, within the hour:")
    print(f"{settings.web.public_url}/bureau/entrer?jeton={token}")
