"""Which network a request comes from: believed from a header only when a configured proxy wrote it."""

import ipaddress
from typing import NamedTuple

from starlette.requests import Request

from devanture.settings import Network

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
UNKNOWN = "unknown"


class Client(NamedTuple):
    """Where a request comes from: `host` is the /32 or /64 of one line, `network` the /24 or /48 of its neighbours."""

    host: str
    network: str


def client_of(request: Request, trusted: tuple[Network, ...]) -> Client:
    """The asker's line and network. Many people share either, so that neither ever refuses an opinion by itself."""
    address = _parsed(_client_address(request, trusted))
    if address is None:
        return Client(UNKNOWN, UNKNOWN)
    host, network = (32, 24) if address.version == 4 else (64, 48)
    return Client(_within(address, host), _within(address, network))


def client_network(request: Request, trusted: tuple[Network, ...]) -> str:
    return client_of(request, trusted).network


def _within(address: Address, prefix: int) -> str:
    return str(ipaddress.ip_network((address.packed, prefix), strict=False))


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
