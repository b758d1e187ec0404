"""Decisions about reports: what one may say, and when a vacancy should be looked at again. Pure."""

import hmac
from datetime import date, timedelta

import msgspec

from devanture.errors import Problem
from devanture.places.schemas import Place
from devanture.processes.rules import inside
from devanture.reports.schemas import DECODERS, ReportV1
from devanture.web.sendings import decode_sending

STALE_AFTER = timedelta(days=180)
WORDS = ("street", "number", "note")
MOST_MISSING, MOST_FINDINGS = 20, 300
"""Of one voter: vacant shops that the list lacks, and what they found at the doors of the list."""


def decode_report(body: bytes) -> ReportV1:
    """The report in a body, by the decoder of its own version; raises `bad-json`, `bad-sending`."""
    return check_shape(decode_sending(body, DECODERS))


def check_shape(report: ReportV1) -> ReportV1:
    """What types cannot say: a finding is at a place, what is missing is at a point, and nothing is both."""
    missing = report.finding == "missing"
    given = {name: getattr(report, name) not in (None, "") for name in ("place", "lon", "lat", *WORDS)}
    for name in ("place", "lon", "lat"):
        if given[name] != (missing if name != "place" else not missing):
            raise Problem("bad-sending", field=name)
    for name in WORDS:
        if (given[name] and not missing) or any(ord(c) < 32 and c not in "\n\r\t" for c in getattr(report, name)):
            raise Problem("bad-sending", field=name)
    if report.another and not missing:
        raise Problem("bad-sending", field="another")
    return report


def point(report: ReportV1, bounds: tuple[float, float, float, float]) -> tuple[float, float] | None:
    """Where a missing shop stands, as it was sent; raises `bad-coordinates` outside the process."""
    if report.lon is None or report.lat is None:
        return None
    if not inside(bounds, report.lon, report.lat):
        raise Problem("bad-coordinates")
    return report.lon, report.lat


def most(finding: str) -> int:
    """How many reports of this kind one voter may send."""
    return MOST_MISSING if finding == "missing" else MOST_FINDINGS


def digest(key: bytes, report: ReportV1) -> bytes:
    """Tells a resend from a reused identifier; keyed, for a bare hash of a point is soon guessed."""
    return hmac.digest(key, b"report:" + msgspec.json.encode(report, order="sorted"), "sha256")


def stale(place: Place, confirmed: date | None, today: date) -> bool:
    """Whether nobody has seen a vacancy for 180 days: neither its source nor, on the day `confirmed`, a person there.

    A place of which no day is known is not called stale: every door of such a list would be.
    """
    last = max((day for day in (place.seen, confirmed) if day), default=today)
    return place.kind == "premises" and place.state == "vacant" and today - last > STALE_AFTER
