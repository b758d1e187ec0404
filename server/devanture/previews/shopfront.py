"""The front of a place, drawn as on its page: wall, joinery, shutter, poster; a site has trees instead."""

from devanture.previews.canvas import HEIGHT, WIDTH, Canvas

WALL, SHOP, GROUND = 700, 748, 598
"""The left edge of the wall and of the shop, and where the pavement begins."""


def wall(canvas: Canvas) -> None:
    canvas.box((WALL, 80, WIDTH, GROUND), "#d9ccb4")
    canvas.box((WALL, 150, WIDTH, 158), "#e6dbc6")
    for x in (SHOP - 12, 1164):
        canvas.line((x, 158, x, GROUND), "#c6b89d", 1.5)
    _pavement(canvas)


def shop(canvas: Canvas, sign: str) -> None:
    """A closed shop under its number."""
    canvas.box((SHOP, 178, 1152, GROUND), "#2e5648")
    canvas.box((SHOP, 178, 1152, 240), "#1d382f")
    size = 34 if len(sign) <= 6 else 24
    canvas.text(SHOP + 202, 221, sign, "title", size, "#f1e8d6", "ms")
    canvas.box((766, 254, 1010, GROUND - 6), "#8d968f")
    for y in range(264, GROUND - 10, 13):
        canvas.line((766, y, 1010, y), "#7a847d", 4)
    canvas.box((766, GROUND - 18, 1010, GROUND - 6), "#1d382f")
    canvas.line((1024, 246, 1024, GROUND), "#1d382f", 3)
    canvas.box((1046, 268, 1126, 388), "#15261f", 3)
    canvas.box((1046, 410, 1126, GROUND - 24), "#274c3f", 3)
    canvas.disc(1037, 420, 5, "#e08a5e")


def poster(canvas: Canvas, words: str, x: float = 826, y: float = 306) -> None:
    """The sheet with its code, as it hangs on the shutter."""
    canvas.box((x, y, x + 124, y + 160), "#ffffff", 8)
    canvas.text(x + 62, y + 36, words, "bold", 19, "#9c2a17", "ms")
    for column, row in ((0, 0), (1, 0), (0, 1)):
        left, top = x + 28 + column * 42, y + 54 + row * 42
        canvas.box((left, top, left + 28, top + 28), "#17251f")
        canvas.box((left + 8, top + 8, left + 20, top + 20), "#ffffff")
    for left, top, wide, high in ((70, 96, 14, 14), (86, 112, 12, 20), (70, 118, 10, 10)):
        canvas.box((x + left, y + top, x + left + wide, y + top + high), "#17251f")


def plot(canvas: Canvas) -> None:
    """A square or a plot: sky, roofs far away, trees, a bench."""
    canvas.box((WALL, 80, WIDTH, GROUND), "#e6ebe0")
    for left, top, right in ((700, 300, 790), (790, 240, 880), (880, 320, 960), (960, 250, 1050), (1050, 290, 1200)):
        canvas.box((left, top, right, GROUND), "#d6ccb7")
    canvas.box((WALL, 500, WIDTH, GROUND), "#8fae7f")
    for x, base, radius in ((800, 560, 78), (1110, 570, 92), (960, 530, 52)):
        canvas.box((x - 9, base - 150, x + 9, base), "#6a4f37")
        canvas.disc(x, base - 190, radius, "#2f7358")
        canvas.disc(x + radius * 0.6, base - 150, radius * 0.62, "#2f7358")
    canvas.box((890, 540, 1030, 550), "#6a4f37", 3)
    canvas.box((890, 514, 1030, 524), "#6a4f37", 3)
    for x in (902, 1010):
        canvas.box((x, 514, x + 8, 580), "#6a4f37")
    _pavement(canvas)


def _pavement(canvas: Canvas) -> None:
    canvas.box((WALL, GROUND, WIDTH, HEIGHT), "#b9ad97")
    canvas.box((WALL, GROUND, WIDTH, GROUND + 5), "#a6997f")
