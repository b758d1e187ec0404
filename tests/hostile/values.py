"""What a stranger may send: valid bytes and values, made wrong in the ways that decoders stumble over."""

import os
from collections.abc import Iterator
from copy import deepcopy
from typing import Any

import msgspec
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

STRANGE_TEXTS = [
    "", " ", "\0", "\n", "\r", "\u202e", "\ufeff", "é", "e\u0301", "🏪", "=1+1", "..", "%00", "'; --", "{{7*7}}",
    "nan", "inf", "-0", "1e309", "9" * 400, "0x10", "١٢", "2026-02-30", "a" * 2000, "\ud800",
]  # fmt: skip
STRANGE_NUMBERS = [
    0, -1, 2**31 - 1, 2**31, 10**400, -(10**400), 180.0000001, 90.1, 5e-324, 1.7e308, -0.0,
]  # fmt: skip
TEXTS = st.one_of(
    st.sampled_from(STRANGE_TEXTS),
    st.text(max_size=20).filter(lambda text: not any(0xD800 <= ord(c) <= 0xDFFF for c in text)),
)
NUMBERS = st.one_of(
    st.integers(-(2**70), 2**70),
    st.sampled_from(STRANGE_NUMBERS),
    st.floats(allow_nan=False, allow_infinity=False),
)
VALUES = st.recursive(
    st.one_of(st.none(), st.booleans(), NUMBERS, TEXTS),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(TEXTS, inner, max_size=3)),
    max_leaves=6,
)


def examples(many: int) -> settings:
    """CI draws the same each time, so that a red one can be told from a bad day; everywhere else anew.

    `TIMES=50` in the environment goes on for fifty times as many.
    """
    many *= int(os.environ.get("TIMES", "1"))
    return settings(
        max_examples=many, deadline=None, derandomize="CI" in os.environ, suppress_health_check=list(HealthCheck)
    )


@st.composite
def changed(draw: st.DrawFn, valid: Any) -> Any:
    """The same value with a few of the things it holds, however deep, replaced, left out, doubled or given company."""
    found = deepcopy(valid)
    for _ in range(draw(st.integers(1, 3))):
        holders = list(holders_in(found))
        if not holders:
            return draw(VALUES)
        holder, at = draw(st.sampled_from(holders))
        match draw(st.sampled_from(["replace", "replace", "replace", "leave out", "company"])):
            case "replace":
                holder[at] = draw(VALUES)
            case "leave out":
                del holder[at]
            case "company" if isinstance(holder, list):
                holder.insert(at, deepcopy(holder[at]))
            case "company":
                holder[draw(TEXTS)] = draw(VALUES)
    return found


def holders_in(value: Any) -> Iterator[tuple[Any, Any]]:
    """Each list and object inside a value with each of the indices or names it has."""
    pairs = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for at, inside in pairs:
        yield value, at
        yield from holders_in(inside)


@st.composite
def broken(draw: st.DrawFn, valid: bytes) -> bytes:
    """The same bytes cut, doubled, overwritten or filled up at a few points."""
    content = bytearray(valid)
    for _ in range(draw(st.integers(0, 4))):
        at = draw(st.integers(0, len(content)))
        piece = draw(st.one_of(st.binary(max_size=8), st.sampled_from([b"\0", b'"', b"\xff\xfe", b"\r", b"[" * 3000])))
        match draw(st.sampled_from(["write", "insert", "cut", "repeat"])):
            case "write":
                content[at : at + len(piece)] = piece
            case "insert":
                content[at:at] = piece
            case "cut":
                del content[at : at + draw(st.integers(1, 40))]
            case "repeat":
                content[at:at] = content[max(0, at - 30) : at]
    return bytes(content)


def json_bytes(value: Any) -> bytes:
    """As JSON, huge integers and half characters included, which encoders of good manners refuse to write."""
    match value:
        case dict():
            return b"{" + b",".join(json_bytes(name) + b":" + json_bytes(item) for name, item in value.items()) + b"}"
        case list():
            return b"[" + b",".join(map(json_bytes, value)) + b"]"
        case bool() | None | float():
            return msgspec.json.encode(value)
        case int():
            return str(value).encode()
    return msgspec.json.encode(value.encode("utf-8", "replace").decode()) if "\ud800" not in value else b'"\\ud800"'


def hostile_json(valid: Any) -> st.SearchStrategy[bytes]:
    """A JSON text near to a valid one: changed in what it says, in how it is written, or both."""
    whole = changed(valid).map(json_bytes)
    return st.one_of(whole, whole, whole.flatmap(broken), broken(json_bytes(valid)))
