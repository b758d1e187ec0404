"""Headers on every answer, built files, health, cookies behind TLS."""

import os
from dataclasses import replace
from pathlib import Path

import pytest
from httpx2 import AsyncClient

from devanture.app import create_app
from devanture.settings import Settings
from devanture.web.assets import Assets, BuiltFiles
from tests.seed import Seeded, browser_on, opinion, send, stand_in_build

pytestmark = pytest.mark.anyio


@pytest.mark.parametrize("path", ["/", "/rue/", "/rue/lieux/C12", "/api/v1/rue/pack", "/healthz", "/a/b/c", "/bureau/"])
async def test_every_answer_forbids_what_we_never_need(client: AsyncClient, town: Seeded, path: str) -> None:
    headers = (await client.get(path)).headers
    policy = dict(part.strip().partition(" ")[::2] for part in headers["content-security-policy"].split(";"))
    assert policy["default-src"] == policy["script-src"] == policy["style-src"] == "'self'"
    assert policy["object-src"] == policy["base-uri"] == policy["frame-ancestors"] == "'none'"
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"
    assert "server" not in headers


@pytest.mark.parametrize("path", ["/", "/rue/", "/rue/lieux/C12", "/rue/mes-avis", "/rue/horsligne", "/bureau/entrer"])
async def test_no_page_needs_an_inline_script_or_style(client: AsyncClient, town: Seeded, path: str) -> None:
    page = (await client.get(path)).text
    assert " style=" not in page and "<style" not in page and " onclick=" not in page
    for tag in page.split("<script")[1:]:
        assert tag.lstrip().startswith(('type="application/json"', 'type="module" src="/assets/'))


async def test_the_program_says_that_it_lives_and_that_it_is_ready(client: AsyncClient) -> None:
    assert (await client.get("/healthz")).text == "ok\n"
    assert (await client.get("/readyz")).text == "ready\n"


async def test_cookies_behind_tls_travel_by_tls_only(settings: Settings, town: Seeded) -> None:
    public = create_app(replace(settings, web=replace(settings.web, public_url="https://rue.example")))
    async with public.router.lifespan_context(public), browser_on(public) as client:
        assert "secure" in (await send(client, opinion())).headers["set-cookie"].lower()


async def test_an_address_without_its_slash_is_led_on(client: AsyncClient, town: Seeded) -> None:
    answer = await client.get("/rue")
    assert answer.status_code == 307 and answer.headers["location"].endswith("/rue/")


async def test_long_answers_travel_compressed(client: AsyncClient, town: Seeded) -> None:
    assert (await client.get("/api/v1/rue/pack", headers={"Accept-Encoding": "gzip"})).headers[
        "content-encoding"
    ] == "gzip"


async def test_built_files_of_a_hashed_name_are_kept_for_ever(settings: Settings, tmp_path: Path) -> None:
    folder = stand_in_build(tmp_path / "dist")
    app = create_app(replace(settings, dist=folder))
    async with app.router.lifespan_context(app), browser_on(app) as client:
        hashed, plain = [await client.get(f"/assets/{name}") for name in ("walk-00000000.js", "icons.svg")]
        worker = await client.get("/sw.js")
    assert hashed.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert plain.headers["cache-control"] == "no-cache"
    assert worker.headers["service-worker-allowed"] == "/" and worker.headers["cache-control"] == "no-cache"
    assert worker.headers["content-type"].startswith("text/javascript")


def test_an_entry_brings_the_styles_of_its_chunks_and_names_them_early(tmp_path: Path) -> None:
    (tmp_path / ".vite").mkdir()
    (tmp_path / ".vite" / "manifest.json").write_text(
        """{"a.ts": {"file": "a.js", "css": ["a.css"], "imports": ["_b.js"]},
            "_b.js": {"file": "b.js", "css": ["b.css", "a.css"], "imports": ["_c.js", "a.ts"]},
            "_c.js": {"file": "c.js"}}"""
    )
    assets = Assets(tmp_path)
    assert assets.script("a.ts") == "/assets/a.js"
    assert assets.styles("a.ts") == ["/assets/b.css", "/assets/a.css"]
    assert assets.imports("a.ts") == ["/assets/c.js", "/assets/b.js"]


def test_a_source_that_was_not_built_is_named(tmp_path: Path) -> None:
    with pytest.raises(KeyError, match=r"walk\.ts is not built"):
        Assets(tmp_path).script("src/entries/walk.ts")


def test_files_may_be_built_after_the_start(tmp_path: Path) -> None:
    assert BuiltFiles(tmp_path / "later").directory == tmp_path / "later"


def manifest(dist: Path, text: str, second: int) -> None:
    file = dist / ".vite" / "manifest.json"
    file.parent.mkdir(exist_ok=True)
    file.write_text(text)
    os.utime(file, (second, second))


def test_a_build_under_a_running_server_is_noticed(tmp_path: Path) -> None:
    manifest(tmp_path, '{"a.ts": {"file": "a-1.js"}}', 1)
    assets = Assets(tmp_path)
    assert assets.script("a.ts") == "/assets/a-1.js"
    manifest(tmp_path, '{"a.ts": {"file": "a-2.js"}}', 2)
    assert assets.script("a.ts") == "/assets/a-2.js"


def test_a_build_under_way_leaves_the_names_that_were_known(tmp_path: Path) -> None:
    manifest(tmp_path, '{"a.ts": {"file": "a-1.js"}}', 1)
    assets = Assets(tmp_path)
    assert assets.script("a.ts") == "/assets/a-1.js"
    manifest(tmp_path, '{"a.ts": {"fi', 2)
    assert assets.script("a.ts") == "/assets/a-1.js"
    (tmp_path / ".vite" / "manifest.json").unlink()
    assert assets.script("a.ts") == "/assets/a-1.js"


async def test_an_address_of_two_methods_names_both_to_who_uses_a_third(client: AsyncClient, town: Seeded) -> None:
    answer = await client.patch("/api/v1/rue/puzzle")
    assert (answer.status_code, answer.headers["allow"]) == (405, "GET, HEAD, POST")
