"""Who wants to hear what happens at a place, and how."""

from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta, Struct

from devanture.opinions.schemas import Ref

Means = Literal["mail", "push", "link"]


class FollowV1(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """`address`: a mail address, or a push subscription as the browser writes it in JSON; none for a link."""

    v: Literal[1]
    place: Ref
    means: Means
    address: Annotated[str, Meta(max_length=2000)] = ""


class PushKeys(Struct, frozen=True):
    """Of RFC 8291, in base64url: the browser's public key (65 bytes) and its secret (16)."""

    p256dh: Annotated[str, Meta(pattern=r"^[A-Za-z0-9_-]{87}=?$(?!\n)")]
    auth: Annotated[str, Meta(pattern=r"^[A-Za-z0-9_-]{22}={0,2}$(?!\n)")]


class PushSubscription(Struct, frozen=True):
    """What `PushSubscription.toJSON()` gives; anything else in it is left out."""

    endpoint: Annotated[str, Meta(pattern=r"^https://[A-Za-z0-9.-]+\.[A-Za-z]{2,}(:443)?/[\x21-\x7e]*$(?!\n)")]
    keys: PushKeys


class FollowStored(Struct, frozen=True):
    """The server's word. `link` is the follower's secret page; none for mail, where only the mail itself carries it."""

    id: str
    place: str
    link: str | None
    status: Literal["stored"] = "stored"


class PushKey(Struct, frozen=True):
    """The program's own public key (VAPID, RFC 8292), as a browser takes it: base64url of its 65 bytes."""

    key: str


class Follow(Struct, frozen=True):
    """One follower as the secret page knows them."""

    id: Any
    place_id: Any
    means: Means
    confirmed: bool
    lang: str
    asker: Any = None


DECODERS = {1: msgspec.json.Decoder(FollowV1)}
SUBSCRIPTION = msgspec.json.Decoder(PushSubscription)
