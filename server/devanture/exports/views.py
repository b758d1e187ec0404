"""The list of files that a page offers."""

from devanture.exports.columns import LAYERS, WISHES
from devanture.exports.rules import formats_of

_FORMATS = {
    "csv": {"fr": "CSV", "en": "CSV"},
    "excel.csv": {"fr": "CSV pour Excel", "en": "CSV for French Excel"},
    "geojson": {"fr": "GeoJSON", "en": "GeoJSON"},
}


def export_links(slug: str, lang: str) -> list[dict[str, str]]:
    """Every file as `label`, `url`, `kind` (its format) and `layer`; what people came for stands first."""
    layers = sorted(LAYERS.values(), key=lambda layer: layer is not WISHES)
    return [
        {
            "label": f"{layer.fr if lang == 'fr' else layer.en} ({_FORMATS[form][lang]})",
            "url": f"/{slug}/exports/{layer.name}.{form}",
            "kind": form,
            "layer": layer.name,
        }
        for layer in layers
        for form in formats_of(layer)
    ]
