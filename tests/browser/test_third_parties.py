"""No page asks anything of anyone else: the addresses come from the routes, so that a new page is looked at too.

Whatever other tests do on the `phone` of conftest.py is watched in the same way, screens that a script draws included.
"""

import asyncio

import pytest
from playwright.async_api import Browser, BrowserContext, Page

from devanture.routes import ROUTES
from devanture.web.permissions import Permission
from tests.browser.conftest import Server, watched
from tests.browser.phone import until

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


async def test_no_page_asks_anyone_else(phone: BrowserContext, page: Page, server: Server) -> None:
    asked: list[str] = []
    phone.on("request", lambda request: asked.append(request.url))
    for path in pages():
        await page.goto(path, wait_until="load")
    await page.wait_for_load_state("networkidle")
    assert len([url for url in asked if url.startswith(server.url)]) > 3 * len(pages())


async def test_a_request_to_anyone_else_and_what_the_policy_forbids_are_seen(browser: Browser, server: Server) -> None:
    """What `watched` listens for does come: a request where the policy does not stop it already, and its own word."""
    for lenient in (True, False):
        context = await browser.new_context(base_url=server.url, bypass_csp=lenient, service_workers="block")
        faults = watched(context, server.url)
        page = await context.new_page()
        await page.goto("/")
        await page.evaluate("() => { new Image().src = 'https://elsewhere.example/dot.png'; }")
        await until(lambda: asyncio.sleep(0, list(faults)), bool)  # noqa: B023
        assert faults[0].startswith("https://elsewhere" if lenient else "Loading the image")
        await context.close()


@pytest.mark.parametrize("path", ["/", "/rue/", "/rue/lieux/C12", "/bureau/entrer"])
async def test_the_policy_of_a_page_names_no_other_origin(page: Page, path: str) -> None:
    answer = await page.goto(path)
    assert answer is not None
    policy = answer.headers["content-security-policy"]
    assert "default-src 'self'" in policy and "http" not in policy and "*" not in policy
