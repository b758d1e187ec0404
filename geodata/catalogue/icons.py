"""SVG icons for the phone: exactly those in use, made plain so that one style sheet colours them all."""

import re
from collections.abc import Iterable
from pathlib import Path

from geodata.catalogue import HERE, npm
from geodata.errors import GeodataError
from geodata.files import write_text

ICONS = Path(__file__).parents[2] / "pwa" / "src" / "ui" / "icons"
SETS = {"maki": npm.MAKI, "temaki": npm.TEMAKI, "lucide": npm.LUCIDE}


def copy_icons(shops: Iterable[str], fetched: dict[str, Path], target: Path) -> int:
    """Write each icon in use to `target`, take away what is no longer used; the number written."""
    interface = (HERE / "interface_icons.txt").read_text(encoding="utf-8").split()
    wanted = sorted({*shops, *(f"lucide-{name}" for name in interface)})
    drawings = {name: plain(source(name, fetched).read_text(encoding="utf-8")) for name in wanted}
    for stale in {path.stem for path in target.glob("*-*.svg")} - drawings.keys():
        if stale.partition("-")[0] in SETS:
            (target / f"{stale}.svg").unlink()
    for name, drawing in drawings.items():
        write_text(target / f"{name}.svg", drawing)
    return len(drawings)


def source(name: str, fetched: dict[str, Path]) -> Path:
    """The file of `maki-shop`, `temaki-fish_cleaning` or `lucide-map` in its unpacked package."""
    group, _, drawing = name.partition("-")
    path = fetched[SETS[group]] / "icons" / f"{drawing}.svg" if group in SETS else Path(name)
    if not path.is_file():
        raise GeodataError(f"there is no icon {name}")
    return path


def plain(svg: str) -> str:
    """The drawing without prolog, comments, size, identifiers and white space; it takes the text's colour.

    Maki and Temaki are filled shapes, Lucide are strokes that already say `currentColor`.
    """
    bare = re.sub(r"<\?xml.*?\?>|<!--.*?-->|<title>.*?</title>", "", svg, flags=re.DOTALL)
    head, body = re.search(r"<svg\b(.*?)>(.*)</svg>", bare, flags=re.DOTALL).groups()  # type: ignore[union-attr]
    kept = re.findall(r'\b(viewBox|fill|stroke[a-z-]*)="([^"]*)"', head)
    if not any(key == "fill" for key, _ in kept):
        kept.append(("fill", "currentColor"))
    attributes = " ".join(f'{key}="{value}"' for key, value in kept)
    shapes = re.sub(r"\s+", " ", re.sub(r">\s+<", "><", body)).strip()
    shapes = re.sub(r'\s(id|fill)="(?!none)[^"]*"', "", shapes)
    return f'<svg xmlns="http://www.w3.org/2000/svg" {attributes}>{shapes}</svg>\n'
