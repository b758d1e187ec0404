"""Which network a request comes from: `X-Forwarded-For` counts only as far as configured proxies wrote it."""

import ipaddress

import pytest
from starlette.requests import Request

from devanture.settings import Network
from devanture.web.client import Client, client_network, client_of

PROXIES = (ipaddress.ip_network("10.0.0.0/8"), ipaddress.ip_network("2001:db8::/32"))


def request(peer: str | None, *forwarded: str) -> Request:
    headers = [(b"x-forwarded-for", value.encode()) for value in forwarded]
    return Request({"type": "http", "headers": headers, "client": (peer, 1) if peer else None})


@pytest.mark.parametrize(
    ("peer", "forwarded", "trusted", "network"),
    [
        ("192.0.2.7", [], (), "192.0.2.0/24"),
        ("192.0.2.7", ["198.51.100.9"], (), "192.0.2.0/24"),
        ("192.0.2.7", ["198.51.100.9"], PROXIES, "192.0.2.0/24"),
        ("10.1.2.3", ["198.51.100.9"], PROXIES, "198.51.100.0/24"),
        ("10.1.2.3", ["203.0.113.5, 198.51.100.9"], PROXIES, "198.51.100.0/24"),
        ("10.1.2.3", ["203.0.113.5, 198.51.100.9, 10.9.9.9"], PROXIES, "198.51.100.0/24"),
        ("10.1.2.3", ["10.4.4.4, 10.9.9.9"], PROXIES, "10.4.4.0/24"),
        ("10.1.2.3", [], PROXIES, "10.1.2.0/24"),
        ("10.1.2.3", ["garbage"], PROXIES, "unknown"),
        ("10.1.2.3", ["198.51.100.9, garbage"], PROXIES, "unknown"),
        ("2001:db8::1", ["2a01:e0a:1:2::3"], PROXIES, "2a01:e0a:1::/48"),
        ("::ffff:192.0.2.7", [], (), "192.0.2.0/24"),
        ("::ffff:10.1.2.3", ["198.51.100.9"], PROXIES, "198.51.100.0/24"),
        (None, [], (), "unknown"),
        ("unix:", [], (), "unknown"),
    ],
)
def test_the_network_of_the_asker(
    peer: str | None, forwarded: list[str], trusted: tuple[Network, ...], network: str
) -> None:
    assert client_network(request(peer, *forwarded), trusted) == network


def test_a_header_written_twice_is_read_as_one_list() -> None:
    assert client_network(request("10.1.2.3", "203.0.113.5", "198.51.100.9"), PROXIES) == "198.51.100.0/24"


@pytest.mark.parametrize(
    ("peer", "client"),
    [
        ("192.0.2.7", Client("192.0.2.7/32", "192.0.2.0/24")),
        ("::ffff:192.0.2.7", Client("192.0.2.7/32", "192.0.2.0/24")),
        ("2a01:e0a:1:2:3:4:5:6", Client("2a01:e0a:1:2::/64", "2a01:e0a:1::/48")),
        ("fe80::1%eth0", Client("fe80::/64", "fe80::/48")),
        (None, Client("unknown", "unknown")),
    ],
)
def test_a_line_is_one_address_or_the_64_of_one(peer: str | None, client: Client) -> None:
    assert client_of(request(peer), ()) == client


@pytest.mark.parametrize("name", ["x-real-ip", "forwarded", "x-client-ip", "true-client-ip", "cf-connecting-ip", "via"])
def test_no_other_header_counts_even_from_a_trusted_proxy(name: str) -> None:
    asked = Request({"type": "http", "headers": [(name.encode(), b"for=198.51.100.9")], "client": ("10.1.2.3", 1)})
    assert client_of(asked, PROXIES) == Client("10.1.2.3/32", "10.1.2.0/24")
