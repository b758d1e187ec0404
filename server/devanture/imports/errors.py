"""What is wrong with a file, said with its name and the place in it."""

from collections.abc import Iterable, Sequence
from itertools import islice

from devanture.errors import OperatorError

_SHOWN = 20
_ROWS_SHOWN = 100


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


class BadRows(OperatorError):
    """Rows of a list that cannot be taken, each with its line and reason; `good` others could be."""

    def __init__(self, file: str, troubles: Sequence[str], good: int) -> None:
        more = [f"and {len(troubles) - _ROWS_SHOWN} more"] if len(troubles) > _ROWS_SHOWN else []
        offer = f" Mend them, or add --skip-bad to load the {good} good ones." if good else ""
        lines = [*troubles[:_ROWS_SHOWN], *more]
        super().__init__(
            f"{file}: {len(troubles)} of {len(troubles) + good} rows cannot be taken; nothing was loaded.{offer}\n"
            + "\n".join(f"  {line}" for line in lines)
        )
