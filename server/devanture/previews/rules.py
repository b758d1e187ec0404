"""Where a text breaks and how large it may stand. Pure: whoever draws brings the measure."""

import re
from collections.abc import Callable, Iterable
from functools import partial

Measure = Callable[[str, int], float]
"""How wide a text stands at a size, in pixels."""
_BREAKS = re.compile(r"[ \n\t]+")  # never at a no-break space, which `str.split` would take


def fitted(
    text: str, width: float, most_lines: int, sizes: Iterable[int], measure: Measure
) -> tuple[int, list[str]]:
    """The first of `sizes`, largest first, at which the text takes `most_lines` or fewer; at the last it is cut."""
    size, lines = 0, [text]
    for size in sizes:
        lines = wrapped(text, width, partial(_at, measure, size))
        if len(lines) <= most_lines and all(measure(line, size) <= width for line in lines):
            return size, lines
    kept = lines[:most_lines]
    return size, [*kept[:-1], shortened(kept[-1] + ("…" if len(lines) > most_lines else ""), width, size, measure)]


def wrapped(text: str, width: float, measure: Callable[[str], float]) -> list[str]:
    """Lines of whole words; a word too long for a line breaks after its hyphens."""
    lines: list[str] = []
    for word in _BREAKS.split(text.strip()):
        for part, glue in _parts(word, width, measure):
            joined = f"{lines[-1]}{glue}{part}" if lines else part
            if lines and measure(joined) <= width:
                lines[-1] = joined
            else:
                lines.append(part)
    return lines


def _parts(word: str, width: float, measure: Callable[[str], float]) -> list[tuple[str, str]]:
    """A word, or what lies between its hyphens; each with what joins it to the part before."""
    pieces = [word] if measure(word) <= width else re.findall(r"[^-]+-?|-", word)
    return [(piece, "" if at else " ") for at, piece in enumerate(pieces)]


def _at(measure: Measure, size: int, text: str) -> float:
    return measure(text, size)


def shortened(text: str, width: float, size: int, measure: Measure) -> str:
    """The text, cut with « … » where it is too wide."""
    if measure(text, size) <= width:
        return text
    cut = text.rstrip("…")
    while cut and measure(cut + "…", size) > width:
        cut = cut[:-1].rstrip()
    return cut + "…"
