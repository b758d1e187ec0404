from typing import NamedTuple


class Tile(NamedTuple):
    """A tile of the XYZ scheme: y grows southward, 2^z tiles a side."""

    z: int
    x: int
    y: int


class Ask(NamedTuple):
    """What the heat is about: a level and a code of the release's counts."""

    level: str
    code: str


EVERYONE = Ask("all", "")
