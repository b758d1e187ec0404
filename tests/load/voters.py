"""A town of many doors, and the people who answer there, each with a cookie of this morning and their own address."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from random import Random

import msgspec

from devanture.web.voters import COOKIE, Seal, Standing, Voter
from tests.faults.sendings import opinion_of, uuid_of
from tests.rig.line import request
from tests.seed import Town, place_row

DOORS, METRES_APART = 200, 8
ANSWERS_EACH = 10
"""As many as a person gives on a walk; the eleventh of somebody is likely a change of one before."""


def town() -> Town:
    """One long street."""
    return Town(places=tuple(place_row(f"D{number}", METRES_APART * number) for number in range(DOORS)))


class Voters:
    """Whoever is drawn next answers at one of ten doors near where they walk."""

    def __init__(self, key: bytes, many: int, seed: str) -> None:
        seal, morning = Seal(key), datetime.now(UTC) - timedelta(hours=6)
        self._cookies = [seal.write(Voter(f"{number:043}", morning, Standing.FREE)) for number in range(many)]
        self._chance, self._said = Random(seed), Counter[int]()

    def next_sending(self) -> tuple[str, bytes]:
        """Its identifier, and the whole request of the phone."""
        who = self._chance.randrange(len(self._cookies))
        self._said[who] += 1
        door = f"D{(who * 7 + self._chance.randrange(ANSWERS_EACH)) % DOORS}"
        body = msgspec.json.encode(opinion_of(self._chance, door, self._said[who], 0))
        sending_id = uuid_of(self._chance)
        headers = {
            "Content-Type": "application/json", "Cookie": f"{COOKIE}={self._cookies[who]}",
            "X-Forwarded-For": f"10.{who >> 16 & 255}.{who >> 8 & 255}.{who & 255}",
        }  # fmt: skip
        return sending_id, request("PUT", f"/api/v1/rue/opinions/{sending_id}", headers, body)
