"""An endless stream of hostile requests never yields a 5xx: a bounded piece of it, drawn anew each time."""

import os
import re
from typing import Any
from urllib.parse import quote
from uuid import UUID, uuid4

import msgspec
import pytest
from httpx2 import AsyncClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from starlette.applications import Starlette

from devanture.routes import ROUTES
from tests.seed import Seeded, browser_on, opinion

pytestmark = pytest.mark.anyio

WORDS = st.one_of(
    st.sampled_from(
        [
            "rue",
            "C12",
            "S1",
            "",
            "\0",
            "\n",
            "..",
            "%",
            "é",
            "'; --",
            "{{7*7}}",
            "nan",
            "-0",
            "1e309",
            "\u202e",
            "a" * 300,
        ]
    ),
    st.text(max_size=20).filter(lambda text: not any(0xD800 <= ord(c) <= 0xDFFF for c in text)),
    st.uuids(version=4).map(str),
)
NAMES = st.one_of(st.sampled_from(["lang", "lon", "lat", "limit", "jeton", "avis", "activity", "release"]), WORDS)
JSON = st.recursive(
    st.one_of(
        st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False, allow_infinity=False), WORDS,
    ),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(WORDS, inner, max_size=3)),
    max_leaves=8,
)  # fmt: skip
# A valid opinion with some of its fields replaced gets further in than chance would.
OPINIONS = st.builds(
    lambda changed: opinion() | changed,
    st.dictionaries(st.sampled_from([*opinion(), "other", "comment", "frequency", "withdraw", "nuisances"]), JSON),
)
BODIES = st.one_of(st.binary(max_size=200), OPINIONS.map(msgspec.json.encode), JSON.map(msgspec.json.encode))
HEADERS = st.dictionaries(
    st.sampled_from(
        ["Accept", "Accept-Language", "Content-Type", "Cookie", "Origin", "X-Forwarded-For", "If-None-Match", "Range",
         "Content-Length", "Host"]
    ),
    st.one_of(
        st.sampled_from(["text/html", "application/json", "en;q=x", "devanture_voter=x", "a=b;;=", "bytes=9-1", "*"]),
        st.text(st.characters(min_codepoint=32, max_codepoint=126), max_size=30),
    ),
    max_size=3,
)  # fmt: skip
# CI draws the same each time, so that a red one can be told from a bad day; everywhere else anew.
EXAMPLES = settings(
    max_examples=150, deadline=None, derandomize="CI" in os.environ, suppress_health_check=list(HealthCheck)
)


USUAL = {
    "p": "rue", "slug": "rue", "ref": "C12", "id": str(uuid4()), "z": "15", "x": "16241", "y": "11411", "layer": "heat",
    "file": "places.csv", "code": "busy", "token": "a" * 43,
}  # fmt: skip


@st.composite
def addresses(draw: st.DrawFn) -> tuple[str, str]:
    """A method and an address: one of the program's own with the usual or anything at all in its holes."""
    line = draw(st.sampled_from(ROUTES))

    def filled(hole: re.Match[str]) -> str:
        usual = USUAL[hole[1]]
        return quote(draw(st.one_of(st.just(usual), st.just(usual), WORDS)), safe="")

    path = re.sub(r"{(\w+)(?::\w+)?}", filled, line.path)
    if draw(st.booleans()):
        path += "?" + "&".join(f"{quote(draw(NAMES))}={quote(draw(WORDS))}" for _ in range(draw(st.integers(0, 3))))
    method = draw(st.sampled_from([line.method, line.method, "GET", "POST", "PUT", "DELETE", "PATCH", "OPTIONS"]))
    return method, path


@EXAMPLES
@given(address=addresses(), headers=HEADERS, body=BODIES)
async def test_no_request_makes_the_server_fail(
    app: Starlette, town: Seeded, address: tuple[str, str], headers: dict[str, str], body: bytes
) -> None:
    method, path = address
    async with browser_on(app) as client:
        answer = await client.request(method, path, headers=headers, content=body)
    assert answer.status_code < 500, (method, path, headers, body)


@EXAMPLES
@given(body=BODIES, sending=st.uuids(version=4))
async def test_a_sending_is_taken_or_refused_in_one_shape(
    client: AsyncClient, town: Seeded, body: bytes, sending: UUID
) -> None:
    url = f"/api/v1/rue/opinions/{sending}"
    answer = await client.put(url, content=body, headers={"Content-Type": "application/json"})
    if answer.status_code in (200, 201):
        assert answer.json()["id"] == str(sending)
    else:
        assert answer.headers["content-type"] == "application/problem+json"
        assert 400 <= answer.status_code < 500


@EXAMPLES
@given(fields=st.dictionaries(st.sampled_from(["uuid", "seq", "wishes", "other", "comment", "frequency"]), WORDS))
async def test_a_form_is_taken_or_refused_in_a_page(client: AsyncClient, town: Seeded, fields: dict[str, Any]) -> None:
    form = {"uuid": str(uuid4()), "seq": "1", "wishes": "grocer"} | fields
    answer = await client.post("/rue/lieux/C12/avis", data=form, headers={"Accept": "text/html"})
    assert answer.status_code in (303, 400, 413, 422)
