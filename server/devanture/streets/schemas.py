from msgspec import Struct

Position = tuple[float, float]


class Street(Struct, frozen=True):
    """A street with its centre lines and house numbers: degrees, EPSG:4326, longitude first, five decimals (1 m).

    `rank` is major, minor or path. `lines` is empty where only addresses know the street.
    """

    name: str
    rank: str
    lines: list[list[Position]]
    numbers: dict[str, Position]


class Streets(Struct, frozen=True):
    streets: list[Street]
