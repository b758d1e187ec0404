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

    def take(self, network: str, address: str) -> bool:
        """Count one mail; raises `too-many-mails` when the network asked for enough today.

        False when the address got enough: only the program may know, for a stranger would learn that its owner asked.
        """
        if not self._windows.hit(A_NETWORK, "network", network):
            raise Problem("too-many-mails")
        return self._windows.hit(AN_ADDRESS, "address", address)
