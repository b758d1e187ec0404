"""Codes that prove: what they are made of, and for how long and how often they hold. Pure.

The facilitator's code is a time-based one-time password (RFC 6238): six digits that change each minute.
"""

import hmac
import re
import secrets
from datetime import datetime, timedelta
from uuid import UUID

from devanture.proofs.schemas import LEVELS, Proof

STEP = 60
"""Seconds that a facilitator's code stands; the one before still counts, for whoever types slowly."""
MOST_A_STEP = 5
"""People whom one screen can have seen within a minute: a code that leaked proves no more than these."""
MAIL_LASTS = timedelta(minutes=30)
MOST_TRIES = 5
_ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
_DOOR = re.compile(r"[A-HJ-NP-Z2-9]{8}")
_DOTLESS = {"gmail.com", "googlemail.com"}


def step_of(now: datetime) -> int:
    return int(now.timestamp()) // STEP


def changing_code(secret: bytes, step: int) -> str:
    """Six digits for one minute (RFC 4226, 5.3, with SHA-256)."""
    return _six_digits(hmac.digest(secret, step.to_bytes(8, "big"), "sha256"))


def is_changing_code(secret: bytes, typed: str, now: datetime) -> bool:
    """Whether this was on the screen now or a minute ago."""
    return any(hmac.compare_digest(changing_code(secret, step_of(now) - back), typed) for back in (0, 1))


def mail_code(key: bytes, voter: bytes, address: bytes, asked_at: datetime) -> str:
    """Six digits for one question of one voter about one address: known to nobody without the key, and not stored."""
    return _six_digits(hmac.digest(key, b"mail-code" + voter + address + asked_at.isoformat().encode(), "sha256"))


def _six_digits(digest: bytes) -> str:
    at = digest[-1] & 0xF
    return f"{(int.from_bytes(digest[at : at + 4]) & 0x7FFFFFFF) % 1_000_000:06d}"


def digits(typed: str) -> str:
    """A code as people type it, « 123 456 »."""
    return re.sub(r"\D", "", typed[:40])


def new_door_code() -> str:
    """Eight signs that cannot be mistaken for one another: 40 bits, and a poster shows them."""
    return "".join(secrets.choice(_ALPHABET) for _ in range(8))


def door_code(text: str) -> str:
    """A poster's code out of an address; empty when it is none."""
    return text if _DOOR.fullmatch(text) else ""


def one_mailbox(address: str) -> str:
    """Addresses that lead to one mailbox become one: case, what follows a plus, and the dots of Gmail."""
    name, _, host = address.strip().lower().rpartition("@")
    name = name.partition("+")[0] or name
    if host in _DOTLESS:
        name, host = name.replace(".", ""), "gmail.com"
    return f"{name}@{host}"


def source_of(key: bytes, kind: str, name: str) -> bytes:
    """What is stored of an address, or of a person whom somebody else has verified: a hash under the process's key."""
    return hmac.digest(key, f"{kind}:{name}".encode(), "sha256")


def higher(one: Proof, other: Proof) -> Proof:
    return max(one, other, key=LEVELS.index)


def sealing_context(process_id: UUID, voter: bytes) -> bytes:
    """What a sealed address is bound to: copied to another row it does not open."""
    return b"mail-code" + process_id.bytes + voter


def key_context(process_id: UUID, key_id: UUID) -> bytes:
    return b"facilitator" + process_id.bytes + key_id.bytes
