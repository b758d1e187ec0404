"""What a phone sends beside opinions: read by the strict decoder of its own version."""

import re
from collections.abc import Mapping
from typing import TypeVar
from uuid import UUID

import msgspec

from devanture.errors import Problem

T = TypeVar("T")
# Stricter than RFC 5322, which allows quotes, comments and brackets that no resident's provider gives out.
_MAIL = re.compile(
    r"(?=.{3,254}\Z)(?=[^@]{1,64}@)[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
    r"@([A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z][A-Za-z0-9-]{0,61}[A-Za-z0-9]\Z"
)


class _Version(msgspec.Struct):
    v: int


_VERSION = msgspec.json.Decoder(_Version)


def decode_sending(body: bytes, decoders: Mapping[int, msgspec.json.Decoder[T]], refusal: str = "bad-sending") -> T:
    """The sending in a body; raises `bad-json`, or `refusal` with the name of the field."""
    try:
        decoder = decoders.get(_VERSION.decode(body).v)
        if decoder is None:
            raise Problem(refusal, field="v")
        return decoder.decode(body)
    except msgspec.ValidationError as error:
        raise Problem(refusal, field=_field(str(error))) from None
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError):
        raise Problem("bad-json") from None


def _field(complaint: str) -> str:
    """The field that msgspec complains about: its name needs no translation, as the rest of its English would."""
    named = re.search(r"(?:required field|unknown field|at) `(?:\$\.)?([^`]{1,60})", complaint)
    return named[1] if named else "$"


def parse_id(text: str) -> UUID:
    """A version 4 UUID as the phone made it; raises `bad-uuid`."""
    try:
        found = UUID(text)
    except ValueError:
        raise Problem("bad-uuid") from None
    if found.version != 4 or str(found) != text.lower():
        raise Problem("bad-uuid")
    return found


def mail_address(text: str) -> str:
    """A mail address as it was typed, without blanks around; raises `bad-address`."""
    address = text.strip()
    if not _MAIL.match(address):
        raise Problem("bad-address")
    return address
