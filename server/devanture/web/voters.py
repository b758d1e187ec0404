"""The voter: one random number in a signed cookie that scripts cannot read. Never an account.

`<43 random characters>.<issued, seconds in base 36>.<standing>.<MAC>`: the number alone is the voter, so that a change
of standing keeps who it is. What we did not write ourselves is no cookie: its bearer is taken for somebody new.
"""

import base64
import hmac
import re
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

from starlette.requests import Request
from starlette.responses import Response

COOKIE = "devanture_voter"
TWO_YEARS = 2 * 365 * 24 * 3600
_FORM = re.compile(r"([A-Za-z0-9_-]{43})\.([0-9a-z]{1,10})\.([fpo])\.([A-Za-z0-9_-]{22})")
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


class Standing(StrEnum):
    FREE = "f"
    PUZZLE = "p"
    """Its phone did the sum that is asked of those over the limit."""
    OVER = "o"
    """Issued all the same, when its network had been given enough: its answers wait aside."""


@dataclass(frozen=True, slots=True)
class Voter:
    """`issued_at` in whole seconds, UTC."""

    number: str
    issued_at: datetime
    standing: Standing


class Seal:
    """Writes and reads cookies under a key that follows from the operator's."""

    def __init__(self, master: bytes) -> None:
        self._key = hmac.digest(master, b"devanture voter cookie", "sha256")

    def write(self, voter: Voter) -> str:
        said = f"{voter.number}.{_base36(int(voter.issued_at.timestamp()))}.{voter.standing}"
        return f"{said}.{self._mac(said)}"

    def read(self, text: str) -> Voter | None:
        """The voter that this text names, or none when it is not ours or was altered."""
        found = _FORM.fullmatch(text)
        if not found or not hmac.compare_digest(self._mac(text.rpartition(".")[0]), found[4]):
            return None
        return Voter(found[1], datetime.fromtimestamp(int(found[2], 36), UTC), Standing(found[3]))

    def _mac(self, said: str) -> str:
        return _text(hmac.digest(self._key, said.encode(), "sha256")[:16])


def voter_of(request: Request) -> Voter | None:
    """Who the cookie says this is, or none when there is no cookie or it is not one of ours."""
    seal: Seal = request.app.state.program.seal
    return seal.read(request.cookies.get(COOKIE, ""))


def new_number() -> str:
    """256 random bits, URL-safe."""
    return _text(secrets.token_bytes(32))


def keep_voter(response: Response, cookie: str, secure: bool) -> None:
    """Hand the cookie to the phone; `secure` when the public address is https."""
    response.set_cookie(COOKIE, cookie, max_age=TWO_YEARS, httponly=True, samesite="lax", secure=secure)


def _text(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def _base36(number: int) -> str:
    digits = ""
    while number:
        number, digit = divmod(number, 36)
        digits = _DIGITS[digit] + digits
    return digits or "0"
