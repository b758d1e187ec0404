"""Addresses, secrets and keys of followers."""

import base64
import json
from uuid import uuid4

import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from devanture.errors import Problem
from devanture.follows import rules
from devanture.follows.schemas import FollowV1

MASTER = bytes(range(32))
KEYS = {"p256dh": "B" * 87, "auth": "a" * 22}
ENDPOINT = "https://updates.push.services.mozilla.com/send/abc"


def said(means: str, address: str) -> FollowV1:
    return FollowV1(v=1, place="C12", means=means, address=address)  # type: ignore[arg-type]


@pytest.mark.parametrize("address", ["a@b.fr", " camille.duval+x@ville-nantes.example ", "o'neill@sub.example.org"])
def test_addresses_that_people_have_are_taken(address: str) -> None:
    assert rules.address_of(said("mail", address)) == address.strip()


@pytest.mark.parametrize(
    "address",
    ["", "a", "a@b", "@b.fr", "a@b.fr\nBcc: x@y.fr", "a@b.fr, c@d.fr", "a b@c.fr", "<a@b.fr>", "a@-b.fr", "a..b@c.fr",
     "x" * 65 + "@b.fr", "a@" + "b" * 250 + ".fr", "é@b.fr"],
)  # fmt: skip
def test_addresses_that_could_be_something_else_are_refused(address: str) -> None:
    with pytest.raises(Problem, match="bad-address"):
        rules.address_of(said("mail", address))


def test_of_a_subscription_only_what_sending_needs_is_kept() -> None:
    written = json.dumps({"endpoint": ENDPOINT, "expirationTime": None, "keys": KEYS, "extra": 1})
    kept = rules.address_of(said("push", written))
    assert kept is not None and json.loads(kept) == {"endpoint": ENDPOINT, "keys": KEYS}


@pytest.mark.parametrize(
    "written",
    ["", "{}", "[]", json.dumps({"endpoint": "http://updates.push.services.mozilla.com/x", "keys": KEYS}),
     json.dumps({"endpoint": "https://127.0.0.1/x", "keys": KEYS}),
     json.dumps({"endpoint": "https://localhost/x", "keys": KEYS}),
     json.dumps({"endpoint": "https://user@updates.push.services.mozilla.com/x", "keys": KEYS}),
     json.dumps({"endpoint": ENDPOINT, "keys": {"p256dh": "short", "auth": "a" * 22}})],
)  # fmt: skip
def test_what_is_no_subscription_is_refused(written: str) -> None:
    with pytest.raises(Problem, match="bad-sending"):
        rules.address_of(said("push", written))


@pytest.mark.parametrize(
    "endpoint",
    ["https://fcm.googleapis.com/fcm/send/x:y", "https://updates.push.services.mozilla.com:443/wpush/v2/x",
     "https://web.push.apple.com/x", "https://WNS2-par02p.notify.windows.com/w/?token=x", "https://push.ville.example/x"],
)  # fmt: skip
def test_the_push_services_of_browsers_and_the_operator_s_own_are_taken(endpoint: str) -> None:
    written = json.dumps({"endpoint": endpoint, "keys": KEYS})
    assert endpoint in str(rules.address_of(said("push", written), ("push.ville.example",)))


@pytest.mark.parametrize(
    "host",
    ["intranet.ville.example", "push.example.org", "evilfcm.googleapis.com", "fcm.googleapis.com.evil.example",
     "push.services.mozilla.com", "metadata.google.internal", "x.push.ville.example"],
)  # fmt: skip
def test_no_other_machine_is_taken_for_a_push_service(host: str) -> None:
    with pytest.raises(Problem, match="push-unknown"):
        written = json.dumps({"endpoint": f"https://{host}/x", "keys": KEYS})
        rules.address_of(said("push", written), ("push.ville.example",))


def test_another_port_is_no_push_service() -> None:
    with pytest.raises(Problem, match="bad-sending"):
        rules.address_of(said("push", json.dumps({"endpoint": "https://fcm.googleapis.com:5432/x", "keys": KEYS})))


def test_a_link_takes_no_address() -> None:
    assert rules.address_of(said("link", "")) is None
    with pytest.raises(Problem, match="bad-sending"):
        rules.address_of(said("link", "a@b.fr"))


def test_a_secret_is_the_same_for_the_same_follow_and_the_same_key_only() -> None:
    one, two = uuid4(), uuid4()
    assert rules.token(MASTER, one) == rules.token(MASTER, one) != rules.token(MASTER, two)
    assert rules.token(bytes(32), one) != rules.token(MASTER, one)
    assert rules.token_digest(rules.token(MASTER, one)) is not None
    assert rules.token_digest("../secret") is rules.token_digest("") is None


def test_one_address_at_two_places_cannot_be_joined() -> None:
    one, two = uuid4(), uuid4()
    assert rules.address_hash(MASTER, one, "A@b.fr") == rules.address_hash(MASTER, one, "a@B.fr")
    assert rules.address_hash(MASTER, one, "a@b.fr") != rules.address_hash(MASTER, two, "a@b.fr")


def test_the_key_for_push_is_one_point_of_p_256_for_one_program() -> None:
    public = rules.push_public_key(MASTER)
    point = base64.urlsafe_b64decode(public + "=")
    ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), point)
    assert len(point) == 65 and rules.push_public_key(MASTER) == public != rules.push_public_key(bytes(32))
