"""Every error of the program, and the one table that says how each is told.

    DevantureError
    ├── OperatorError          a sentence for the terminal; the program ends
    │   └── SettingError       names the variable
    └── Problem                a refusal for the asker: a code of PROBLEMS
        └── Busy               nothing was lost, try again after some seconds

Problems become RFC 9457 documents for programs and pages for people (`web/problems.py`).
"""

from typing import NamedTuple


class DevantureError(Exception):
    """The root of the tree."""


class OperatorError(DevantureError):
    """Something the operator must mend; `str()` is one clear sentence."""


class SettingError(OperatorError):
    def __init__(self, name: str, why: str) -> None:
        super().__init__(f"{name} {why}.")
        self.name = name


class Kind(NamedTuple):
    """How one problem is told: HTTP status, title, detail (both message ids of the catalogues)."""

    status: int
    title: str
    detail: str


PROBLEMS: dict[str, Kind] = {
    "bad-request": Kind(400, "This request cannot be read", "Something in the request is missing or wrong."),
    "bad-parameter": Kind(
        400,
        "A parameter of this address is not valid",
        "The parameter “%(name)s” must be a whole number from %(least)s to %(most)s.",
    ),
    "bad-uuid": Kind(400, "This identifier is not valid", "The identifier in the address must be a version 4 UUID."),
    "bad-json": Kind(400, "This is not valid JSON", "The body of the request must be one JSON object."),
    "bad-opinion": Kind(400, "This answer cannot be taken", "A field is missing, unknown or out of bounds: %(field)s"),
    "bad-sending": Kind(400, "This cannot be taken", "A field is missing, unknown or out of bounds: %(field)s"),
    "bad-address": Kind(400, "This mail address cannot be right", "Check it: it should look like name@example.org."),
    "bad-coordinates": Kind(
        400,
        "These coordinates are not valid",
        "Longitude and latitude must be numbers inside the area of this process.",
    ),
    "unknown-activity": Kind(400, "Unknown activity", "This activity is not in the list of this place: %(activity)s"),
    "too-many-wishes": Kind(400, "Too many wishes", "At most %(most)s wishes can be given for one place."),
    "sign-in-needed": Kind(401, "Please sign in", "This page belongs to the desk. Open your sign-in link."),
    "sign-in-link-spent": Kind(
        403, "This sign-in link no longer works", "It was used already, or it is too old. Ask for a new one."
    ),
    "forbidden": Kind(403, "This is not open to you", "Your role does not include this page."),
    "cross-site": Kind(403, "This form came from another site", "Open the page here and send it again."),
    "phase-closed": Kind(403, "This consultation is not open", "Answers are taken between %(opens)s and %(closes)s."),
    "place-closed": Kind(403, "This place no longer takes wishes", "It has been let or withdrawn since."),
    "too-many-spots": Kind(
        403,
        "You have marked many points already",
        "One person can mark %(most)s points. Join a point that is already on the map.",
    ),
    "too-many-reports": Kind(
        403,
        "You have reported many places already",
        "One person can send %(most)s of these. The team looks at those that you sent before.",
    ),
    "too-many-follows": Kind(
        403,
        "You follow many places already",
        "One browser can follow %(most)s places. Stop following one of them first.",
    ),
    "push-unknown": Kind(
        403,
        "Notifications of this browser cannot be sent from here",
        "Its push service is not among those known here. Keep a secret link instead: it works at once.",
    ),
    "too-many-photos": Kind(
        403,
        "You have given as many photos as can be taken",
        "At most %(here)s photos of one place, and %(most)s in all. Those you sent before are kept.",
    ),
    "wrong-code": Kind(
        403, "This code is not valid", "It may be mistyped, or too old. Type its six digits on the phone that asked."
    ),
    "busy-screen": Kind(
        403, "Several people have just used this screen", "Wait a minute for the next six digits, and type those."
    ),
    "not-found": Kind(404, "There is nothing at this address", "The link may be old, or mistyped."),
    "unknown-process": Kind(404, "Unknown consultation", "There is no consultation at this address."),
    "unknown-export": Kind(
        404, "Unknown file", "Files are called layer.format, with %(layers)s for layer and %(formats)s for format."
    ),
    "no-release": Kind(404, "No figures are published yet", "They appear once enough people have answered."),
    "unknown-follow": Kind(
        404, "This link follows nothing any more", "It was stopped, or the address is not whole."
    ),
    "unknown-place": Kind(404, "Unknown place", "This consultation has no place with this reference."),
    "unknown-receipt": Kind(
        404,
        "No answer of this consultation has this receipt",
        "A receipt has sixteen letters and digits, in four groups. Check them.",
    ),
    "unknown-opinion": Kind(
        404,
        "This photo’s answer is not here",
        "A photo belongs to an answer. That answer is not stored here, or was taken back.",
    ),
    "method-not-allowed": Kind(405, "This cannot be done here", "This address does not take this kind of request."),
    "id-reused": Kind(
        409,
        "This identifier was used for another answer",
        "The answer stored first is untouched. Send the new one under a new identifier.",
    ),
    "too-large": Kind(413, "This is too large", "The request must stay under %(limit)s bytes."),
    "photo-pixels": Kind(
        413, "This photo has too many pixels", "At most %(most)s million pixels can be taken. Choose a smaller photo."
    ),
    "photo-type": Kind(
        415, "This kind of picture cannot be taken", "Photos are taken as JPEG, PNG, WebP or HEIC. Choose another one."
    ),
    "photo-unreadable": Kind(
        422, "This photo cannot be read", "The file is damaged, or not what it claims to be. Choose another photo."
    ),
    "not-json": Kind(415, "JSON is expected here", "Send the body as application/json."),
    "too-many-mails": Kind(
        429, "Enough mails for today", "Come back tomorrow, or keep a secret link: it works at once and without mail."
    ),
    "too-many-tries": Kind(
        429, "Too many wrong codes", "Wait an hour, or ask somebody of the team. Your answers are stored all the same."
    ),
    "mail-unavailable": Kind(
        403, "No mail is sent from here", "Keep a secret link instead: it works at once and without mail."
    ),
    "over-limit": Kind(
        429,
        "Many phones have come from this network within the hour",
        "Your answers about places are taken all the same. Come back for this in an hour, or from another network.",
    ),
    "puzzle-wrong": Kind(422, "This is not the solution", "Ask for a new sum: each belongs to one phone, for an hour."),
    "busy": Kind(503, "Too many people at once", "Nothing is lost: try again in a few seconds."),
    "internal": Kind(
        500, "Something went wrong on our side", "Nothing you sent before is lost. Try again in a moment."
    ),
}


class Problem(DevantureError):
    """A refusal: `code` is a key of `PROBLEMS`, `params` fill its detail."""

    def __init__(self, code: str, **params: object) -> None:
        super().__init__(code)
        self.code = code
        self.params = params
        self.status = PROBLEMS[code].status


class Busy(Problem):
    """The server cannot take this now; the asker keeps it and comes back after `retry_after` seconds."""

    def __init__(self, retry_after: int = 2) -> None:
        super().__init__("busy")
        self.retry_after = retry_after
