"""Who a voter is: the number in a cookie, the persons of a phone, and what is stored of them. Pure."""

import hmac

MOST_PERSONS = 5
"""Besides its own person, as many as `schemas.Person` allows."""


def voter_of_person(voter: str, person: int) -> str:
    """The voter that a person of a phone is: the cookie's own, or that cookie with a number, which no cookie holds."""
    return f"{voter}#{person}" if person else voter


def voters_of(voter: str) -> list[str]:
    """Everybody who may have answered on a phone, its own person first."""
    return [voter_of_person(voter, person) for person in range(MOST_PERSONS + 1)]


def voter_hash(key: bytes, voter: str) -> bytes:
    """What is stored of a voter: an HMAC under the process's key, so that two processes cannot be joined."""
    return hmac.digest(key, voter.encode(), "sha256")


def hashes_of(key: bytes, voter: str) -> list[bytes]:
    """What is stored of everybody who may have answered on a phone, in the order of `voters_of`."""
    return [voter_hash(key, one) for one in voters_of(voter)]


def network_token(key: bytes, network: str) -> bytes:
    """A network as the set-aside rules may compare it, never as an address."""
    return hmac.digest(key, b"network:" + network.encode(), "sha256")[:16]
