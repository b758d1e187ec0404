"""How many voters a line and a network are given freely in an hour; beyond that they are given all the same, marked so.

Counted in the memory of one server, and forgotten when it ends: addresses are stored nowhere. What counts are cookies,
never opinions, so that whoever has one answers as often as they like.
"""

from collections import Counter
from dataclasses import replace
from datetime import datetime

from devanture.web.client import Client
from devanture.web.voters import Standing, Voter, new_number

HOUR = 3600


class Issuer:
    """`per_host` and `per_network`: so many in an hour for a /32 or /64, and for a /24 or /48."""

    def __init__(self, per_host: int, per_network: int) -> None:
        self._hosts, self._networks = _LastHour(per_host), _LastHour(per_network)

    def issue(self, client: Client, now: datetime, known: Voter | None = None) -> Voter:
        """A new voter; or, of a `known` one that was over the limit, how it stands now."""
        standing = Standing.FREE if self._take(client, now.timestamp()) else Standing.OVER
        if known is not None:
            return replace(known, standing=standing)
        return Voter(new_number(), now.replace(microsecond=0), standing)

    def _take(self, client: Client, now: float) -> bool:
        """Only what is given freely counts, so that a network over its limit is not kept there by its own asking."""
        if not (self._hosts.has_room(client.host, now) and self._networks.has_room(client.network, now)):
            return False
        self._hosts.count(client.host)
        self._networks.count(client.network)
        return True


class _LastHour:
    """Two hours of the clock: of the one before, as much counts as still lies within the last 3,600 seconds."""

    def __init__(self, most: int) -> None:
        self._most, self._hour = most, 0
        self._now, self._before = Counter[str](), Counter[str]()

    def has_room(self, key: str, now: float) -> bool:
        hour, seconds = divmod(now, HOUR)
        if hour != self._hour:
            self._before = self._now if hour == self._hour + 1 else Counter()
            self._now, self._hour = Counter(), int(hour)
        return self._now.get(key, 0) + self._before.get(key, 0) * (1 - seconds / HOUR) < self._most

    def count(self, key: str) -> None:
        self._now[key] += 1
