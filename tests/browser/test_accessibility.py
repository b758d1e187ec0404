"""RGAA 4.1.2 and WCAG 2.2 AA, as far as a machine can tell, on every screen and state.

Every run looks twice at each; `python -m tests.browser.accessibility` looks forty times and prints a table.
"""

import os
import re
from collections.abc import Callable
from datetime import UTC, datetime
from itertools import cycle
from pathlib import Path

import pytest
from playwright.async_api import BrowserContext, Page

from devanture.db.pool import Database
from devanture.processes.service import find_process
from devanture.releases.service import release
from tests.answers import keep, people
from tests.browser import looks
from tests.browser.looks import AXE, HARDEST, IN_TURN, MATRIX, Look
from tests.browser.screens import SCENES, Visit
from tests.seed import Seeded

pytestmark = [
    pytest.mark.anyio,
    pytest.mark.usefixtures("basemap"),
    pytest.mark.skipif(not AXE.exists(), reason="axe-core is not installed: npm install in pwa/"),
]
TABLE = os.environ.get("DEVANTURE_TEST_LOOKS")
"""Where to write one line for each look of the whole matrix; the short form writes none."""


@pytest.fixture
async def figures(database: Database, town: Seeded) -> None:
    """Seven people at two doors, published, so that pages with figures have some."""
    await keep(database, town, [*people("C12", range(7), "grocer", "bakery"), *people("C14", range(7))])
    await release(database, await find_process(database, "rue"), datetime.now(UTC))


def _note(state: str, look: Look, found: list[str]) -> None:
    with Path(str(TABLE)).open("a") as table:
        table.write(f"{state}\t{look}\t{len(found)}\n")


class Judge:
    """Looks at each state and keeps what is wrong, so that one run tells everything."""

    def __init__(self, page: Page) -> None:
        self._page, self._turn = page, cycle(IN_TURN)
        self.faults: list[str] = []

    async def see(self, state: str) -> None:
        for look in MATRIX if TABLE else [HARDEST, next(self._turn)]:
            await looks.put_on(self._page, look)
            found = await self._look()
            self.faults += [f"{state} ({look}): {fault}" for fault in found]
            if TABLE:
                _note(state, look, found)
        await looks.put_on(self._page, Look())

    async def _look(self) -> list[str]:
        page = self._page
        return [
            *await looks.axe_faults(page),
            *await looks.reflow_faults(page),
            *await looks.small_targets(page),
        ]


@pytest.mark.parametrize("scene", SCENES, ids=lambda scene: scene.__name__)
async def test_no_screen_shuts_anyone_out(
    scene: Callable[[Visit], object], phone: BrowserContext, page: Page, figures: None
) -> None:
    judge = Judge(page)
    await scene(Visit(phone, page, judge.see))  # type: ignore[misc]
    assert not judge.faults, "\n".join(judge.faults)


@pytest.mark.parametrize(
    "path", ["/rue/", "/rue/?autour", "/rue/tournee", "/rue/lieux/C12", "/rue/resultats", "/rue/mes-avis"]
)
async def test_the_keyboard_reaches_everything_in_order_and_sees_where_it_is(
    page: Page, figures: None, path: str
) -> None:
    await page.goto(path, wait_until="networkidle")
    assert await looks.focus_faults(page) == []


async def test_what_is_wrong_is_found(page: Page) -> None:
    """The checks themselves: grey on grey, a picture without words, a small target, a wide box, a hidden focus."""
    await page.goto("/")
    await page.evaluate(
        """() => {
          const add = (tag, style, text = "") => {
            const element = document.querySelector("main").appendChild(document.createElement(tag));
            Object.assign(element.style, style);
            element.textContent = text;
            return element;
          };
          add("p", { color: "#bbb", background: "#ccc" }, "grey on grey");
          add("img", {}).src = "/assets/icon.svg";
          add("button", { width: "30px", height: "30px", outline: "0" }, "x");
          add("div", { width: "900px", height: "9px" });
        }"""
    )
    found = await looks.axe_faults(page)
    assert {re.split(":", fault)[0] for fault in found} >= {"color-contrast", "image-alt"}
    assert any("30×30 px" in fault for fault in await looks.small_targets(page))
    assert len(await looks.reflow_faults(page)) == 1
    assert any("focus is not seen: button" in fault for fault in await looks.focus_faults(page))
