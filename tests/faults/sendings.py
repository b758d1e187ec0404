"""What people do on a phone: answer, change, undo, take back, for themselves and for others, on phones of every age."""

from collections.abc import Sequence
from random import Random
from typing import Any, NamedTuple
from urllib.parse import urlencode
from uuid import UUID

import msgspec

from tests.seed import ACTIVITIES, FAMILIES
from tests.server.photos.pictures import encoded, photographed, picture

MARKER = "confidence-7Q"
"""Stands in every comment: no log may hold it."""
_KINDS = {family.code: family.kind for family in FAMILIES}
SHOPS = tuple(one.code for one in ACTIVITIES if _KINDS[one.family] == "premises")
PHOTO = encoded(picture(), exif=photographed())


class Item(NamedTuple):
    """One sending as it waits on the phone."""

    id: str
    kind: str
    who: str
    said: dict[str, Any]
    as_form: bool = False
    """The first try goes by the page that works without JavaScript."""


def uuid_of(chance: Random) -> str:
    return str(UUID(int=chance.getrandbits(128), version=4))


def opinion_of(chance: Random, place: str, seq: int, person: int) -> dict[str, Any]:
    """The body of one answer, as one program or another wrote it: every version that was ever sent is among them."""
    said: dict[str, Any] = {"v": 1, "place": place, "seq": seq} | whose(chance, person)
    said["wishes"] = chance.sample(SHOPS, chance.randint(1, 3))
    if chance.random() < 0.2:
        said["frequency"] = chance.choice(("daily", "weekly", "monthly", "rarely"))
    if chance.random() < 0.2:
        said["nuisances"] = chance.sample(("noise", "smells", "deliveries"), chance.randint(1, 3))
    if chance.random() < 0.3:
        said["comment"] = f"{MARKER} de {chance.randint(1, 10**9)}, merci \u2019 \U0001f41f"
    if len(said["wishes"]) < 3 and chance.random() < 0.1:
        said["other"] = chance.choice(("un lavoir", "une pi\u00e8ce o\u00f9 lire", "=1+1"))
    if chance.random() < 0.3:
        said["families_shown"] = chance.sample(("food", "care", "home"), 3)
    return said


def whose(chance: Random, person: int) -> dict[str, Any]:
    """Older phones knew one other person only, and wrote `for_another`; the oldest form says nothing of either."""
    if person == 1 and chance.random() < 0.5:
        return {"for_another": True}
    if person:
        return {"person": person, "for_another": True} if chance.random() < 0.3 else {"person": person}
    return {"person": 0} if chance.random() < 0.3 else {}


def withdrawal_of(chance: Random, place: str, seq: int, person: int) -> dict[str, Any]:
    return {"v": 1, "place": place, "seq": seq, "withdraw": True} | whose(chance, person)


def other_words(said: dict[str, Any]) -> dict[str, Any]:
    """Another opinion, to be sent under an identifier that was used."""
    return {"v": 1, "place": said["place"], "seq": said["seq"], "wishes": ["housing"], "comment": "autre"}


def request_of(slug: str, item: Item, forms: bool) -> tuple[str, str, str, bytes]:
    """Method, path, media type and body."""
    said = item.said
    if item.kind == "photo":
        path = f"/api/v1/{slug}/photos/{item.id}?place={said['place']}&opinion={said['opinion']}"
        return "PUT", path, "image/jpeg", PHOTO
    if item.as_form and forms:
        fields = [("uuid", item.id), ("seq", str(said["seq"])), *_pairs(said)]
        path, media = f"/{slug}/lieux/{said['place']}/avis", "application/x-www-form-urlencoded"
        return "POST", path, media, urlencode(fields).encode()
    return "PUT", f"/api/v1/{slug}/opinions/{item.id}", "application/json", msgspec.json.encode(said)


def _pairs(said: dict[str, Any]) -> Sequence[tuple[str, str]]:
    many = [(name, value) for name in ("wishes", "nuisances") for value in said.get(name, ())]
    one = [(name, said[name]) for name in ("other", "frequency", "comment") if name in said]
    return [*many, *one, ("families_shown", ",".join(said.get("families_shown", ())))]
