"""People who answer a program over its port, with cookies that it gave them long ago."""

from httpx2 import AsyncClient

from devanture.settings import Settings
from devanture.web.voters import COOKIE, Seal, Standing, Voter
from tests.seed import OPENS


def number_of(person: int) -> str:
    return f"{person:043}"


def phone_of(person: int, settings: Settings, port: int) -> AsyncClient:
    """What is answered within seconds of a new cookie would be set aside: theirs is of the first day."""
    cookie = Seal(settings.key).write(Voter(number_of(person), OPENS, Standing.FREE))
    return AsyncClient(base_url=f"http://127.0.0.1:{port}", cookies={COOKIE: cookie})
