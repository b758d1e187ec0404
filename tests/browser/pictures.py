"""The pictures of the README and docs, taken from a running demonstration.

./devanture demo --port 8000          (in one terminal)
.venv/bin/python -m tests.browser.pictures http://127.0.0.1:8000
"""

import asyncio
import io
import sys
from pathlib import Path
from typing import Any

from PIL import Image
from playwright.async_api import Browser, Page, async_playwright

from tests.browser.conftest import CHROMIUM, FLAGS, PHONE

OUT = Path(__file__).parents[2] / "docs" / "pictures"
DESK: dict[str, Any] = {"viewport": {"width": 1240, "height": 840}, "locale": "fr-FR"}


async def walk(page: Page, base: str) -> None:
    """The first visit, one door, and the thanks after an answer."""
    await page.goto(f"{base}/nantes/")
    await keep(page, "walk")
    await page.locator('a[href*="/lieux/"]:visible').nth(8).click()
    await page.wait_for_load_state("networkidle")
    await keep(page, "door")
    await page.get_by_text("Manger", exact=False).first.click()
    await page.locator("label:visible", has_text="Poissonnerie").first.click()
    await page.get_by_role("heading", name="Merci").wait_for()
    await keep(page, "thanks")


async def heat(page: Page, base: str) -> None:
    """The results at desk size, once the map has drawn its hexagons."""
    await page.goto(f"{base}/nantes/resultats?activity=fishmonger")
    await page.wait_for_load_state("networkidle")
    await page.wait_for_timeout(9000)
    await keep(page, "heat")


async def keep(page: Page, name: str) -> None:
    await page.wait_for_timeout(800)
    shot = Image.open(io.BytesIO(await page.screenshot())).convert("RGB")
    shot.save(OUT / f"{name}.webp", lossless=True, method=6)


async def take(base: str) -> None:
    OUT.mkdir(parents=True, exist_ok=True)
    async with async_playwright() as driver:
        chromium = await driver.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        await walk(await new_page(chromium, {**PHONE, "device_scale_factor": 2}), base)
        await heat(await new_page(chromium, DESK), base)
        await chromium.close()


async def new_page(chromium: Browser, device: dict[str, Any]) -> Page:
    return await (await chromium.new_context(**device)).new_page()


if __name__ == "__main__":
    asyncio.run(take(sys.argv[1].rstrip("/")))
