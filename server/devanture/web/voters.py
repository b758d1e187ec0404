"""The voter: one random number in a cookie that scripts cannot read. Never an account."""

import base64
import re
import secrets

from starlette.requests import Request
from starlette.responses import Response

COOKIE = "devanture_voter"
TWO_YEARS = 2 * 365 * 24 * 3600
_FORM = re.compile(r"[A-Za-z0-9_-]{43}")


def voter_of(request: Request) -> str | None:
    """The voter's number as the cookie carries it, or none when there is no cookie or it is not one of ours."""
    value = request.cookies.get(COOKIE, "")
    return value if _FORM.fullmatch(value) else None


def new_voter() -> str:
    """256 random bits, URL-safe."""
    return base64.urlsafe_b64encode(secrets.token_bytes(32)).rstrip(b"=").decode()


def keep_voter(response: Response, voter: str, secure: bool) -> None:
    """Hand the number to the phone; `secure` when the public address is https."""
    response.set_cookie(COOKIE, voter, max_age=TWO_YEARS, httponly=True, samesite="lax", secure=secure)
