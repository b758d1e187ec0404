"""Which network a request comes from: believed from a header only when a configured proxy wrote it."""

import ipaddress

from starlette.requests import Request

from devanture.settings import Network

UNKNOWN = "unknown"


def client_network(request: Request, trusted: tuple[Network, ...]) -> str:
    """The /24 (IPv4) or /48 (IPv6) of the asker; neighbours share one, so it never refuses an opinion by itself."""
    try:
        address = ipaddress.ip_address(_client_address(request, trusted))
    except ValueError:
        return UNKNOWN
    prefix = 24 if address.version == 4 else 48
    return str(ipaddress.ip_network(f"{address}/{prefix}", strict=False))


def _client_address(request: Request, trusted: tuple[Network, ...]) -> str:
    """The last address that no trusted proxy vouches for; what lies before it, anyone may have written."""
    peer = request.client.host if request.client else ""
    hops = [hop.strip() for hop in request.headers.get("x-forwarded-for", "").split(",") if hop.strip()]
    for hop in reversed(hops):
        if not _is_trusted(peer, trusted):
            break
        peer = hop
    return peer


def _is_trusted(address: str, trusted: tuple[Network, ...]) -> bool:
    try:
        return any(ipaddress.ip_address(address) in network for network in trusted)
    except ValueError:
        return False
