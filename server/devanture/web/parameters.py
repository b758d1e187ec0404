"""Numbers in addresses: read strictly, and named when they are wrong."""

from devanture.errors import Problem


def whole_number(name: str, text: str, least: int, most: int) -> int:
    """The number that a parameter gives; raises `bad-parameter` with its name and bounds."""
    # Digits beyond those of the greatest number need not be read: int() takes its time over thousands.
    if text.isascii() and text.isdigit() and len(text) <= len(str(most)) and least <= int(text) <= most:
        return int(text)
    raise Problem("bad-parameter", name=name, least=least, most=most)
