"""Valid values and bytes made wrong by a seeded generator: what `values` draws with Hypothesis, but by the million."""

from copy import deepcopy
from random import Random
from typing import Any

from tests.hostile.values import STRANGE_NUMBERS, STRANGE_TEXTS, holders_in, json_bytes

_PIECES = (
    b"\0", b'"', b"\xff\xfe", b"\xc0\xaf", b"\xed\xa0\x80", b"\r\n", b"NaN", b"-Infinity", b"1e999", b"null",
    b"\\u0000", b"\\ud800", b"[" * 3000, b'{"v":' * 600, b"9" * 5000,
)  # fmt: skip


def value(chance: Random, depth: int = 0) -> Any:
    """Anything that JSON can hold."""
    match chance.randrange(8 if depth < 3 else 6):
        case 0:
            return chance.choice((None, True, False))
        case 1:
            return chance.choice((chance.randrange(-(2**70), 2**70), chance.uniform(-200, 200), chance.randrange(9)))
        case 2:
            return chance.choice(STRANGE_NUMBERS)
        case 3:
            return "".join(chr(chance.randrange(1, 0xD7FF)) for _ in range(chance.randrange(12)))
        case 6:
            return [value(chance, depth + 1) for _ in range(chance.randrange(4))]
        case 7:
            return {chance.choice(STRANGE_TEXTS): value(chance, depth + 1) for _ in range(chance.randrange(4))}
    return chance.choice(STRANGE_TEXTS)


def changed(chance: Random, valid: Any) -> Any:
    """The same value with one to three of the things it holds replaced, left out, doubled or given company."""
    found = deepcopy(valid)
    for _ in range(chance.randint(1, 3)):
        holders = list(holders_in(found))
        if not holders:
            return value(chance)
        holder, at = chance.choice(holders)
        match chance.randrange(5):
            case 0:
                del holder[at]
            case 1 if isinstance(holder, list):
                holder.insert(at, deepcopy(holder[at]))
            case 1:
                holder[chance.choice(STRANGE_TEXTS)] = value(chance)
            case _:
                holder[at] = value(chance)
    return found


def broken(chance: Random, valid: bytes) -> bytes:
    """The same bytes cut, doubled, overwritten or filled up at a few points."""
    content = bytearray(valid)
    for _ in range(chance.randint(1, 3)):
        at = chance.randint(0, len(content))
        piece = chance.choice((chance.randbytes(chance.randrange(8)), chance.choice(_PIECES)))
        match chance.randrange(4):
            case 0:
                content[at : at + len(piece)] = piece
            case 1:
                content[at:at] = piece
            case 2:
                del content[at : at + chance.randint(1, 40)]
            case _:
                content[at:at] = content[max(0, at - 30) : at]
    return bytes(content)


def hostile_json(chance: Random, valid: Any) -> bytes:
    """A JSON text near to a valid one, or, one time in four, the valid one itself."""
    match chance.randrange(12):
        case 0 | 1 | 7:
            return json_bytes(valid)
        case 2 | 3:
            return broken(chance, json_bytes(valid))
        case 4:
            return broken(chance, json_bytes(changed(chance, valid)))
        case 5:
            return json_bytes(valid).decode().encode(chance.choice(("utf-16", "utf-32", "utf-8-sig", "utf-7")))
        case 6:
            return chance.choice((b"[" * 8000, b'{"v":' * 3000, b"", b"null", b"1" * 9000, b"[" * 99 + b"]" * 99))
    return json_bytes(changed(chance, valid))
