"""One error shape on every kind of failure, in both languages, with nothing of the inside."""

import re
from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from typing import Any
from uuid import uuid4

import asyncpg
import pytest
from httpx2 import AsyncClient, Response
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response as Answer
from starlette.routing import Route

from devanture.app import create_app
from devanture.db.pool import Database
from devanture.errors import PROBLEMS, Busy, DevantureError, Problem
from devanture.settings import Settings
from devanture.web.i18n import translate, translations
from tests.seed import Seeded, browser_on, opinion

pytestmark = pytest.mark.anyio

SECRET = "postgresql://devanture_app:hunter2@10.0.0.1/db table opinion_journal"
INSIDE = re.compile(r"hunter2|opinion_journal|Traceback|asyncpg|\.py\b|SELECT |Error\b|line \d+", re.IGNORECASE)
FAULTS: dict[str, tuple[Callable[[], Exception], str]] = {
    "a fault of ours": (lambda: RuntimeError(SECRET), "internal"),
    "a missing key": (lambda: KeyError(SECRET), "internal"),
    "an error of the operator's": (lambda: DevantureError(SECRET), "internal"),
    "a value the database refuses": (lambda: asyncpg.DataError(SECRET), "bad-request"),
    "a rule of the database": (lambda: asyncpg.CheckViolationError(SECRET), "bad-request"),
    "too many people": (lambda: Busy(), "busy"),
    "a status of the framework's": (lambda: HTTPException(418, SECRET), "bad-request"),
    "a caller who hung up": (lambda: ClientDisconnect(), "bad-request"),
    **{code: (lambda code=code: Problem(code, **_params(code)), code) for code in PROBLEMS},  # type: ignore[misc]
}


def _params(code: str) -> dict[str, str]:
    return dict.fromkeys(re.findall(r"%\((\w+)\)s", PROBLEMS[code].detail), "x")


def faults_of(answer: Response, lang: str) -> list[str]:
    """What is wrong with a refusal for a program: RFC 9457, its members, its language, its silence."""
    body = answer.json()
    found = []
    if answer.headers.get("content-type") != "application/problem+json":
        found.append("media type")
    if body.keys() != {"type", "title", "status", "detail", "code"} or body["status"] != answer.status_code:
        found.append("members")
    elif body["code"] not in PROBLEMS or body["type"] != f"/problems/{body['code']}":
        found.append("code")
    elif body["title"] != translate(lang, PROBLEMS[body["code"]].title):
        found.append("language")
    if INSIDE.search(answer.text):
        found.append("inside")
    if "content-security-policy" not in answer.headers or "x-content-type-options" not in answer.headers:
        found.append("headers")
    return found


@pytest.fixture
async def failing(app: Starlette) -> AsyncIterator[AsyncClient]:
    """The program with an address that fails as asked."""

    async def fail(request: Request) -> Answer:
        raise FAULTS[request.query_params["fault"]][0]()

    app.router.routes.insert(0, Route("/planted", fail))
    async with browser_on(app) as browser:
        yield browser


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("lang", ["fr", "en"])
async def test_every_failure_has_the_same_shape(failing: AsyncClient, fault: str, lang: str) -> None:
    answer = await failing.get("/planted", params={"fault": fault}, headers={"Accept-Language": lang})
    assert faults_of(answer, lang) == []
    assert (answer.status_code, answer.json()["code"]) == (PROBLEMS[FAULTS[fault][1]].status, FAULTS[fault][1])


@pytest.mark.parametrize("fault", ["a fault of ours", "too many people", "not-found", "bad-request"])
async def test_a_person_gets_a_page_of_the_same_words(failing: AsyncClient, fault: str) -> None:
    page = await failing.get("/planted", params={"fault": fault}, headers={"Accept": "text/html,*/*;q=0.8"})
    kind = PROBLEMS[FAULTS[fault][1]]
    assert page.status_code == kind.status
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    assert translate("fr", kind.title) in page.text and '<html lang="fr">' in page.text
    assert "content-security-policy" in page.headers
    assert not INSIDE.search(re.sub(r"<[^>]+>", "", page.text))


REAL: dict[str, tuple[str, str, dict[str, Any], int]] = {
    "no such address": ("GET", "/api/v1/rue/nothing", {}, 404),
    "no such address at all": ("GET", "/a/b/c/d", {}, 404),
    "no such built file": ("GET", "/assets/nothing.js", {}, 404),
    "a built file with NUL": ("GET", "/assets/%00", {}, 404),
    "no such method": ("DELETE", "/api/v1/rue/places", {}, 405),
    "no such method of a built file": ("POST", "/assets/icons.svg", {}, 405),
    "a body that is no JSON": ("PUT", f"/api/v1/rue/opinions/{uuid4()}", {"content": b"{", "json_": True}, 400),
    "a body that is too large": (
        "PUT",
        f"/api/v1/rue/opinions/{uuid4()}",
        {"content": b" " * 20_000, "json_": True},
        413,
    ),
    "a body of another kind": ("PUT", f"/api/v1/rue/opinions/{uuid4()}", {"content": b"{}"}, 415),
    "nobody signed in": ("GET", "/bureau/", {}, 401),
    "a form from elsewhere": ("POST", "/bureau/entrer", {"headers": {"Origin": "https://evil.example"}}, 403),
    "no basemap": ("GET", "/basemaps/nowhere.pmtiles", {}, 404),
    "a basemap elsewhere": ("GET", "/basemaps/..%2f..%2fetc.pmtiles", {}, 404),
}


@pytest.mark.parametrize("name", REAL)
@pytest.mark.parametrize("lang", ["fr", "en"])
async def test_real_refusals_have_the_same_shape(client: AsyncClient, town: Seeded, name: str, lang: str) -> None:
    method, path, options, status = REAL[name]
    headers = {"Accept-Language": lang, **options.get("headers", {})}
    if "json_" in options:
        headers["Content-Type"] = "application/json"
    answer = await client.request(method, path, headers=headers, content=options.get("content"))
    assert answer.status_code == status
    assert faults_of(answer, lang) == []


async def test_a_refused_method_says_which_are_taken(client: AsyncClient) -> None:
    assert "GET" in (await client.delete("/api/v1/rue/places")).headers["allow"]


async def test_a_database_out_of_reach_is_busy_and_no_fault(
    settings: Settings, database: Database, town: Seeded
) -> None:
    app = create_app(settings)
    async with app.router.lifespan_context(app), browser_on(app) as client:
        await app.state.program.database.close()
        for path in ("/readyz", "/api/v1/rue/places", "/rue/"):
            answer = await client.get(path)
            assert (answer.status_code, answer.json()["code"]) == (503, "busy"), path
            assert answer.headers["retry-after"] == "2"
            assert faults_of(answer, "fr") == []
        assert (await client.get("/healthz")).status_code == 200
        await app.state.program.database.open()


async def test_a_pool_in_use_answers_busy_after_its_patience(settings: Settings, town: Seeded) -> None:
    short = replace(settings, database=replace(settings.database, pool_size=1, acquire_seconds=0.1))
    app = create_app(short)
    async with app.router.lifespan_context(app), browser_on(app) as client:
        async with app.state.program.database.transaction():
            assert (await client.get("/api/v1/rue/places")).status_code == 503
        assert (await client.get("/api/v1/rue/places")).status_code == 200


async def test_a_long_lock_answers_busy(settings: Settings, database: Database, town: Seeded) -> None:
    app = create_app(replace(settings, database=replace(settings.database, lock_seconds=0.1)))
    async with app.router.lifespan_context(app), browser_on(app) as client:
        async with database.transaction(town.organisation_id) as holder:
            await holder.execute("LOCK TABLE opinion_current IN ACCESS EXCLUSIVE MODE")
            answer = await client.put(f"/api/v1/rue/opinions/{uuid4()}", json=opinion())
            assert (answer.status_code, answer.json()["code"]) == (503, "busy")
        assert (await client.put(f"/api/v1/rue/opinions/{uuid4()}", json=opinion())).status_code == 201


def unsaid(code: str) -> list[str]:
    """Words of a problem that have no French."""
    kind = PROBLEMS[code]
    return [text for text in (kind.title, kind.detail) if text not in translations("fr")._catalog]


@pytest.mark.parametrize("code", PROBLEMS)
def test_every_problem_has_french_words(code: str) -> None:
    assert unsaid(code) == []
    params = _params(code)
    assert "%(" not in translate("fr", PROBLEMS[code].detail, **params) % {}


def test_a_problem_without_french_words_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(PROBLEMS, "planted", PROBLEMS["busy"]._replace(title="Nobody said this in French"))
    assert unsaid("planted") == ["Nobody said this in French"]


@pytest.mark.parametrize(
    ("spoil", "fault"),
    [
        (lambda body, headers: headers.update({"content-type": "text/html"}), "media type"),
        (lambda body, headers: body.update(stack="…"), "members"),
        (lambda body, headers: body.update(code="made-up"), "code"),
        (lambda body, headers: body.update(title="Unknown place"), "language"),
        (lambda body, headers: body.update(detail="KeyError in pool.py, line 3"), "inside"),
        (lambda body, headers: headers.pop("content-security-policy"), "headers"),
    ],
)
async def test_an_answer_of_another_shape_is_found(client: AsyncClient, town: Seeded, spoil: Any, fault: str) -> None:
    good = await client.get("/api/v1/rue/places/C99")
    body, headers = good.json(), {name: good.headers[name] for name in good.headers if name != "content-length"}
    spoil(body, headers)
    headers.pop("content-encoding", None)
    assert faults_of(Response(good.status_code, headers=headers, json=body), "fr") == [fault]
