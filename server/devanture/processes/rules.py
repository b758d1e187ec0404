"""Pure decisions about processes."""

import re
from datetime import date, datetime
from zoneinfo import ZoneInfo

# First segments of the program's own addresses, today's and those kept for tomorrow: a process `/{slug}/` that took one
# would hide a page. A contract test compares this with the routes.
_RESERVED = """
    a-propos about accessibilite admin aide api app assets avis basemaps bureau confidentialite connexion donnees en
    engagements exports favicon follow fonts fr healthz help icons l login logout manifest mentions-legales mes-avis
    methode metrics ogc p photos problems readyz robots service-worker shell sitemap static suivre sw tiles well-
    known www
"""
RESERVED_SLUGS = frozenset(_RESERVED.split())
_SLUG = re.compile(r"[a-z][a-z0-9-]{1,39}")


def slug_trouble(slug: str) -> str | None:
    """Why this slug cannot name a process, as the end of a sentence; None when it can."""
    if not _SLUG.fullmatch(slug):
        return "must begin with a letter and hold 2 to 40 small letters, digits and hyphens"
    if slug in RESERVED_SLUGS:
        return "is a word that the program keeps for its own addresses"
    return None


def inside(bounds: tuple[float, float, float, float], lon: float, lat: float) -> bool:
    """Whether a point lies in a process's bounds (west, south, east, north); NaN and infinity lie nowhere."""
    west, south, east, north = bounds
    return west <= lon <= east and south <= lat <= north


def local_day(now: datetime, timezone: str) -> date:
    """The day in the zone of the process: all that is stored of when an opinion came."""
    return now.astimezone(ZoneInfo(timezone)).date()
