"""Requests by number: the same seed and number give the same bytes, for the same program under attack.

Every address of `routes.ROUTES` is asked for, so that a new one is attacked from its first day on.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any, NamedTuple
from urllib.parse import quote, urlencode
from uuid import UUID

from devanture.exports.columns import LAYERS
from devanture.exports.formats import MEDIA_TYPES
from devanture.routes import ROUTES
from tests.hostile.mutating import broken, hostile_json
from tests.hostile.values import STRANGE_TEXTS
from tests.seed import LAT, LON

WISHES = ("fishmonger", "grocer", "bakery", "pharmacy", "housing", "worship-shop")
REFS = ("C12", "C14", "Q3", "X9", "S1")
METHODS = ("GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "CONNECT", "PROPFIND", "get", "FOO")
QUERIES = (
    "activity", "annule", "autour", "bbox", "c", "constat", "dit", "efface", "family", "jeton", "lang", "lat", "limit",
    "lon", "mot", "opinion", "personne", "place", "q", "receipt", "release", "rue", "v",
)  # fmt: skip
MEDIA = (
    "application/json", "application/json; charset=utf-16", "application/x-www-form-urlencoded", "text/plain",
    "multipart/form-data; boundary=x", "image/jpeg", "APPLICATION/JSON;", "", "é/ü",
)  # fmt: skip
FORGED_ADDRESSES = ("8.8.8.8", "127.0.0.1", "::1", "10.0.0.1, 192.0.2.7", "unknown", "é", "1" * 500, "::ffff:1.2.3.4")
_SHARE_OF_ROUTES = 0.85


class Shot(NamedTuple):
    """One request: `what` it is, its bytes, whether it is whole HTTP that must be answered, whether its answer has no
    body.
    """

    what: str
    raw: bytes
    whole: bool = True
    bodiless: bool = False


@dataclass(frozen=True)
class Loot:
    """What the attackers know: cookies of their own, of others (to be forged), identifiers, the desk's session."""

    cookies: Sequence[str]
    others: Sequence[str]
    ids: Sequence[str]
    receipts: Sequence[str]
    token: str
    desk: str


def shot(seed: str, number: int, loot: Loot) -> Shot:
    chance = Random(f"{seed}/{number}")
    if chance.random() < _SHARE_OF_ROUTES:
        return _asked(chance, loot)
    return chance.choice(_WIRES)(chance, loot)


def _asked(chance: Random, loot: Loot) -> Shot:
    """A request to an address of the program, of good or bad manners, in well-formed HTTP."""
    line = chance.choice(ROUTES)
    method = line.method if chance.random() < 0.9 else chance.choice(METHODS)
    headers, body = _headers(chance, loot, line.path), b""
    if line.method in ("PUT", "POST") or chance.random() < 0.05:
        body, media = _body(chance, loot, line.path)
        headers["Content-Type"] = media if chance.random() < 0.9 else chance.choice(MEDIA)
    raw = assembled(method, _address(chance, loot, line.path), headers, body)
    # The tunnel that CONNECT asks for is not given, but what its answer's body is, clients do not agree on.
    return Shot(f"{line.method} {line.path}", raw, method != "CONNECT", method == "HEAD")


def assembled(method: str, target: bytes, headers: Mapping[str, str], body: bytes) -> bytes:
    lines = [f"{name}: {value}".encode("utf-8", "replace") for name, value in headers.items()]
    head = [method.encode() + b" " + target + b" HTTP/1.1", b"Host: 127.0.0.1", *lines]
    return b"\r\n".join([*head, b"Content-Length: %d" % len(body)]) + b"\r\n\r\n" + body


def _address(chance: Random, loot: Loot, path: str) -> bytes:
    """The address with its parameters filled in; some of its bytes are broken now and then."""
    found = path
    for name, makers in _PARAMETERS.items():
        while f"{{{name}}}" in found:
            found = found.replace(f"{{{name}}}", _part(chance, makers(chance, loot)), 1)
    if chance.random() < 0.4:
        asked = [(chance.choice(QUERIES), _said(chance, loot)) for _ in range(chance.randint(1, 4))]
        found += "?" + urlencode(asked, errors="replace")
    if chance.random() < 0.05:
        found = chance.choice((found + "/", "/" + found, found.upper(), found.replace("/", "/./"), found + ";x=1"))
    raw = found.encode()
    return raw.replace(b"%", b"%%", 1) if chance.random() < 0.02 else raw


_STRANGE_PARTS = ("../../etc/passwd", "..%2f..%2f", "%2e%2e", "\\", "a\0b", "x" * 3000, "%ff%fe", "${jndi}")


def _part(chance: Random, usual: str) -> str:
    text = usual if chance.random() < 0.88 else chance.choice((*STRANGE_TEXTS, *_STRANGE_PARTS))
    return quote(text.encode("utf-8", "replace"), safe="" if chance.random() < 0.9 else "/%") or "-"


def _whole(chance: Random, _: Loot) -> str:
    return str(chance.choice((0, 1, 8, 14, chance.randrange(30), 2**31, -1, 10**20)))


def _uuid(chance: Random, loot: Loot) -> str:
    known = chance.choice(loot.ids)
    fresh = str(UUID(int=chance.getrandbits(128), version=4))
    return chance.choice((fresh, fresh, fresh, fresh, known, known.upper(), f"{{{known}}}"))


_PARAMETERS: Mapping[str, Callable[[Random, Loot], str]] = {
    "p": lambda chance, _: chance.choice((*["rue"] * 30, "bureau", "api", "RUE")),
    "id": _uuid,
    "ref": lambda chance, _: chance.choice(REFS),
    "code": lambda chance, _: chance.choice(("bad-json", "internal", "not-found", "x")),
    "slug": lambda chance, _: chance.choice(("rue", "nantes")),
    "file": lambda chance, _: chance.choice((*LAYERS, "opinions"))
    + chance.choice((*(f".{form}" for form in MEDIA_TYPES), ".xlsx", "")),
    "token": lambda chance, loot: chance.choice((loot.token, loot.token, "x" * 43, _uuid(chance, loot))),
    "layer": lambda chance, _: chance.choice(("places", "heat", "supply", "desk")),
    "z": _whole, "x": _whole, "y": _whole,
}  # fmt: skip


def _said(chance: Random, loot: Loot) -> str:
    known: tuple[Any, ...] = (
        LON, LAT, "1", "fr", "en", *WISHES[:2], "food", "C12", *loot.receipts[:2], loot.ids[0],
        "-1.57,47.2,-1.55,47.22",
    )  # fmt: skip
    return str(chance.choice(known if chance.random() < 0.6 else STRANGE_TEXTS))


def _headers(chance: Random, loot: Loot, path: str) -> dict[str, str]:
    headers = {}
    if chance.random() < 0.7:
        headers["Cookie"] = _cookies(chance, loot, path)
    if chance.random() < 0.5:
        headers["Accept"] = chance.choice(("text/html", "*/*", "application/json", "image/webp", "é", "a" * 4000))
    for name, said in _ODD_HEADERS.items():
        if chance.random() < 0.06:
            headers[name] = chance.choice(said)
    return headers


_ODD_HEADERS: Mapping[str, Sequence[str]] = {
    "X-Forwarded-For": FORGED_ADDRESSES, "Forwarded": ("for=8.8.8.8;proto=https", "for=\"[::1]\"", "x"),
    "X-Real-IP": FORGED_ADDRESSES, "CF-Connecting-IP": FORGED_ADDRESSES, "X-Forwarded-Proto": ("https", "gopher"),
    "X-Forwarded-Host": ("evil.invalid",), "Origin": ("https://evil.invalid", "null", "http://127.0.0.1", "", "é"),
    "Accept-Language": ("fr;q=nan", "en;q=1e999", "," * 500, "x" * 2000, "é", "en;q=-1"),
    "Accept-Encoding": ("gzip", "br;q=x", "gzip;q=0", "identity"), "Content-Encoding": ("gzip", "br", "deflate"),
    "Range": ("bytes=0-0", "bytes=-1", "bytes=9-1", "bytes=0-0,2-3,5-", "bytes=" + "9" * 400, "x=1", "bytes=a-b"),
    "If-None-Match": ('"x"', "*", 'W/"' + "0" * 32 + '"', "\""), "If-Modified-Since": ("yesterday", "0"),
    "Devanture-Waited": ("1", "2", "é"), "Expect": ("100-continue", "200-ok"), "Upgrade": ("websocket", "h2c"),
    "Connection": ("keep-alive", "Upgrade", "x"), "Host": ("evil.invalid", "", "127.0.0.1:99999", "é", "a b"),
    "X-HTTP-Method-Override": ("DELETE",), "X-Original-URL": ("/bureau/",), "Referer": ("http://[", "é"),
}  # fmt: skip


def _cookies(chance: Random, loot: Loot, path: str) -> str:
    if path.startswith("/bureau") and chance.random() < 0.7:
        # An insider's session is not ended, or nobody would be inside from then on.
        inside = chance.random() < 0.6 and path != "/bureau/sortir"
        return f"devanture_staff={loot.desk if inside else chance.choice(STRANGE_TEXTS[5:])}"
    own, other = chance.choice(loot.cookies), chance.choice(loot.others)
    number, issued, standing, mac = other.split(".")
    forged = (
        f"{number}.{issued}.{'p' if standing != 'p' else 'f'}.{mac}", f"{number}.zzzzzzzzzz.{standing}.{mac}",
        f"{number}.{issued}.{standing}.{'A' * 22}", number, f"{number}#1.{issued}.{standing}.{mac}", other[:-1] + "é",
        "a" * 7000, "", "=;=;=", f"x; devanture_lang={chance.choice(('zz', 'é', 'en'))}",
    )  # fmt: skip
    return f"devanture_voter={own if chance.random() < 0.6 else chance.choice(forged)}"


def _body(chance: Random, loot: Loot, path: str) -> tuple[bytes, str]:
    """The body that an address waits for, made wrong, and its media type."""
    if "/photos/" in path:
        heads = (b"\xff\xd8\xff\xe0", b"\x89PNG\r\n\x1a\n", b"RIFF")
        return broken(chance, chance.choice(heads) + chance.randbytes(300)), "image/jpeg"
    if path.startswith("/api/"):
        valid = next(make for word, make in _SENDINGS.items() if word in path)(chance, loot)
        return hostile_json(chance, valid), "application/json"
    pairs = [(chance.choice(_FIELDS), _typed(chance, loot)) for _ in range(chance.randint(0, 8))]
    form = urlencode([*_valid_form(chance, loot), *pairs], errors="replace").encode()
    return form if chance.random() < 0.8 else broken(chance, form), "application/x-www-form-urlencoded"


_FIELDS = (
    "uuid", "seq", "wishes", "other", "comment", "frequency", "nuisances", "families_shown", "door", "means", "address",
    "value", "finding", "ties", "sector", "age", "jeton", "mot", "note", "person", "email",
)  # fmt: skip


def _typed(chance: Random, loot: Loot) -> str:
    return chance.choice((*STRANGE_TEXTS, *WISHES, "1", "lives", "link", "gone", _uuid(chance, loot)))


def _valid_form(chance: Random, loot: Loot) -> list[tuple[str, str]]:
    if chance.random() < 0.3:
        return []
    return [("uuid", _uuid(chance, loot)), ("seq", str(chance.randrange(1, 50))), ("wishes", chance.choice(WISHES))]


def _opinion(chance: Random, _: Loot) -> dict[str, Any]:
    said: dict[str, Any] = {"v": 1, "place": chance.choice(REFS), "seq": chance.choice((1, 2, 9, 2**31 - 1))}
    if chance.random() < 0.1:
        return said | {"withdraw": True}
    said |= {"wishes": [chance.choice(WISHES)], "comment": "merci", "families_shown": ["food", "care"]}
    return said | {"nuisances": ["noise"], "frequency": "weekly", "person": chance.randrange(6)}


_SENDINGS: Mapping[str, Callable[[Random, Loot], dict[str, Any]]] = {
    "/opinions/": _opinion,
    "/reports/": lambda chance, _: {
        "v": 1, "finding": "missing", "lon": LON, "lat": LAT, "street": "Rue Haute", "number": "3", "note": "vide"
    } if chance.random() < 0.5 else {"v": 1, "finding": "vacant", "place": chance.choice(REFS)},
    "/follows/": lambda chance, _: {
        "v": 1, "place": chance.choice(REFS), "means": chance.choice(("link", "mail", "push")), "address": ""
    },
    "/residences/": lambda chance, _: {
        "v": 1, "sector": "elsewhere", "ties": ["lives", "works"], "age": "30-44", "person": chance.randrange(6)
    },
    "/spots/": lambda chance, _: {
        "v": 1, "lon": LON + chance.uniform(-0.002, 0.002), "lat": LAT + chance.uniform(-0.002, 0.002)
    },
    "/proof": lambda chance, _: {
        "v": 1, "means": chance.choice(("at_door", "mail", "code")), "value": str(chance.randrange(10**6))
    },
    "/puzzle": lambda chance, loot: {"v": 1, "challenge": _challenge(chance, loot), "solution": {
        "counter": chance.randrange(99), "derivedKey": "0" * 64, "time": 1.0
    }},
    "/erasure": lambda chance, loot: {"v": 1, "follows": [chance.choice(loot.cookies)[:43]]},
    "": lambda chance, _: {},
}  # fmt: skip


def _challenge(chance: Random, loot: Loot) -> dict[str, Any]:
    """A challenge of one's own making: its costs must never be paid before its signature was looked at."""
    return {"signature": "0" * 64, "parameters": {
        "algorithm": "SCRYPT", "nonce": "00", "salt": "00", "cost": chance.choice((16384, 2**40)), "keyLength": 32,
        "keyPrefix": "0", "memoryCost": chance.choice((8, 2**40)), "parallelism": 1, "expiresAt": 2**40,
        "data": {"voter": chance.choice(loot.ids)[:32]},
    }}  # fmt: skip


def _truncated(chance: Random, loot: Loot) -> Shot:
    raw = _asked(chance, loot).raw
    return Shot("wire: cut short", raw[: chance.randrange(1, len(raw))], whole=False)


def _garbled(chance: Random, loot: Loot) -> Shot:
    return Shot("wire: bytes broken", broken(chance, _asked(chance, loot).raw), whole=False)


def _wrong_length(chance: Random, loot: Loot) -> Shot:
    said = chance.choice((b"99999", b"-1", b"+5", b"0x10", b"1e3", b"9" * 30, b"5, 6", b"", b"0"))
    head, _, body = _opinion_request(chance, loot).partition(b"Content-Length: ")
    return Shot("wire: false length", head + b"Content-Length: " + said + body[body.index(b"\r\n") :], whole=False)


def _chunked(chance: Random, loot: Loot) -> Shot:
    """In pieces, whose lengths may be wrong; with a length beside them, too, as smugglers do."""
    head, _, rest = _opinion_request(chance, loot).partition(b"Content-Length: ")
    body = rest.partition(b"\r\n\r\n")[2]
    sizes = [b"%x" % len(body)] * 3 + [b"-1", b"f" * 20, b"zz", b"%x" % (len(body) + 5), b"1;a=b"]
    size = chance.choice(sizes)
    also = b"Content-Length: %d\r\n" % len(body) if chance.random() < 0.3 else b""
    end = chance.choice((b"0\r\n\r\n", b"0\r\nX-Trailer: 1\r\n\r\n", b""))
    raw = head + also + b"Transfer-Encoding: chunked\r\n\r\n" + size + b"\r\n" + body + b"\r\n" + end
    return Shot("wire: in chunks", raw, whole=False)


def _smuggled(chance: Random, loot: Loot) -> Shot:
    """Several requests in one breath."""
    several = (_opinion_request(chance, loot) for _ in range(chance.randint(2, 5)))
    return Shot("wire: pipelined", b"".join(several), whole=False)


def _foreign(chance: Random, loot: Loot) -> Shot:
    """Other protocols, and headers that no client writes."""
    get = b"GET / HTTP/1.1\r\nHost: a\r\n"
    said = (
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", b"GET /\r\n",
        b"\r\n" * 50,
        b"GET http://evil.invalid/ HTTP/1.1\r\nHost: x\r\n\r\n", b"OPTIONS * HTTP/1.1\r\nHost: x\r\n\r\n", b"\0" * 100,
        get + b"X: " + b"a" * 100_000 + b"\r\n\r\n", get + b"X: 1\r\n" * 2000 + b"\r\n", get + b"No colon\r\n\r\n",
        get + b" folded: 1\r\n\r\n", get + b"X: a\0b\r\n\r\n", b"GET /" + b"a" * 70_000 + b" HTTP/1.1\r\n\r\n",
        b"GET / HTTP/9.9\r\n\r\n", b"GET / HTTP/1.0\r\n\r\n", b"GET /\xff\xfe?\xe9 HTTP/1.1\r\nHost: \xff\r\n\r\n",
        get + b"Cookie: devanture_voter=\xff\xfe\r\nAccept: \xe9\r\n\r\n", get + b"Host: b\r\nHost: c\r\n\r\n",
        chance.randbytes(chance.randrange(1, 300)),
    )  # fmt: skip
    return Shot("wire: other tongues", chance.choice(said), whole=False)


_WIRES = (_truncated, _garbled, _wrong_length, _chunked, _smuggled, _foreign)


def _opinion_request(chance: Random, loot: Loot) -> bytes:
    body = hostile_json(chance, _opinion(chance, loot))
    headers = {"Content-Type": "application/json", "Cookie": _cookies(chance, loot, "/")}
    return assembled("PUT", f"/api/v1/rue/opinions/{_uuid(chance, loot)}".encode(), headers, body)
