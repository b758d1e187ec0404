"""Maps drawn by the server: they need no script, and they are the first thing a resident sees."""

from pathlib import Path

from markupsafe import Markup

from devanture.opinions.service import Rulebook
from devanture.places.schemas import Place


class Maps:
    """Draws from the basemaps in `folder`."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def overview(self, book: Rulebook, answered: set[str]) -> Markup | None:
        return None

    def plan(self, book: Rulebook, place: Place) -> Markup | None:
        return None
