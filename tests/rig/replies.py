"""What a phone hears from others than the server: portals of public networks, broken proxies."""

PORTALS = (
    (b"200 OK", b"text/html", b"<h1>Wi-Fi gratuit</h1><form action=/accepter><button>Accepter</button></form>"),
    (b"200 OK", b"application/json", b'{"login": true, "status": "stored"}'),
    (b"302 Found", b"text/html", b""),
    (b"511 Network Authentication Required", b"text/html", b"<h1>511</h1>"),
    (b"403 Forbidden", b"text/html", b"<h1>Interdit</h1>"),
)
FAULTS = (b"500 Internal Server Error", b"502 Bad Gateway", b"503 Service Unavailable", b"429 Too Many Requests")


def portal(status: bytes, kind: bytes, body: bytes) -> bytes:
    """The page of a network that wants one to sign in first."""
    extra = b"Location: http://portail.invalid/\r\n" if status.startswith(b"302") else b""
    return http_reply(status, kind, body, extra)


def broken(status: bytes) -> bytes:
    """The page of a proxy whose server is gone."""
    return http_reply(status, b"text/html", b"<h1>Oups</h1>", b"Retry-After: 1\r\n")


def http_reply(status: bytes, kind: bytes, body: bytes, extra: bytes = b"") -> bytes:
    head = b"HTTP/1.1 " + status + b"\r\nContent-Type: " + kind + b"\r\nContent-Length: %d\r\n" % len(body)
    return head + extra + b"Connection: close\r\n\r\n" + body
