"""`devanture erase-again`."""

from devanture.db.pool import Database
from devanture.erasure.again import erase_again
from devanture.errors import Busy, OperatorError
from devanture.program import utc_now
from devanture.settings import Settings


async def erase_again_now(settings: Settings, database: Database) -> None:
    """Erase once more, and say how many people a copy of the database had brought back."""
    try:
        back = await erase_again(settings, database, utc_now())
    except Busy:
        raise OperatorError("The database is busy: try again in a minute.") from None
    print(f"{back} people were erased once more." if back else "Nobody who had been erased is back.")
