"""The screenshots that a browser shows before it installs, taken from a running demonstration.

./devanture demo --port 8000          (in one terminal)
.venv/bin/python -m tests.browser.home_screen http://127.0.0.1:8000
"""

import asyncio
import io
import sys
from pathlib import Path
from typing import Any

from PIL import Image
from playwright.async_api import Browser, async_playwright

from tests.browser.conftest import CHROMIUM, FLAGS, PHONE

OUT = Path(__file__).parents[2] / "pwa" / "screenshots"
WIDE: dict[str, Any] = {"viewport": {"width": 1280, "height": 800}, "locale": "fr-FR"}
SMALL: dict[str, Any] = PHONE | {"device_scale_factor": 2}


async def take(base: str) -> None:
    OUT.mkdir(parents=True, exist_ok=True)
    async with async_playwright() as driver:
        chromium = await driver.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        await shoot(chromium, SMALL, f"{base}/nantes/?autour", "walk")
        door = await first_door(chromium, f"{base}/nantes/?autour")
        await shoot(chromium, SMALL, base + door, "door")
        await shoot(chromium, WIDE, f"{base}/nantes/?autour", "wide")
        await chromium.close()


async def first_door(chromium: Browser, url: str) -> str:
    page = await chromium.new_page()
    await page.goto(url)
    address = await page.locator('.card a[href*="/lieux/"]').nth(3).get_attribute("href")
    await page.close()
    return address or ""


async def shoot(chromium: Browser, device: dict[str, Any], url: str, name: str) -> None:
    page = await (await chromium.new_context(**device)).new_page()
    await page.goto(url, wait_until="networkidle")
    await page.wait_for_timeout(1500)
    shot = Image.open(io.BytesIO(await page.screenshot())).convert("RGB")
    shot.save(OUT / f"{name}.webp", quality=82, method=6)


if __name__ == "__main__":
    asyncio.run(take(sys.argv[1]))
