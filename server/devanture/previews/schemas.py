"""What a share preview shows: words ready to draw, in one language."""

from msgspec import Struct


class Bar(Struct, frozen=True):
    """One wish and how many people asked for it."""

    label: str
    persons: int
    written: str


class Preview(Struct, frozen=True):
    """`sign` stands over the shopfront; `bars` only where figures are public, at most three; `badge` is the state."""

    town: str
    name: str
    title: str
    hint: str
    question: str
    people: str
    sign: str
    poster: str
    colour: str
    badge: str = ""
    site: bool = False
    heading: str = ""
    bars: tuple[Bar, ...] = ()
    note: str = ""
