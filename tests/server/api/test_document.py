"""The OpenAPI document is valid, and real answers are what it says."""

from pathlib import Path
from typing import Any
from uuid import uuid4

import msgspec
import pytest
from httpx2 import AsyncClient
from openapi_spec_validator import OpenAPIV31SpecValidator
from starlette.applications import Starlette

from devanture.api.document import openapi
from devanture.api.operations import OPERATIONS, Body, Operation
from devanture.audit.schemas import Inclusion
from devanture.db.pool import Database
from devanture.errors import PROBLEMS
from devanture.opinions.schemas import Stored, VoterState
from devanture.processes.service import find_process
from devanture.program import utc_now
from devanture.releases.service import release
from devanture.reports.schemas import StoredReport
from devanture.routes import ROUTES
from devanture.spots.schemas import StoredMark
from devanture.web.i18n import translate, translations
from tests.seed import LAT, LON, Seeded, browser_on, opinion, send

pytestmark = pytest.mark.anyio

API = "/api/v1/"


def untold(routes: set[tuple[str, str]], told: set[tuple[str, str]]) -> set[tuple[str, str]]:
    """Routes of the API that no operation describes, and operations without a route."""
    return {route for route in routes if route[1].startswith(API)} ^ told


def test_every_route_of_the_api_is_described() -> None:
    assert untold({(line.method, line.path) for line in ROUTES}, set(OPERATIONS)) == set()


def test_a_route_nobody_described_is_found() -> None:
    assert untold({("GET", "/api/v1/new"), ("GET", "/")}, set()) == {("GET", "/api/v1/new")}
    assert untold(set(), {("GET", "/api/v1/gone")}) == {("GET", "/api/v1/gone")}


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_the_document_is_valid_openapi_3_1(lang: str) -> None:
    assert list(OpenAPIV31SpecValidator(encoded(lang)).iter_errors()) == []


def test_a_document_without_its_answers_is_found() -> None:
    broken = encoded("fr")
    del broken["paths"]["/api/v1/{p}/pack"]["get"]["responses"]["200"]["description"]
    assert list(OpenAPIV31SpecValidator(broken).iter_errors()) != []


def encoded(lang: str) -> dict[str, Any]:
    document: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(openapi("http://127.0.0.1:8000", lang)))
    return document


@pytest.mark.parametrize("operation", OPERATIONS.values(), ids=[" ".join(key) for key in OPERATIONS])
def test_every_operation_has_french_words_and_known_refusals(operation: Operation) -> None:
    assert translations("fr").gettext(operation.summary) != operation.summary
    assert set(operation.problems) <= PROBLEMS.keys()


def test_what_an_answer_leads_to_is_there_and_takes_what_it_is_given() -> None:
    document = encoded("en")
    ids = {one["operationId"]: one for path in document["paths"].values() for one in path.values()}
    links = [
        (answer, link) for one in ids.values() for answer in one["responses"].values()
        for link in answer.get("links", {}).values()
    ]  # fmt: skip
    assert len(links) >= 13
    for answer, link in links:
        taken = {parameter["name"] for parameter in ids[link["operationId"]]["parameters"]}
        assert link["parameters"].keys() <= taken
        name = answer["content"]["application/json"]["schema"]["$ref"].rpartition("/")[2]
        given = [said.removeprefix("$response.body#/") for said in link["parameters"].values() if "response" in said]
        assert set(given) <= document["components"]["schemas"][name]["properties"].keys()


def test_the_page_for_programmers_names_every_refusal_of_an_opinion() -> None:
    page = (Path(__file__).parents[3] / "docs" / "api.md").read_text()
    refused = OPERATIONS["PUT", "/api/v1/{p}/opinions/{id}"].problems
    assert [code for code in (*refused, "busy") if f"`{code}`" not in page] == []


def test_the_refusals_of_an_operation_stand_under_their_status() -> None:
    answers = encoded("en")["paths"]["/api/v1/{p}/near"]["get"]["responses"]
    assert answers.keys() == {"200", "400", "404", "503"}
    assert translate("en", PROBLEMS["bad-coordinates"].title) in answers["400"]["description"]


async def test_the_program_serves_the_document(client: AsyncClient) -> None:
    answer = await client.get("/api/v1/openapi.json", headers={"Accept-Language": "en"})
    assert answer.json()["paths"].keys() == {path for _, path in OPERATIONS}
    again = await client.get(
        "/api/v1/openapi.json", headers={"If-None-Match": answer.headers["etag"], "Accept-Language": "en"}
    )
    assert again.status_code == 304


@pytest.mark.parametrize(("lang", "words"), [("fr", "pour les programmes"), ("en", "for programs")])
async def test_the_page_to_read_names_every_address(client: AsyncClient, lang: str, words: str) -> None:
    page = (await client.get(f"/api/v1/docs?lang={lang}")).text
    assert words in page
    for method, path in OPERATIONS:
        assert f"<code>{method} {path}</code>" in page
    assert "<code>max_wishes</code>" in page


ADDRESSES = {
    "/api/v1/{p}/pack": "/api/v1/rue/pack",
    "/api/v1/{p}/places": "/api/v1/rue/places",
    "/api/v1/{p}/places/{ref}": "/api/v1/rue/places/C12",
    "/api/v1/push-key": "/api/v1/push-key",
    "/api/v1/{p}/near": "/api/v1/rue/near?lon=-1.56&lat=47.213",
    "/api/v1/{p}/streets": "/api/v1/rue/streets",
    "/api/v1/{p}/results": "/api/v1/rue/results?activity=fishmonger",
    "/api/v1/{p}/seals": "/api/v1/rue/seals",
}


def test_the_shape_of_every_answer_is_held_against_a_real_one() -> None:
    sendings = {path for method, path in OPERATIONS if method == "PUT"}
    others = ("{p}/voter", "{p}/proof", "{p}/puzzle", "{p}/inclusion", "{p}/erasure", "openapi.json", "docs")
    own = sendings | {f"/api/v1/{path}" for path in others}
    assert {path for _, path in OPERATIONS} == ADDRESSES.keys() | own


@pytest.mark.parametrize("path", ADDRESSES)
@pytest.mark.parametrize("lang", ["fr", "en"])
async def test_a_real_answer_has_the_shape_described(
    client: AsyncClient, app: Starlette, database: Database, town: Seeded, path: str, lang: str
) -> None:
    body = OPERATIONS["GET", path].answers[200]
    assert body is not None
    await _answered_by_six(app)
    await release(database, await find_process(database, "rue"), utc_now())
    answer = await client.get(ADDRESSES[path], headers={"Accept-Language": lang})
    assert answer.headers["content-type"].partition(";")[0] == body.media_type
    decoded = msgspec.json.decode(answer.content, type=body.type)
    assert msgspec.json.decode(msgspec.json.encode(decoded)) == answer.json()


async def test_sendings_and_voters_are_answered_as_described(client: AsyncClient, town: Seeded) -> None:
    stored = await send(client, opinion())
    assert msgspec.json.encode(msgspec.json.decode(stored.content, type=Stored)) == stored.content
    told = await client.put(
        f"/api/v1/rue/reports/{uuid4()}", json={"v": 1, "place": "C12", "finding": "vacant"}
    )
    assert msgspec.json.encode(msgspec.json.decode(told.content, type=StoredReport)) == told.content
    marked = await client.put(f"/api/v1/rue/spots/{uuid4()}", json={"v": 1, "lon": LON, "lat": LAT})
    assert msgspec.json.encode(msgspec.json.decode(marked.content, type=StoredMark)) == marked.content
    proof = await client.get("/api/v1/rue/inclusion", params={"receipt": stored.json()["receipt"]})
    assert msgspec.json.encode(msgspec.json.decode(proof.content, type=Inclusion)) == proof.content
    state = await client.post("/api/v1/rue/voter")
    assert msgspec.json.encode(msgspec.json.decode(state.content, type=VoterState)) == state.content


async def _answered_by_six(app: Starlette) -> None:
    for _ in range(6):
        async with browser_on(app) as phone:
            await send(phone, opinion())


async def test_a_field_nobody_described_is_found(client: AsyncClient, town: Seeded) -> None:
    answer = (await client.get("/api/v1/rue/pack")).json() | {"secret": 1}
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert(answer, shape(OPERATIONS["GET", "/api/v1/{p}/pack"].answers[200]))


def shape(body: Body | None) -> Any:
    assert body is not None
    return body.type
