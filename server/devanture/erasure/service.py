"""Everything that a phone said in one consultation, taken back at once."""

from collections.abc import Iterable

from devanture.erasure.schemas import Stays
from devanture.errors import Problem
from devanture.follows.service import Followers
from devanture.follows.service import stop as stop_following
from devanture.opinions.rulebook import Rulebook
from devanture.opinions.service import Origin, Reception, take_back_all
from devanture.residence.service import forget as forget_residence


async def erase(
    reception: Reception, followers: Followers, book: Rulebook, origin: Origin, follows: Iterable[str]
) -> Stays:
    """Withdraw the answers, forget what was said about the persons, stop following; says what has to stay.

    Doing it again is no fault: a phone whose line was cut before the answer came asks once more.
    """
    for token in follows:
        await _stop(followers, book, token)
    await forget_residence(reception.database, book, origin.voter)
    return "nothing" if await take_back_all(reception, book, origin) else "counted"


async def _stop(followers: Followers, book: Rulebook, token: str) -> None:
    """A word that belongs to nobody follows nothing."""
    try:
        await stop_following(followers, book.process, token)
    except Problem as problem:
        if problem.code != "unknown-follow":
            raise
