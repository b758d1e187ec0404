"""Mail costs money, and annoys whoever did not ask for it: so many a day for a network and for an address.

Kept in the memory of one server, and forgotten when it ends. Nothing but mail is limited by where somebody comes from:
neighbours share a network, and a secret link costs nothing.
"""

from limits import parse
from limits.storage import MemoryStorage
from limits.strategies import FixedWindowRateLimiter

from devanture.errors import Problem

A_NETWORK, AN_ADDRESS = parse("40/day"), parse("3/day")


class MailLimits:
    def __init__(self) -> None:
        self._windows = FixedWindowRateLimiter(MemoryStorage())

    def take(self, network: str, address: str) -> None:
        """Count one mail; raises `too-many-mails` when there were enough today."""
        limits = ((A_NETWORK, "network", network), (AN_ADDRESS, "address", address))
        if not all(self._windows.test(limit, *named) for limit, *named in limits):
            raise Problem("too-many-mails")
        for limit, *named in limits:
            self._windows.hit(limit, *named)
