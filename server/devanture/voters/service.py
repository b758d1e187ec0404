"""The sum of those over the limit: ALTCHA with scrypt, which takes as much memory on many servers as on a phone."""

import asyncio
import hmac
from datetime import datetime, timedelta

import msgspec
from altcha import Payload, create_challenge, verify_solution

from devanture.errors import Busy
from devanture.voters.schemas import Challenge, PuzzleV1

BLOCK = 8
TRIED = "0"
"""The key must begin so, in hexadecimal: one in sixteen does."""
LASTS = timedelta(hours=1)
AT_ONCE = 2
WAITING = 50


class Puzzles:
    """`megabytes` is what one try takes. A solution is good for the voter that it was asked by, and for no other."""

    def __init__(self, master: bytes, megabytes: int) -> None:
        self._secret = hmac.digest(master, b"devanture puzzle", "sha256")
        self._cost = megabytes * 2**20 // (128 * BLOCK)
        self._checks, self._waiting = asyncio.Semaphore(AT_ONCE), 0

    def challenge(self, number: str, now: datetime) -> Challenge:
        """A new one; giving it costs next to nothing."""
        made = create_challenge(
            "SCRYPT",
            self._cost,
            memory_cost=BLOCK,
            parallelism=1,
            key_prefix=TRIED,
            expires_at=now + LASTS,
            data={"voter": self._bound_to(number)},
            hmac_secret=self._secret,
        )
        return msgspec.convert(made.to_dict(), Challenge)

    async def is_solved(self, number: str, said: PuzzleV1, now: datetime) -> bool:
        """Check with one try of our own, a few at a time; raises `Busy` when too many wait for theirs."""
        parameters = said.challenge.parameters
        if parameters.data.get("voter") != self._bound_to(number) or parameters.expires_at < now.timestamp():
            return False
        if self._waiting >= WAITING:
            raise Busy(10)
        self._waiting += 1
        try:
            async with self._checks:
                return await asyncio.to_thread(self._verify, said)
        finally:
            self._waiting -= 1

    def _verify(self, said: PuzzleV1) -> bool:
        whole = msgspec.to_builtins(said)
        return verify_solution(Payload.from_dict(whole), self._secret).verified

    def _bound_to(self, number: str) -> str:
        return hmac.digest(self._secret, number.encode(), "sha256").hex()[:32]
