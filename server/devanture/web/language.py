"""Which language a person reads: asked for in the address, kept in a cookie, else what the browser prefers."""

from starlette.requests import HTTPConnection

from devanture.web.i18n import DEFAULT, LANGUAGES

COOKIE = "devanture_lang"


def language(request: HTTPConnection) -> str:
    """`fr` or `en`; French when nobody says otherwise."""
    for asked in (request.query_params.get("lang"), request.cookies.get(COOKIE)):
        if asked in LANGUAGES:
            return asked
    return _preferred(request.headers.get("accept-language", ""))


def _preferred(header: str) -> str:
    offers = [_offer(part) for part in header.split(",")[:20]]
    known = [(weight, tag) for weight, tag in offers if tag in LANGUAGES and weight > 0]
    return max(known, key=lambda offer: offer[0])[1] if known else DEFAULT


def _offer(part: str) -> tuple[float, str]:
    tag, _, parameters = part.partition(";")
    try:
        weight = float(parameters.partition("q=")[2] or 1)
    except ValueError:
        weight = 0.0
    return weight, tag.strip().lower().partition("-")[0]
