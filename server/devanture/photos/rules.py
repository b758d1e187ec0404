"""Decisions about one photo, without disk, database or clock."""

from devanture.errors import Problem

MOST_BYTES = 12_000_000
MOST_PIXELS = 50_000_000
SIDE = 1600
"""Pixels of the longest side that is kept: as much as a screen shows, and a few hundred kilobytes."""
MOST_AT_A_PLACE, MOST_IN_ALL = 3, 60
HEAD = 64
"""How many first bytes tell what a file is."""
_HEIC = {b"heic", b"heix", b"heim", b"heis"}


def kind_of(head: bytes) -> str:
    """`jpeg`, `png`, `webp` or `heic`, by the first bytes and never by what the sender says; raises `photo-type`."""
    if head.startswith(b"\xff\xd8\xff"):
        return "jpeg"
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png"
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "webp"
    brands = {head[at : at + 4] for at in range(8, min(len(head), HEAD), 4)}
    if head[4:8] == b"ftyp" and brands & _HEIC:
        return "heic"
    raise Problem("photo-type")


def check_room(at_place: int, in_all: int) -> None:
    """Whether a voter who has given so many photos may give one more; raises `too-many-photos`."""
    if at_place >= MOST_AT_A_PLACE or in_all >= MOST_IN_ALL:
        raise Problem("too-many-photos", here=MOST_AT_A_PLACE, most=MOST_IN_ALL)
