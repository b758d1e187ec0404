"""What each address under `/api/v1` is for, takes, answers and refuses: the OpenAPI document is made of these.

A contract test holds that every route of `/api/v1` is here and no other. Summaries are message ids of the catalogues.
"""

from collections.abc import Mapping
from typing import Any, NamedTuple

from devanture.api.schemas import FeatureCollection, NearProperties, Pack, PlaceAnswer, PlaceProperties
from devanture.audit.schemas import Inclusion, Seals
from devanture.erasure.schemas import Erased, ErasureV1
from devanture.follows.schemas import FollowStored, FollowV1, PushKey
from devanture.opinions.schemas import OpinionV1, Stored, VoterState
from devanture.photos.schemas import StoredPhoto
from devanture.proofs.schemas import ProofV1, Proven
from devanture.reports.schemas import ReportV1, StoredReport
from devanture.residence.schemas import ResidenceStored, ResidenceV1
from devanture.results.schemas import Results
from devanture.spots.schemas import MarkV1, StoredMark
from devanture.streets.schemas import Streets
from devanture.voters.schemas import Puzzle, PuzzleSolved, PuzzleV1

JSON, GEOJSON = "application/json", "application/geo+json"


class Body(NamedTuple):
    """A type that msgspec can describe, and how it travels; no type for a body that is described elsewhere."""

    type: Any = None
    media_type: str = JSON


class Operation(NamedTuple):
    """`answers` by status; `query` by name, with a JSON Schema; `problems` are codes of `errors.PROBLEMS`.

    `leads`: what an answer is good for next, each an operation and what to give it of the answer's body.
    """

    summary: str
    answers: Mapping[int, Body | None]
    problems: tuple[str, ...] = ()
    query: Mapping[str, Mapping[str, Any]] = {}
    body: Body | None = None
    voter: bool = False
    leads: Mapping[tuple[str, str], Mapping[str, str]] = {}


_DEGREES = {"type": "number", "required": True}
_REFUSED_OPINION = (
    "bad-uuid",
    "bad-json",
    "bad-opinion",
    "unknown-activity",
    "too-many-wishes",
    "bad-request",
    "phase-closed",
    "place-closed",
    "unknown-process",
    "unknown-place",
    "id-reused",
    "too-large",
    "not-json",
)
_REFUSED_PROOF = (
    "bad-json",
    "bad-sending",
    "bad-request",
    "bad-address",
    "unknown-process",
    "cross-site",
    "too-large",
    "not-json",
    "wrong-code",
    "busy-screen",
    "mail-unavailable",
    "too-many-mails",
    "too-many-tries",
)
_REFUSED_SENDING = (
    "bad-uuid",
    "bad-json",
    "bad-sending",
    "bad-request",
    "unknown-process",
    "id-reused",
    "too-large",
    "not-json",
    "over-limit",
)
_REFUSED_PHOTO = (
    "bad-uuid",
    "bad-request",
    "phase-closed",
    "too-many-photos",
    "unknown-process",
    "unknown-place",
    "unknown-opinion",
    "id-reused",
    "too-large",
    "photo-pixels",
    "photo-type",
    "photo-unreadable",
    "over-limit",
)

_REFUSED_WORD = ("bad-json", "bad-sending", "bad-request", "unknown-process", "cross-site", "too-large", "not-json")
_REFUSED_FOLLOW = ("mail-unavailable", "too-many-mails", "too-many-follows", "unknown-place")

OPERATIONS: dict[tuple[str, str], Operation] = {
    ("PUT", "/api/v1/{p}/opinions/{id}"): Operation(
        "Send one opinion, a change of it or its withdrawal; the same sending again gets the same answer.",
        {201: Body(Stored), 200: Body(Stored)},
        _REFUSED_OPINION,
        body=Body(OpinionV1),
        voter=True,
        leads={
            ("PUT", "/api/v1/{p}/photos/{id}"): {"opinion": "id", "place": "place"},
            ("GET", "/api/v1/{p}/inclusion"): {"receipt": "receipt"},
            ("GET", "/api/v1/{p}/places/{ref}"): {"ref": "place"},
            ("POST", "/api/v1/{p}/voter"): {},
            ("POST", "/api/v1/{p}/erasure"): {},
        },
    ),
    ("PUT", "/api/v1/{p}/reports/{id}"): Operation(
        "Say what was found at a place, or where a vacant shop is missing; it waits for the desk.",
        {201: Body(StoredReport), 200: Body(StoredReport)},
        (*_REFUSED_SENDING, "bad-coordinates", "unknown-place", "too-many-reports"),
        body=Body(ReportV1),
        voter=True,
    ),
    ("GET", "/api/v1/push-key"): Operation(
        "The program’s public key, which a browser needs to subscribe to notifications (VAPID).",
        {200: Body(PushKey)},
    ),
    ("PUT", "/api/v1/{p}/follows/{id}"): Operation(
        "Follow a place: by a secret link, by push or by mail; the same phone follows a place once.",
        {201: Body(FollowStored), 200: Body(FollowStored)},
        (*_REFUSED_SENDING, "bad-address", "push-unknown", *_REFUSED_FOLLOW),
        body=Body(FollowV1),
        voter=True,
    ),
    ("PUT", "/api/v1/{p}/residences/{id}"): Operation(
        "Say once where one lives, what ties one to the neighbourhood, and an age band; the first answer is frozen.",
        {201: Body(ResidenceStored), 200: Body(ResidenceStored)},
        _REFUSED_SENDING,
        body=Body(ResidenceV1),
        voter=True,
    ),
    ("PUT", "/api/v1/{p}/photos/{id}"): Operation(
        "Send one photo of a place, which belongs to a stored answer; the body is the picture, whatever its name.",
        {201: Body(StoredPhoto), 200: Body(StoredPhoto)},
        _REFUSED_PHOTO,
        query={
            "place": {"type": "string", "required": True},
            "opinion": {"type": "string", "format": "uuid", "required": True},
        },
        body=Body(media_type="image/*"),
        voter=True,
    ),
    ("PUT", "/api/v1/{p}/spots/{id}"): Operation(
        "Mark where something is missing; near marks share one spot, and opinions may name it by this identifier.",
        {201: Body(StoredMark), 200: Body(StoredMark)},
        (*_REFUSED_SENDING, "bad-coordinates", "phase-closed", "too-many-spots"),
        body=Body(MarkV1),
        voter=True,
        leads={("GET", "/api/v1/{p}/places/{ref}"): {"ref": "place"}},
    ),
    ("POST", "/api/v1/{p}/voter"): Operation(
        "Take the voter’s cookie in hand; learn the next number of a sending and one’s current answers.",
        {200: Body(VoterState)},
        ("unknown-process", "cross-site"),
        voter=True,
    ),
    ("POST", "/api/v1/{p}/proof"): Operation(
        "Prove that it is really you: a facilitator’s code, an address to mail a code to, or that code.",
        {200: Body(Proven)},
        _REFUSED_PROOF,
        body=Body(ProofV1),
        voter=True,
    ),
    ("GET", "/api/v1/{p}/puzzle"): Operation(
        "A sum for a phone whose network was given many voters within the hour; none where none is needed (ALTCHA 2).",
        {200: Body(Puzzle)},
        ("unknown-process",),
        voter=True,
        leads={("POST", "/api/v1/{p}/puzzle"): {}},
    ),
    ("POST", "/api/v1/{p}/puzzle"): Operation(
        "The solution of that sum: what this voter said need not wait aside any longer.",
        {200: Body(PuzzleSolved)},
        (*_REFUSED_WORD, "puzzle-wrong"),
        body=Body(PuzzleV1),
        voter=True,
    ),
    ("POST", "/api/v1/{p}/erasure"): Operation(
        "Take back all that this phone said, forget what was said about its persons, and let go of its cookie.",
        {200: Body(Erased)},
        _REFUSED_WORD,
        body=Body(ErasureV1),
        voter=True,
    ),
    ("GET", "/api/v1/{p}/pack"): Operation(
        "Everything a phone needs to walk and answer without a network.",
        {200: Body(Pack), 304: None},
        ("unknown-process",),
    ),
    ("GET", "/api/v1/{p}/places"): Operation(
        "Every place of a consultation, with its public fields.",
        {200: Body(FeatureCollection[PlaceProperties], GEOJSON)},
        ("unknown-process",),
    ),
    ("GET", "/api/v1/{p}/places/{ref}"): Operation(
        "One place: what its page shows.",
        {200: Body(PlaceAnswer)},
        ("unknown-process", "unknown-place"),
    ),
    ("GET", "/api/v1/{p}/near"): Operation(
        "The nearest places, nearest first; the point is rounded to three decimals and never logged.",
        {200: Body(FeatureCollection[NearProperties], GEOJSON)},
        ("unknown-process", "bad-coordinates", "bad-parameter"),
        query={
            "lon": _DEGREES | {"minimum": -180, "maximum": 180},
            "lat": _DEGREES | {"minimum": -90, "maximum": 90},
            "limit": {"type": "integer", "minimum": 1, "maximum": 100, "default": 10},
        },
    ),
    ("GET", "/api/v1/{p}/streets"): Operation(
        "Streets with their lines and house numbers, to find a door by street and number.",
        {200: Body(Streets), 304: None},
        ("unknown-process",),
    ),
    ("GET", "/api/v1/{p}/results"): Operation(
        "The latest public release; with an activity or a family, how many asked for it at each place.",
        {200: Body(Results)},
        ("unknown-process", "unknown-activity"),
        query={"activity": {"type": "string"}, "family": {"type": "string"}},
    ),
    ("GET", "/api/v1/{p}/seals"): Operation(
        "The root of each day’s tree over all sendings, and the chain over the days; keep a copy to compare with.",
        {200: Body(Seals)},
        ("unknown-process",),
    ),
    ("GET", "/api/v1/{p}/inclusion"): Operation(
        "The proof that the sending of a receipt is in its day’s tree (RFC 6962, 2.1.1).",
        {200: Body(Inclusion)},
        ("unknown-process", "unknown-receipt"),
        query={"receipt": {"type": "string", "required": True}},
    ),
    ("GET", "/api/v1/openapi.json"): Operation("This description, as OpenAPI 3.1.", {200: Body(), 304: None}),
    ("GET", "/api/v1/docs"): Operation("The same as a page to read.", {200: Body(media_type="text/html")}),
}
