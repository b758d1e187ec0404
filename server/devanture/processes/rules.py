"""Pure decisions about processes."""

import re

# First segments of the program's own addresses, today's and those kept for tomorrow: a process `/{slug}/` that took one
# would hide a page. A contract test compares this with the routes.
RESERVED_SLUGS = frozenset(
    """api assets basemaps bureau static tiles ogc problems healthz readyz metrics p l en fr
    manifest robots favicon sw sitemap well-known follow suivre mes-avis avis aide help about a-propos
    accessibilite mentions-legales donnees confidentialite methode login logout connexion exports admin www""".split()
)
_SLUG = re.compile(r"[a-z][a-z0-9-]{1,39}")


def slug_trouble(slug: str) -> str | None:
    """Why this slug cannot name a process, as the end of a sentence; None when it can."""
    if not _SLUG.fullmatch(slug):
        return "must begin with a letter and hold 2 to 40 small letters, digits and hyphens"
    if slug in RESERVED_SLUGS:
        return "is a word that the program keeps for its own addresses"
    return None
