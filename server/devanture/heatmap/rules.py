"""Which tiles exist and what may be asked of them. Pure."""

from typing import Any

from devanture.activities.schemas import Catalogue
from devanture.errors import Problem
from devanture.heatmap.schemas import EVERYONE, Ask, Tile
from devanture.releases.schemas import Scope

MIN_ZOOM, MAX_ZOOM = 10, 16
"""What TileJSON promises; maps overzoom beyond."""
DEEPEST = 22


def checked_tile(z: int, x: int, y: int) -> Tile:
    """The tile of these numbers; raises `not-found` where the grid has none."""
    if z > DEEPEST or not (0 <= x < 2**z and 0 <= y < 2**z):
        raise Problem("not-found")
    return Tile(z, x, y)


def resolution_of(zoom: int) -> int:
    """The H3 resolution that reads well at a zoom: hexagons of about 1 km, 400 m and 150 m across.

    On a screen they are some 20 to 80 px wide, so that a town's centre is a honeycomb at first sight. Finer ones tell
    no more of anybody: the threshold is held for each place.
    """
    if zoom <= 11:
        return 8
    return 9 if zoom <= 12 else 10


def asked(catalogue: Catalogue, code: str) -> Ask:
    """What a code of the catalogue, « other » or nothing asks for; raises `unknown-activity`."""
    if not code:
        return EVERYONE
    if code == "other":
        return Ask("choice", code)
    if code in {family.code for family in catalogue.families}:
        return Ask("family", code)
    if catalogue.activity(code) is not None:
        return Ask("activity", code)
    raise Problem("unknown-activity", activity=code[:40])


def published(catalogue: Catalogue, ask: Ask, scope: Scope) -> bool:
    """Whether figures of this may be shown: not zeros in the place of what is published by family only."""
    if scope == "desk" or ask.level != "activity":
        return True
    return not any(family.discreet for family in catalogue.families if ask.code in {a.code for a in family.activities})


def tilejson(layers: dict[str, dict[str, str]], tiles: str, about: dict[str, Any]) -> dict[str, Any]:
    """TileJSON 3.0.0; `layers` gives the fields of each layer, `about` name, attribution and bounds."""
    return {
        "tilejson": "3.0.0",
        "scheme": "xyz",
        "tiles": [tiles],
        "minzoom": MIN_ZOOM,
        "maxzoom": MAX_ZOOM,
        "vector_layers": [{"id": layer, "fields": fields} for layer, fields in layers.items()],
        **about,
    }
