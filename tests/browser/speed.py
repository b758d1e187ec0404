"""How fast the first screens come on a cheap phone, and what Lighthouse says of them. Asks a running demonstration:

./devanture demo --port 8000          (in one terminal)
.venv/bin/python -m tests.browser.speed http://127.0.0.1:8000

Each screen is opened by a browser that has never been there, the line held to 400 kbit/s with a 400 ms round trip and
the processor slowed four times; the median of the runs is told. Then doors are answered, with a network and
without, as `tests/browser/tap.py` says. `--no-lighthouse` leaves the scores out, `--runs N` sets the runs. Ends with 1
when a target is missed.
"""

import argparse
import asyncio
import json
import os
import subprocess
import sys
import tempfile
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import Any

from playwright.async_api import Browser, CDPSession, Page, async_playwright

from launcher import pwa
from tests.browser import tap
from tests.browser.conftest import CHROMIUM, FLAGS, PHONE
from tests.browser.phone import until
from tests.conftest import ROOT

BYTES_PER_S, LATENCY_MS = 50_000, 400
READABLE_S, USABLE_S = 2.5, 4.0
FIRST_JS, FIRST_CSS = 60_000, 20_000
LEAST = {"performance": 0.95, "accessibility": 1.0, "best-practices": 1.0, "seo": 1.0}
LIGHTHOUSE = Path(__file__).parent / "lighthouse"
SCREENS = {"arrival": "", "walk": "?autour", "place": "lieux/quai-de-la-fosse-12"}
KINDS = ("document", "stylesheet", "script", "font")
READ = {"arrival": "h1", "walk": ".card__title", "place": ".ask h2"}
"""What one came to read on each screen."""
MOMENTS = """(wanted) => {
  window.moments = {};
  const seen = () => document.querySelector(`main ${wanted}`)?.getBoundingClientRect().height > 0;
  const awake = () => [...document.querySelectorAll("main [data-island]")].every((e) => "awake" in e.dataset);
  const once = (name, fits) => {
    if (!(name in moments) && fits()) requestAnimationFrame(() => { moments[name] ??= performance.now(); });
  };
  const look = () => {
    once("readable", seen);
    once("usable", () => document.readyState !== "loading" && seen() && awake());
    if (!("usable" in moments)) requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
  new PerformanceObserver((list) => {
    for (const { value, hadRecentInput } of list.getEntries()) if (!hadRecentInput) moments.shift = (moments.shift ?? 0) + value;
  }).observe({ type: "layout-shift", buffered: true });
}"""  # noqa: E501


@dataclass
class Load:
    """One first visit: seconds, and bytes of the files by type as they came (compressed); `heads` are the headers."""

    readable: float = 0.0
    usable: float = 0.0
    shift: float = 0.0
    requests: int = 0
    heads: int = 0
    sizes: Counter[str] = field(default_factory=Counter)


async def load(chromium: Browser, url: str, wanted: str) -> Load:
    """Open the address once on a slow phone that has never been there."""
    context = await chromium.new_context(**{**PHONE, "device_scale_factor": 2})
    page = await context.new_page()
    line = await context.new_cdp_session(page)
    result = Load()
    _count(line, result)
    await line.send("Network.enable")
    slow = {"offline": False, "latency": LATENCY_MS, "downloadThroughput": BYTES_PER_S, "uploadThroughput": BYTES_PER_S}
    await line.send("Network.emulateNetworkConditions", slow)
    await line.send("Emulation.setCPUThrottlingRate", {"rate": tap.CPU})
    await page.add_init_script(f"({MOMENTS})({json.dumps(wanted)})")
    await page.goto(url, wait_until="load", timeout=60_000)
    await _moments(page, result)
    await context.close()
    return result


def _count(line: CDPSession, result: Load) -> None:
    kinds: dict[str, str] = {}
    heads: Counter[str] = Counter()

    def answered(event: dict[str, Any]) -> None:
        kinds[event["requestId"]] = event["type"].lower()
        heads[event["requestId"]] = int(event["response"]["encodedDataLength"])

    def finished(event: dict[str, Any]) -> None:
        head = heads[event["requestId"]]
        result.requests += 1
        result.heads += head
        result.sizes[kinds.get(event["requestId"], "other")] += max(0, int(event["encodedDataLength"]) - head)

    line.on("Network.responseReceived", answered)
    line.on("Network.loadingFinished", finished)


async def _moments(page: Page, result: Load) -> None:
    await until(lambda: page.evaluate("'usable' in window.moments"), bool)
    await page.wait_for_timeout(1500)
    moments = await page.evaluate("window.moments")
    result.readable, result.usable = moments["readable"] / 1000, moments["usable"] / 1000
    result.shift = moments.get("shift", 0.0)


def middle(loads: list[Load]) -> Load:
    """The median of each figure."""
    sizes = Counter({kind: int(median(one.sizes[kind] for one in loads)) for kind in loads[0].sizes})
    numbers = {name: median(getattr(one, name) for one in loads) for name in ("readable", "usable", "shift")}
    counts = {name: int(median(getattr(one, name) for one in loads)) for name in ("requests", "heads")}
    return Load(**numbers, **counts, sizes=sizes)


async def first_loads(base: str, runs: int) -> dict[str, Load]:
    async with async_playwright() as driver:
        chromium = await driver.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        loads = {
            name: middle([await load(chromium, f"{base}/nantes/{path}", READ[name]) for _ in range(runs)])
            for name, path in SCREENS.items()
        }
        await chromium.close()
    return loads


def scores(url: str) -> dict[str, float]:
    """Lighthouse's four scores on its own mobile profile, and the faults that cost points, told on the way."""
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.json"
        node = pwa.npm(ROOT)[0]
        words = [node, str(LIGHTHOUSE / "node_modules/lighthouse/cli/index.js"), url, "--quiet", "--output=json",
                 f"--output-path={report}", "--chrome-flags=--headless=new --no-sandbox", *_only()]  # fmt: skip
        environment = {**os.environ, **pwa.environment(ROOT), "CHROME_PATH": str(CHROMIUM)}
        subprocess.run(words, check=True, env=environment, stdout=subprocess.DEVNULL)
        found = json.loads(report.read_text())
    for category in found["categories"].values():
        for reference in category["auditRefs"]:
            audit = found["audits"][reference["id"]]
            if reference["weight"] > 0 and audit["score"] is not None and audit["score"] < 0.9:
                print(f"  {category['id']}: {audit['id']} {audit['score']} {audit.get('displayValue', '')}")
    return {name: found["categories"][name]["score"] for name in LEAST}


def _only() -> list[str]:
    return [f"--only-categories={','.join(LEAST)}"]


def install_lighthouse() -> None:
    """Put Lighthouse beside its lock file; what is there already is left."""
    if (LIGHTHOUSE / "node_modules" / "lighthouse").is_dir():
        return
    words = pwa.npm(ROOT, "ci", "--ignore-scripts")
    subprocess.run(words, cwd=LIGHTHOUSE, check=True, env={**os.environ, **pwa.environment(ROOT)})


def tell_loads(loads: dict[str, Load]) -> list[str]:
    """Print the table; gives what misses its target."""
    heads = ["requests", "HTML", "CSS", "JS", "fonts", "icons", "data", "headers", "all", "readable", "usable", "shift"]
    print(f"| first visit | {' | '.join(heads)} |\n|---|{'---:|' * len(heads)}")
    faults = []
    for name, one in loads.items():
        kinds = [one.sizes[kind] for kind in KINDS]
        drawn, rest = one.sizes["image"] + one.sizes["other"], one.sizes["fetch"] + one.sizes["manifest"]
        whole = sum(one.sizes.values()) + one.heads
        cells = [f"{size / 1000:.1f} kB" for size in (*kinds, drawn, rest, one.heads, whole)]
        times = [f"{one.readable:.1f} s", f"{one.usable:.1f} s", f"{one.shift:.3f}"]
        print(f"| {name} | {one.requests} | {' | '.join(cells + times)} |")
        for what, value, most in (
            ("readable", one.readable, READABLE_S), ("usable", one.usable, USABLE_S), ("JS", kinds[2], FIRST_JS),
            ("CSS", kinds[1], FIRST_CSS), ("layout shift", one.shift, 0.1),
        ):  # fmt: skip
            faults += [f"{name}: {what} {value:.2f}, at most {most}"] if value > most else []
    return faults


def tell_scores(base: str) -> list[str]:
    install_lighthouse()
    rows, faults = [], []
    for name, path in SCREENS.items():
        print(f"Lighthouse on the {name} …")
        found = scores(f"{base}/nantes/{path}")
        rows.append(f"| {name} | {' | '.join(f'{found[each]:.2f}' for each in LEAST)} |")
        short = {each: found[each] for each, least in LEAST.items() if found[each] < least}
        faults += [f"{name}: {each} {score}, at least {LEAST[each]}" for each, score in short.items()]
    print("\n| Lighthouse, mobile | performance | accessibility | best practices | SEO |\n|---|---:|---:|---:|---:|")
    print("\n".join(rows))
    return faults


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("url")
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--no-lighthouse", action="store_true")
    asked = parser.parse_args()
    base = asked.url.rstrip("/")
    faults = tell_loads(asyncio.run(first_loads(base, asked.runs)))
    faults += tap.tell(asyncio.run(tap.measure(base, tap.RUNS)))
    if not asked.no_lighthouse:
        faults += tell_scores(base)
    print(f"\n{os.cpu_count()} cores." + "".join(f"\nMISSED {fault}" for fault in faults))
    return int(bool(faults))


if __name__ == "__main__":
    sys.exit(main())
