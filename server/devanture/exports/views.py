"""The list of files that a page offers."""

from itertools import groupby
from operator import itemgetter
from typing import Any

from devanture.exports.columns import LAYERS, WISHES
from devanture.exports.rules import formats_of
from devanture.releases.schemas import Scope

_FORMATS = {
    "excel.csv": {"fr": "Excel", "en": "French Excel"},
    "csv": {"fr": "CSV", "en": "CSV"},
    "geojson": {"fr": "GeoJSON", "en": "GeoJSON"},
}


def export_links(slug: str, lang: str, scope: Scope = "public") -> list[dict[str, str]]:
    """Every file as `label` (`title` and `format`), `url`, `kind` and `layer`; what people came for stands first."""
    base = f"/bureau/{slug}" if scope == "desk" else f"/{slug}"
    layers = sorted(LAYERS.values(), key=lambda layer: layer is not WISHES)
    return [
        {
            "label": f"{layer.fr if lang == 'fr' else layer.en} ({_FORMATS[form][lang]})",
            "url": f"{base}/exports/{layer.name}.{form}",
            "kind": form,
            "layer": layer.name,
            "title": layer.fr if lang == "fr" else layer.en,
            "format": _FORMATS[form][lang],
        }
        for layer in layers
        for form in _FORMATS
        if form in formats_of(layer)
    ]


def by_layer(links: list[dict[str, str]]) -> list[dict[str, Any]]:
    """The same, one entry a layer: its `title` and its `files`."""
    return [{"title": title, "files": list(files)} for title, files in groupby(links, itemgetter("title"))]
