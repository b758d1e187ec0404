"""Decisions about followers, without database or clock. Their secrets come from the program's key; none is stored."""

import base64
import hashlib
import hmac
import re
from collections.abc import Iterable
from uuid import UUID

import msgspec
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec

from devanture.errors import Problem
from devanture.follows.schemas import SUBSCRIPTION, FollowV1
from devanture.web.sendings import mail_address

STEPS = {"opens": "Wishes open", "closes": "Wishes close", "handover": "Wishes handed to the landlord"}
"""Dates of a process that belong to a place's story."""
MOST_FOLLOWS = 100
"""As many places as one browser follows in a process, by link or push."""
PUSH_HOSTS = ("fcm.googleapis.com", ".push.services.mozilla.com", ".push.apple.com", ".notify.windows.com")
"""The push services of the browsers (Chrome and its kin, Firefox, Safari, Edge); after a dot, whatever ends so."""
_TOKEN = re.compile(r"[A-Za-z0-9_-]{43}")
_P256_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551


def address_of(said: FollowV1, push_hosts: Iterable[str] = ()) -> str | None:
    """Where to write to, in the one form in which it is kept; raises `bad-address`, `bad-sending`, `push-unknown`.

    `push_hosts` are the operator's own beside `PUSH_HOSTS`: whoever names another would have the program speak to
    any machine that it can reach.
    """
    if said.means == "mail":
        return mail_address(said.address)
    if said.means == "push":
        try:
            subscription = SUBSCRIPTION.decode(said.address.encode())
        except (msgspec.DecodeError, UnicodeEncodeError, RecursionError):
            raise Problem("bad-sending", field="address") from None
        host = subscription.endpoint.split("/")[2].removesuffix(":443").lower()
        if not _is_known(host, (*PUSH_HOSTS, *push_hosts)):
            raise Problem("push-unknown")
        return msgspec.json.encode(subscription).decode()
    if said.address:
        raise Problem("bad-sending", field="address")
    return None


def _is_known(host: str, hosts: Iterable[str]) -> bool:
    return any(host.endswith(known) if known.startswith(".") else host == known for known in hosts)


def asker_hash(master: bytes, process_id: UUID, voter: str) -> bytes:
    """Bounds how much one browser follows; under a key of its own, so that it leads to no answer of the voter."""
    return hmac.digest(derived(master, "asker"), process_id.bytes + voter.encode(), "sha256")


def address_hash(master: bytes, place_id: UUID, address: str) -> bytes:
    """Tells that two follow this place with one address; two places of one follower cannot be joined by it."""
    return hmac.digest(derived(master, "address"), place_id.bytes + address.lower().encode(), "sha256")


def mailbox(master: bytes, address: str) -> str:
    """An address as the daily limit counts it, in memory only."""
    return hmac.digest(derived(master, "mailbox"), address.lower().encode(), "sha256").hex()


def token(master: bytes, follow_id: UUID) -> str:
    """The secret in a follower's link: always the same for the same follow, and known to nobody without the key."""
    secret = hmac.digest(derived(master, "link"), follow_id.bytes, "sha256")
    return base64.urlsafe_b64encode(secret).rstrip(b"=").decode()


def token_digest(text: str) -> bytes | None:
    """What is stored of a token; none when the text is not one."""
    return hashlib.sha256(text.encode()).digest() if _TOKEN.fullmatch(text) else None


def sealing_context(process_id: UUID, follow_id: UUID) -> bytes:
    """What a sealed address is bound to: copied to another row it does not open."""
    return b"follow" + process_id.bytes + follow_id.bytes


def derived(master: bytes, purpose: str) -> bytes:
    """A key of its own for each purpose (HMAC-SHA256 as the one block of HKDF's expansion, RFC 5869)."""
    return hmac.digest(master, b"devanture follow " + purpose.encode() + b"\x01", "sha256")


def push_private_key(master: bytes) -> ec.EllipticCurvePrivateKey:
    """The program's key pair for push (VAPID): made from its one key, so that every server of it has the same."""
    wide = b"".join(derived(master, f"push-{half}") for half in (1, 2))
    return ec.derive_private_key(1 + int.from_bytes(wide) % (_P256_ORDER - 1), ec.SECP256R1())


def push_public_key(master: bytes) -> str:
    """As `applicationServerKey` takes it: base64url of the uncompressed point."""
    point = (
        push_private_key(master)
        .public_key()
        .public_bytes(serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint)
    )
    return base64.urlsafe_b64encode(point).rstrip(b"=").decode()
