"""A town's two colours, made readable: as near to what it chose as WCAG 2.2 allows, in light and in dark.

Lightness is moved in OKLCH (Björn Ottosson, 2020), where a step looks the same at every hue; hue stays, chroma gives
way only where the screen has no such colour. The grounds below are those of `pwa/src/ui/tokens.css`; a test compares.
"""

from collections.abc import Callable, Iterator, Sequence
from functools import cache
from math import atan2, cos, hypot, sin

TEXT, ENHANCED = 4.5, 7.0
"""Contrast of text: WCAG 2.2 AA (1.4.3) and, for those who ask for more, AAA (1.4.6)."""
APART = 2.0
"""The awning's two cloths are an ornament: told apart at a glance is enough."""
WHITE, INK, NIGHT = "#ffffff", "#17251f", "#08130e"
OWN = {"light": "#0d5c46", "dark": "#0d5c46"}
"""The awning of a town that names no colour."""
GROUNDS = {
    "light": {"paper": "#fbf7ef", "card": "#ffffff", "amber-pale": "#fdf3dc", "red-pale": "#fbe5df"},
    "dark": {"paper": "#101a16", "card": "#18251f", "amber-pale": "#372c14", "red-pale": "#43211a"},
}
CLOTH = {"light": "#f6ead2", "dark": "#d9ccb1"}
PALE = {"light": (0.94, 0.035), "dark": (0.32, 0.04)}
"""Lightness and most chroma of the ground of what is chosen or done."""
GLARE = {"light": 1.0, "dark": 0.45}
"""The most luminance an awning may have: a white one would dazzle at night."""
HOVER = {"light": -0.05, "dark": 0.05}
Tokens = dict[str, str]


def contrast(one: str, other: str) -> float:
    """WCAG's ratio of two colours `#rrggbb`, from 1 to 21."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: str) -> float:
    red, green, blue = _linear(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def mended(colour: str, grounds: Sequence[str], ratio: float = TEXT) -> str:
    """The colour itself where it can be read on every ground, else the nearest in lightness that can."""
    return _nearest(colour, lambda shade: all(contrast(shade, ground) >= ratio for ground in grounds))


def on(colour: str) -> str:
    """White or ink: what reads better on this colour."""
    return max((WHITE, INK), key=lambda words: contrast(words, colour))


def theme(colours: Sequence[str], scheme: str, ratio: float = TEXT) -> Tokens:
    """The tokens of tokens.css that a town's two colours replace, for `light` or `dark`."""
    first, second = colours
    awning = _awning(first, scheme, ratio)
    pale = {colour: _pale(colour, scheme) for colour in colours}
    actions = [mended(colour, [*GROUNDS[scheme].values(), pale[colour]], ratio) for colour in colours]
    # Actions take whichever colour had to change less: a town that chose yellow and blue gets blue buttons.
    least = 0 if _moved(first, actions[0]) <= _moved(second, actions[1]) else 1
    return {
        "awning": awning,
        "on-awning": on(awning),
        "awning-other": next(
            (cloth for cloth in (CLOTH[scheme], second) if contrast(cloth, awning) >= APART), on(awning)
        ),
        "green": actions[least],
        "green-deep": _shifted(actions[least], HOVER[scheme]),
        "green-pale": pale[colours[least]],
        "on-green": WHITE if scheme == "light" else NIGHT,
    }


@cache
def theme_css(colours: tuple[str, ...]) -> str:
    """The style sheet of a town: only tokens, so that forced colours and every rule of the page stay as they are."""
    dark, more = "(prefers-color-scheme: dark)", "(prefers-contrast: more)"
    return "\n".join(
        [
            _root(theme(colours, "light")),
            f"@media {dark} {{ {_root(theme(colours, 'dark'))} }}",
            f"@media {more} {{ {_root(theme(colours, 'light', ENHANCED))} }}",
            f"@media {dark} and {more} {{ {_root(theme(colours, 'dark', ENHANCED))} }}",
            "",
        ]
    )


@cache
def screen_colours(colours: tuple[str, ...]) -> dict[str, str]:
    """What the phone paints around the page, by scheme: the awning's colour goes on into the bar above it."""
    return {scheme: theme(colours, scheme)["awning"] for scheme in OWN} if colours else dict(OWN)


def _root(tokens: Tokens) -> str:
    return f":root {{ {' '.join(f'--{name}: {value};' for name, value in tokens.items())} }}"


def _awning(colour: str, scheme: str, ratio: float) -> str:
    """Words on the awning, and on the sixth part of themselves that marks the page one is on, can be read."""

    def fits(shade: str) -> bool:
        words = on(shade)
        current = _mixed(words, shade, 0.16)
        readable = contrast(words, shade) >= ratio and contrast(words, current) >= ratio
        return readable and luminance(shade) <= GLARE[scheme]

    return _nearest(colour, fits)


def _nearest(colour: str, fits: Callable[[str], bool]) -> str:
    return next(shade for shade in _shades(colour) if fits(shade))


def _shades(colour: str) -> Iterator[str]:
    """The colour, then ever darker and lighter ones of its hue, to black and to white."""
    yield colour
    for step in range(1, 201):
        for way in (-1, 1):
            yield _shifted(colour, way * step / 200)


def _shifted(colour: str, by: float) -> str:
    light, chroma, hue = _oklch(colour)
    return _from_oklch(min(1.0, max(0.0, light + by)), chroma, hue)


def _pale(colour: str, scheme: str) -> str:
    light, most = PALE[scheme]
    _, chroma, hue = _oklch(colour)
    return _from_oklch(light, min(chroma, most), hue)


def _moved(colour: str, shade: str) -> float:
    return abs(_oklch(colour)[0] - _oklch(shade)[0])


def _mixed(one: str, other: str, share: float) -> str:
    pairs = zip(_bytes(one), _bytes(other), strict=True)
    return "#" + "".join(f"{round(a * share + b * (1 - share)):02x}" for a, b in pairs)


def _bytes(colour: str) -> bytes:
    return bytes.fromhex(colour[1:])


def _linear(colour: str) -> list[float]:
    parts = [part / 255 for part in _bytes(colour)]
    return [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]


def _oklch(colour: str) -> tuple[float, float, float]:
    """Lightness 0 to 1, chroma, hue in radians."""
    r, g, b = _linear(colour)
    long = (0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b) ** (1 / 3)
    middle = (0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b) ** (1 / 3)
    short = (0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b) ** (1 / 3)
    light = 0.2104542553 * long + 0.7936177850 * middle - 0.0040720468 * short
    along_a = 1.9779984951 * long - 2.4285922050 * middle + 0.4505937099 * short
    along_b = 0.0259040371 * long + 0.7827717662 * middle - 0.8086757660 * short
    return light, hypot(along_a, along_b), atan2(along_b, along_a)


def _from_oklch(light: float, chroma: float, hue: float) -> str:
    """The colour, with as much of its chroma as a screen can show at this lightness."""
    while True:
        parts = _to_linear(light, chroma * cos(hue), chroma * sin(hue))
        if chroma < 0.001 or all(-1e-4 <= part <= 1.0001 for part in parts):
            return "#" + "".join(f"{_encoded(part):02x}" for part in parts)
        chroma *= 0.95


def _to_linear(light: float, along_a: float, along_b: float) -> tuple[float, float, float]:
    long = (light + 0.3963377774 * along_a + 0.2158037573 * along_b) ** 3
    middle = (light - 0.1055613458 * along_a - 0.0638541728 * along_b) ** 3
    short = (light - 0.0894841775 * along_a - 1.2914855480 * along_b) ** 3
    return (
        4.0767416621 * long - 3.3077115913 * middle + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * middle - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * middle + 1.7076147010 * short,
    )


def _encoded(part: float) -> int:
    bounded = min(1.0, max(0.0, part))
    return round(255 * (12.92 * bounded if bounded <= 0.0031308 else 1.055 * bounded ** (1 / 2.4) - 0.055))
