"""How long a tap waits for its answer on a cheap phone, with a network and without. Asks a running demonstration:

./devanture demo --port 8000          (in one terminal)
.venv/bin/python -m tests.browser.tap http://127.0.0.1:8000

At each of `--runs` doors one tap on a shop is answered by « C’est enregistré » and one on « Annuler » by « C’est
annulé »: from the browser's own time of the touch until the frame that shows the words has been drawn, once as fast as
this machine is and once with its processor slowed four times. Prints the median and the slowest, and what a page takes
that only writes one letter: beside other work this machine is slower than the phone meant. Ends with 1 when a median at
full speed is over 100 ms; slowed, it is told. All it says is taken back.
"""

import argparse
import asyncio
import os
import sys
from itertools import product
from statistics import median
from typing import Any

from playwright.async_api import BrowserContext, Locator, Page, async_playwright

from tests.browser.conftest import CHROMIUM, FLAGS, PHONE
from tests.browser.phone import ready, until

RUNS, CPU, TARGET_MS = 12, 4, 100
QUIET_MS = 900
BARE = """data:text/html,<button>a</button><main></main>
  <script>onclick = () => document.querySelector("main").innerHTML = "<p class=saved__what>b</p>"</script>"""
"""Nothing but a tap and a word: what this machine itself takes at the time."""
WATCH = """
  window.touched = 0;
  addEventListener("pointerup", (event) => { window.touched = event.timeStamp; window.seen = 0; }, true);
  window.await = (wanted) => {
    window.seen = 0;
    const look = () => {
      if (!document.querySelector(".saved__what")?.textContent.startsWith(wanted)) return;
      watcher.disconnect();
      // A message sent by the next frame's callbacks arrives once that frame has been handed over to be shown.
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => { window.seen = performance.now(); };
      requestAnimationFrame(() => port2.postMessage(""));
    };
    const watcher = new MutationObserver(look);
    watcher.observe(document.body, { childList: true, subtree: true, characterData: true });
  };
"""


async def wait_of(page: Page, target: Locator, words: str) -> float:
    """Milliseconds from the touch to the words."""
    await page.evaluate("(words) => window.await(words)", words)
    box = await target.bounding_box()
    assert box
    await page.touchscreen.tap(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    # Asked at once, the page would work for the question while it works for the answer.
    await page.wait_for_timeout(QUIET_MS)
    await until(lambda: page.evaluate("window.seen"), bool)
    waited: float = await page.evaluate("window.seen - window.touched")
    return waited


async def on_a_bare_page(page: Page) -> float:
    await page.goto(BARE)
    await page.wait_for_timeout(QUIET_MS)
    return await wait_of(page, page.locator("button"), "b")


async def at_a_door(page: Page, url: str) -> dict[str, float]:
    await page.goto(url, wait_until="load")
    await page.locator(".ask[data-awake]").wait_for()
    await page.locator(".family summary").first.tap()
    shop = page.locator(".family[open] .chip").first
    await shop.scroll_into_view_if_needed()
    await page.wait_for_timeout(QUIET_MS)
    answered = await wait_of(page, shop, "C’est enregistré")
    undone = await wait_of(page, page.get_by_role("button", name="Annuler"), "C’est annulé")
    return {"answer": answered, "undo": undone}


async def doors(context: BrowserContext, base: str) -> list[str]:
    pack: dict[str, Any] = await (await context.request.get(f"{base}/api/v1/nantes/pack")).json()
    premises = (place for place in pack["places"] if place["kind"] == "premises" and place["state"] == "vacant")
    return [f"{base}/nantes/lieux/{place['ref']}" for place in premises]


Waits = dict[str, dict[int, list[float]]]
"""Milliseconds by what was tapped, and by how many times the processor was slowed."""


async def measure(base: str, runs: int) -> Waits:
    """With and without a network."""
    waits: Waits = {}
    async with async_playwright() as driver:
        chromium = await driver.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        for network, rate in product(("online", "offline"), (1, CPU)):
            context = await chromium.new_context(**PHONE)
            for what, each in (await _in(context, base, runs, network == "offline", rate)).items():
                name = f"{what}, {network}" if what in ("answer", "undo") else what
                waits.setdefault(name, {}).setdefault(rate, []).extend(each)
            await context.close()
        await chromium.close()
    return waits


async def _in(context: BrowserContext, base: str, runs: int, offline: bool, rate: int) -> dict[str, list[float]]:
    """One phone that has never answered, at `runs` doors."""
    await context.add_init_script(WATCH)
    page = await context.new_page()
    await page.goto(f"{base}/nantes/?autour")
    await ready(page)
    await (await context.new_cdp_session(page)).send("Emulation.setCPUThrottlingRate", {"rate": rate})
    waits = {"a bare page": [await on_a_bare_page(page) for _ in range((runs + 1) // 2)]}
    urls = (await doors(context, base))[:runs]
    await context.set_offline(offline)
    for url in urls:
        for what, wait in (await at_a_door(page, url)).items():
            waits.setdefault(what, []).append(wait)
    return waits


def tell(waits: Waits) -> list[str]:
    """Print the table; gives what misses its target."""
    print(f"\n| tap | taps | median | slowest | median, slowed {CPU} times | slowest |\n|---|---:|---:|---:|---:|---:|")
    for what, rates in waits.items():
        cells = [f"{figure(each):.0f} ms" for each in rates.values() for figure in (median, max)]
        print(f"| {what} | {len(rates[1])} | {' | '.join(cells)} |")
    middle = {what: median(rates[1]) for what, rates in waits.items()}
    return [f"{what}: {wait:.0f} ms, at most {TARGET_MS}" for what, wait in middle.items() if wait > TARGET_MS]


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("url")
    parser.add_argument("--runs", type=int, default=RUNS)
    asked = parser.parse_args()
    faults = tell(asyncio.run(measure(asked.url.rstrip("/"), asked.runs)))
    print(f"\n{os.cpu_count()} cores, {os.getloadavg()[0]:.1f} programs at work.")
    print("".join(f"MISSED {fault}\n" for fault in faults), end="")
    return int(bool(faults))


if __name__ == "__main__":
    sys.exit(main())
