"""Pages for people: Jinja2 templates of every noun, in the reader's language."""

from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from jinja2 import Environment, FileSystemLoader, PrefixLoader, StrictUndefined
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import HTMLResponse

from devanture.web import i18n
from devanture.web.assets import Assets
from devanture.web.language import COOKIE, language
from devanture.web.signs import sign

PACKAGE = Path(__file__).parents[1]
YEAR = 365 * 24 * 3600


class Pages:
    """`render(request, "places/place.html", context)`; a name that a template misses is an error, never a blank."""

    def __init__(self, dist: Path) -> None:
        self._environment = _environment(Assets(dist))

    def render(self, request: Request, template: str, context: dict[str, Any], status: int = 200) -> HTMLResponse:
        lang = language(request)
        common = {"lang": lang, "path": request.url.path, "other_lang_url": _other_language(request, lang)}
        common["origin"] = request.app.state.program.settings.web.origin(str(request.base_url))
        html = self._environment.get_template(template).render(common | context)
        response = HTMLResponse(html, status, {"Content-Language": lang, "Vary": "Accept-Language, Cookie"})
        response.headers["Cache-Control"] = "private, no-cache"
        if request.query_params.get("lang") == lang:
            response.set_cookie(COOKIE, lang, max_age=YEAR, samesite="lax")
        return response


def _environment(assets: Assets) -> Environment:
    nouns = {folder.parent.name: FileSystemLoader(folder) for folder in sorted(PACKAGE.glob("*/templates"))}
    environment = Environment(
        loader=PrefixLoader(nouns),
        autoescape=True,
        undefined=StrictUndefined,
        extensions=["jinja2.ext.i18n"],
    )
    i18n.install(environment)
    environment.filters["sign"] = sign
    environment.globals.update(asset=assets.script, asset_css=assets.styles, asset_imports=assets.imports, icon=icon)
    return environment


def icon(name: str) -> Markup:
    """An icon of a sprite; it says nothing to a screen reader, for a word always stands beside it.

    The interface's own (Lucide) weigh 2 kB, the shops' 38: a page that names no shop loads the small sprite alone.
    """
    sheet = "icons" if name.startswith("lucide-") else "shops"
    return Markup('<svg class="icon" aria-hidden="true"><use href="/assets/{}.svg#{}"/></svg>').format(sheet, name)


def _other_language(request: Request, lang: str) -> str:
    parameters = dict(request.query_params) | {"lang": "en" if lang == "fr" else "fr"}
    return f"{request.url.path}?{urlencode(parameters)}"
