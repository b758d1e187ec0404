"""The whole preview: the town's awning, the place in words, its front, and what was wished when that is public."""

from collections.abc import Iterable
from typing import NamedTuple

from devanture.previews import shopfront
from devanture.previews.canvas import WIDTH, Canvas
from devanture.previews.fonts import Face, Fonts
from devanture.previews.rules import Measure, fitted, shortened
from devanture.previews.schemas import Bar, Cloth, Preview

INK, SOFT, PAPER, LINE, RED, RED_PALE = "#17251f", "#55615b", "#fbf7ef", "#e3dac9", "#9c2a17", "#fbe5df"
LEFT, COLUMN = 56, 606
_FASCIA, _SCALLOP = 88, 50


def drawn(preview: Preview, fonts: Fonts) -> bytes:
    """A PNG of 1200 × 630 pixels."""
    canvas = Canvas(PAPER, fonts)
    _front(canvas, preview)
    _words(canvas, preview)
    _awning(canvas, preview)
    return canvas.png()


def _front(canvas: Canvas, preview: Preview) -> None:
    if preview.site:
        shopfront.plot(canvas)
    else:
        shopfront.wall(canvas)
        shopfront.shop(canvas, preview.sign)
    if preview.bars:
        _wishes(canvas, preview)
    elif not preview.site:
        shopfront.poster(canvas, preview.poster)


def _awning(canvas: Canvas, preview: Preview) -> None:
    """The fascia with the town's name, and scallops that hang from it, its colour and cream by turns."""
    for at in range(WIDTH // _SCALLOP):
        box = (at * _SCALLOP, _FASCIA - 10, (at + 1) * _SCALLOP, _FASCIA + 34)
        fill = preview.cloth.other if at % 2 else preview.cloth.awning
        canvas.box(box, fill, _SCALLOP / 2, (False, False, True, True))
    canvas.box((0, 0, WIDTH, _FASCIA), preview.cloth.awning)
    size, lines = fitted(preview.town, 620, 1, (38, 34, 30), _measure(canvas, "title"))
    canvas.text(LEFT, 58, lines[0], "title", size, preview.cloth.on_awning)
    room = WIDTH - 2 * LEFT - canvas.fonts.width(lines[0], "title", size) - 40
    name = shortened(preview.name, room, 28, _measure(canvas, "text"))
    canvas.text(WIDTH - LEFT, 57, name, "text", 28, preview.cloth.on_awning, "rs")


def _words(canvas: Canvas, preview: Preview) -> None:
    """State, title and hint from the top; the question and who answered at the foot."""
    foot = 536
    canvas.box((LEFT, foot, LEFT + COLUMN - 20, foot + 2), LINE)
    _draw(canvas, _block(canvas, preview.people, "bold", (32, 29, 26, 23), 1, 1.2), foot + 16, INK)
    question = _block(canvas, preview.question, "bold", (36, 33, 30), 2, 1.2)
    end = foot - 18 - question.height
    _draw(canvas, question, end, preview.cloth.action)
    top = _badge(canvas, preview, 158) if preview.badge else 168
    _heading(canvas, preview, top, end - 16)


def _heading(canvas: Canvas, preview: Preview, top: float, end: float) -> None:
    """Title and hint as large as the room between two heights lets them be."""
    for size in (78, 70, 64, 58, 52, 46, 42, 38, 34):
        title = _block(canvas, preview.title, "title", (size,), 4, 1.04)
        hint = _block(canvas, preview.hint, "text", (34, 30, 27) if size > 46 else (27,), 2, 1.25)
        if title.whole and title.height + 14 + hint.height <= end - top:
            break
    _draw(canvas, title, top, INK)
    _draw(canvas, hint, top + title.height + 14, SOFT)


class _Block(NamedTuple):
    """Lines of one face and size; `whole` when none was cut."""

    face: Face
    size: int
    lines: list[str]
    leading: float

    @property
    def height(self) -> float:
        return len(self.lines) * self.size * self.leading

    @property
    def whole(self) -> bool:
        return not any(line.endswith("…") for line in self.lines)


def _block(canvas: Canvas, text: str, face: Face, sizes: Iterable[int], most: int, leading: float) -> _Block:
    size, lines = fitted(text, COLUMN, most, sizes, _measure(canvas, face)) if text else (0, [])
    return _Block(face, size, lines, leading)


def _draw(canvas: Canvas, block: _Block, top: float, fill: str) -> None:
    for at, line in enumerate(block.lines):
        baseline = top + block.size * (0.82 + at * block.leading)
        canvas.text(LEFT, baseline, line, block.face, block.size, fill)


def _badge(canvas: Canvas, preview: Preview, y: float) -> float:
    """The state in a pill, told by a word, a shape and a colour."""
    ink, pale = (RED, RED_PALE) if preview.vacant else (preview.cloth.action, preview.cloth.pale)
    wide = canvas.fonts.width(preview.badge, "bold", 26) + 74
    canvas.box((LEFT, y, LEFT + wide, y + 46), pale, 23)
    if preview.vacant:
        _dashed(canvas, LEFT + 23, y + 13, 20, ink, pale)
    else:
        canvas.disc(LEFT + 33, y + 23, 10, ink)
    canvas.text(LEFT + 54, y + 32, preview.badge, "bold", 26, ink)
    return y + 64


def _dashed(canvas: Canvas, x: float, y: float, side: float, ink: str, ground: str) -> None:
    canvas.box((x, y, x + side, y + side), ink, 4)
    canvas.box((x + 3, y + 3, x + side - 3, y + side - 3), ground, 1)
    for gap in (5.5, 11.5):
        canvas.box((x + gap, y, x + gap + 3, y + side), ground)
        canvas.box((x, y + gap, x + side, y + gap + 3), ground)


def _wishes(canvas: Canvas, preview: Preview) -> None:
    """The three first wishes on a sheet that hangs before the shop."""
    left, top, right, bottom = 728, 250, 1172, 250 + 78 + 76 * len(preview.bars) + 34
    canvas.box((left + 3, top + 5, right + 3, bottom + 5), "#a99d86", 16)
    canvas.box((left, top, right, bottom), "#ffffff", 16)
    canvas.text(left + 26, top + 46, preview.heading, "title", 28, INK)
    most = max(bar.persons for bar in preview.bars)
    for at, bar in enumerate(preview.bars):
        _bar(canvas, bar, bar.persons / most, (left + 26, right - 26), top + 70 + 76 * at, preview.cloth)
    note = shortened(preview.note, right - left - 52, 20, _measure(canvas, "text"))
    canvas.text(left + 26, bottom - 20, note, "text", 20, SOFT)


def _bar(canvas: Canvas, bar: Bar, share: float, sides: tuple[float, float], top: float, cloth: Cloth) -> None:
    left, right = sides
    size, lines = fitted(bar.label, right - left - 76, 1, (27, 25, 23, 21), _measure(canvas, "text"))
    canvas.text(left, top + 28, lines[0], "text", size, INK)
    canvas.text(right, top + 28, bar.written, "bold", 27, INK, "rs")
    canvas.box((left, top + 40, right, top + 54), cloth.pale, 7)
    canvas.box((left, top + 40, left + max(14, (right - left) * share), top + 54), cloth.action, 7)


def _measure(canvas: Canvas, face: Face) -> Measure:
    return lambda text, size: canvas.fonts.width(text, face, size)
