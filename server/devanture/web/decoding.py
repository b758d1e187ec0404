"""Reading a sending of any noun by its own strict decoder, and naming the field that is wrong."""

import re
from typing import TypeVar

import msgspec

from devanture.errors import Problem

T = TypeVar("T")


def decoded(decoder: msgspec.json.Decoder[T], body: bytes) -> T:
    """What a body says; raises `bad-json`, or `bad-sending` with the name of the field that is wrong."""
    try:
        return decoder.decode(body)
    except msgspec.ValidationError as error:
        raise Problem("bad-sending", field=field_named(str(error))) from None
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError):
        raise Problem("bad-json") from None


def field_named(complaint: str) -> str:
    """The field that msgspec complains about: its name needs no translation, as the rest of its English would."""
    named = re.search(r"(?:required field|unknown field|at) `(?:\$\.)?([^`]{1,60})", complaint)
    return named[1] if named else "$"
