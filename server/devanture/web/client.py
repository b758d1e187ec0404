"""Which network a request comes from: believed from a header only when a configured proxy wrote it."""

import ipaddress

from starlette.requests import Request

from devanture.settings import Network

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
UNKNOWN = "unknown"


def client_network(request: Request, trusted: tuple[Network, ...]) -> str:
    """The /24 (IPv4) or /48 (IPv6) of the asker; neighbours share one, so it never refuses an opinion by itself."""
    return _network(request, trusted, 24, 48)


def client_host(request: Request, trusted: tuple[Network, ...]) -> str:
    """The address itself (IPv4), or its /64: one line, behind which a whole school may be."""
    return _network(request, trusted, 32, 64)


def _network(request: Request, trusted: tuple[Network, ...], four: int, six: int) -> str:
    address = _parsed(_client_address(request, trusted))
    if address is None:
        return UNKNOWN
    prefix = four if address.version == 4 else six
    return str(ipaddress.ip_network(f"{address}/{prefix}", strict=False))


def _client_address(request: Request, trusted: tuple[Network, ...]) -> str:
    """The last address that no trusted proxy vouches for; what lies before it, anyone may have written."""
    peer = request.client.host if request.client else ""
    # A proxy may add a header of its own below the asker's: together they are one list (RFC 9110, 5.3).
    written = ",".join(request.headers.getlist("x-forwarded-for"))
    hops = [hop.strip() for hop in written.split(",") if hop.strip()]
    for hop in reversed(hops):
        if not _is_trusted(peer, trusted):
            break
        peer = hop
    return peer


def _is_trusted(text: str, trusted: tuple[Network, ...]) -> bool:
    address = _parsed(text)
    return address is not None and any(address in network for network in trusted)


def _parsed(text: str) -> Address | None:
    """The address; a socket for both families writes an IPv4 one as `::ffff:192.0.2.7`."""
    try:
        address = ipaddress.ip_address(text)
    except ValueError:
        return None
    return getattr(address, "ipv4_mapped", None) or address
