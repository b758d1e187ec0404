"""The registry of process kinds: what each kind of participation asks about. A new kind adds itself from its folder."""

from dataclasses import dataclass

from devanture.errors import OperatorError


@dataclass(frozen=True)
class ProcessKind:
    """`places` says which catalogue serves each kind of place: shop types, or uses of a plot or square."""

    code: str
    places: dict[str, str]


_KINDS: dict[str, ProcessKind] = {}


def register(kind: ProcessKind) -> None:
    if kind.code in _KINDS:
        raise OperatorError(f"Two process kinds are called {kind.code}.")
    _KINDS[kind.code] = kind


def process_kind(code: str) -> ProcessKind:
    """The kind of this code; raises `OperatorError` when this program does not know it."""
    if code not in _KINDS:
        raise OperatorError(f"This program knows no process of kind « {code} ».")
    return _KINDS[code]


# A vacant door and a point marked on the map ask which shop; a plot or square asks which use.
register(ProcessKind("premises", {"premises": "premises", "spot": "premises", "site": "site"}))
