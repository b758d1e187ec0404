"""Decisions about one sending, without database or clock."""

import base64
import hashlib
import hmac
import re
from datetime import date
from uuid import UUID

import msgspec

from devanture.activities.schemas import Catalogue
from devanture.aside.schemas import Aside
from devanture.errors import Problem
from devanture.opinions.schemas import DECODERS, Fate, OpinionV1
from devanture.web.sendings import decode_sending

RECEIPT_BYTES = 10
RECEIPT_TYPED = 100
_LOOKALIKES = str.maketrans("018", "OIB")


def decode_opinion(body: bytes) -> OpinionV1:
    """The opinion in a body, by the decoder of its own version; raises `bad-json`, `bad-opinion`."""
    return check_shape(decode_sending(body, DECODERS, "bad-opinion"))


def check_shape(opinion: OpinionV1) -> OpinionV1:
    """What types cannot say: something is wished, nothing twice, no control characters, nothing in a withdrawal."""
    said = bool(opinion.wishes or opinion.other.strip())
    if said == opinion.withdraw:
        raise Problem("bad-opinion", field="withdraw" if opinion.withdraw else "wishes")
    for name in ("wishes", "nuisances", "families_shown"):
        values = getattr(opinion, name)
        if len(set(values)) != len(values):
            raise Problem("bad-opinion", field=name)
    for name in ("other", "comment"):
        if any(ord(c) < 32 and c not in "\n\r\t" for c in getattr(opinion, name)):
            raise Problem("bad-opinion", field=name)
    return opinion


def check_wishes(opinion: OpinionV1, catalogue: Catalogue, kind: str, most: int) -> None:
    """Every wish is in the catalogue of this kind of place, and there are not too many."""
    if len(opinion.wishes) + bool(opinion.other.strip()) > most:
        raise Problem("too-many-wishes", most=most)
    unknown = [code for code in opinion.wishes if code not in catalogue.codes(kind)]
    if unknown:
        raise Problem("unknown-activity", activity=unknown[0])


def digest(opinion: OpinionV1) -> bytes:
    """Tells a resend from a reused identifier: the same decoded opinion gives the same 32 bytes."""
    return hashlib.sha256(msgspec.json.encode(opinion, order="sorted")).digest()


def person_of(opinion: OpinionV1) -> int:
    """Who answers: phones of before `person` only said that it was for another, who is the first of them."""
    return opinion.person or int(opinion.for_another)


def leaf(key: bytes, sending_id: UUID, digest: bytes) -> bytes:
    """What stands for one sending where its words may not be known: an HMAC under the process's leaf key."""
    return hmac.digest(key, sending_id.bytes + digest, "sha256")


def receipt(leaf: bytes) -> str:
    """The word that a phone keeps: the first 80 bits of the leaf, « 7KQF-2M6X-ABCD-EFGH »."""
    word = base64.b32encode(leaf[:RECEIPT_BYTES]).decode()
    return "-".join(word[at : at + 4] for at in range(0, len(word), 4))


def read_receipt(text: str) -> bytes | None:
    """How the leaf of a typed receipt begins; none when no receipt is written so.

    Small letters, spaces and any dash are taken; 0, 1 and 8, which base32 leaves out, stand for O, I and B.
    """
    word = re.sub(r"[\s\-\u2010-\u2015]", "", text[:RECEIPT_TYPED]).upper().translate(_LOOKALIKES)
    if not re.fullmatch(r"[A-Z2-7]{16}", word):
        return None
    return base64.b32decode(word)


def fate(
    day: date, late: bool, current_day: date, withdrawn: bool, is_current: bool, aside: Aside | None = None
) -> Fate:
    """What to say of a sending, from itself, from the voter's current answer at its place, and from who doubts it."""
    if not is_current:
        return Fate("withdrawn" if withdrawn else "replaced", day, current_day)
    if withdrawn:
        return Fate("withdrawal", day)
    if aside is not None:
        return Fate("aside", day, aside=aside)
    return Fate("late" if late else "counted", day)
