"""What is wrong with a file, said with its name and the place in it."""

from collections.abc import Iterable
from itertools import islice

from devanture.errors import OperatorError

_SHOWN = 20


class BadFile(OperatorError):
    """One file that cannot be taken: « places.geojson, feature 3, properties.ref: … »."""

    def __init__(self, where: str, why: str) -> None:
        super().__init__(f"{where}: {why}.")


class BadFiles(OperatorError):
    """Several troubles, one a line; the first are enough to begin with."""


def refuse(troubles: Iterable[str]) -> None:
    """Raise `BadFiles` when there is any trouble; nothing was loaded then."""
    found = list(islice(troubles, _SHOWN + 1))
    if found:
        more = [f"and others after these {_SHOWN}"] if len(found) > _SHOWN else []
        raise BadFiles("\n".join(["Nothing was loaded:", *(f"  {line}" for line in found[:_SHOWN] + more)]))
