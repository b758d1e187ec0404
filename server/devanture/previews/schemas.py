"""What a share preview shows: words ready to draw, in one language."""

from msgspec import Struct


class Bar(Struct, frozen=True):
    """One wish and how many people asked for it."""

    label: str
    persons: int
    written: str


class Cloth(Struct, frozen=True):
    """The town's colours as they may be read: awning and the words on it, its other cloth, actions and their ground."""

    awning: str = "#0d5c46"
    on_awning: str = "#ffffff"
    other: str = "#f6ead2"
    action: str = "#0d5c46"
    pale: str = "#e2efe8"


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
    cloth: Cloth = Cloth()
    badge: str = ""
    vacant: bool = False
    site: bool = False
    heading: str = ""
    bars: tuple[Bar, ...] = ()
    note: str = ""
