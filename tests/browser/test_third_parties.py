"""No page asks anything of anyone else: the addresses come from the routes, so that a new page is looked at too."""

import pytest
from playwright.async_api import Browser, BrowserContext, Page

from devanture.routes import ROUTES
from devanture.web.permissions import Permission
from tests.browser.conftest import Server
from tests.seed import Seeded

pytestmark = pytest.mark.anyio

NO_PAGES = ("/api/v1/{p}", "/api/v1/openapi", "/tiles/", "/basemaps/", "/healthz", "/readyz", "/favicon", "/robots",
            "/sw.js")  # fmt: skip
NO_PAGE_ENDS = (".webmanifest", ".css", ".png", "/exports/{file}")
FILLED = {"{p}": "rue", "{ref}": "C12", "{code}": "closed"}


def pages() -> list[str]:
    """The address of every public page, its holes filled with what the seeded street holds."""
    lines = [line for line in ROUTES if line.method == "GET" and line.permission is Permission.PUBLIC]
    paths = [line.path for line in lines if not line.path.startswith(NO_PAGES) and not line.path.endswith(NO_PAGE_ENDS)]
    for hole, what in FILLED.items():
        paths = [path.replace(hole, what) for path in paths]
    return sorted(set(paths))


async def test_no_page_asks_anyone_else(phone: BrowserContext, page: Page, server: Server, town: Seeded) -> None:
    asked: list[str] = []
    refused: list[str] = []
    phone.on("request", lambda request: asked.append(request.url))
    phone.on("console", lambda line: refused.append(line.text) if "Content Security Policy" in line.text else None)
    for path in pages():
        await page.goto(path, wait_until="load")
    await page.wait_for_load_state("networkidle")
    own = (server.url, "data:", "blob:")
    assert [url for url in asked if not url.startswith(own)] == []
    assert refused == []
    assert len([url for url in asked if url.startswith(server.url)]) > 3 * len(pages())


async def test_a_request_to_anyone_else_is_seen(browser: Browser, server: Server) -> None:
    """Where the policy does not stop it already: what the test above listens for does come."""
    context = await browser.new_context(base_url=server.url, bypass_csp=True, service_workers="block")
    page = await context.new_page()
    await page.goto("/")
    async with context.expect_event("request", lambda request: "elsewhere" in request.url):
        await page.evaluate("() => { new Image().src = 'https://elsewhere.example/dot.png'; }")
    await context.close()


@pytest.mark.parametrize("path", ["/", "/rue/", "/rue/lieux/C12", "/bureau/entrer"])
async def test_the_policy_of_a_page_names_no_other_origin(page: Page, path: str) -> None:
    answer = await page.goto(path)
    assert answer is not None
    policy = answer.headers["content-security-policy"]
    assert "default-src 'self'" in policy and "http" not in policy and "*" not in policy
