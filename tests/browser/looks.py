"""How a screen is looked at: sizes, text, colours, motion; and what is wrong with it, in words."""

from dataclasses import dataclass, replace
from functools import cache
from itertools import product
from typing import Any, Literal

from playwright.async_api import Page

from tests.conftest import ROOT

AXE = ROOT / "pwa" / "node_modules" / "axe-core" / "axe.min.js"
HTML_TEXT_PERCENT = 106.25
"""What `base.css` sets on the root: 17 px for who has asked for nothing else."""


@dataclass(frozen=True)
class Look:
    """One way to hold and read the screen."""

    width: int = 390
    height: int = 844
    scheme: Literal["light", "dark"] = "light"
    text: int = 1
    forced: bool = False
    still: bool = False

    def __str__(self) -> str:
        words = [f"{self.width}×{self.height}", self.scheme if self.scheme == "dark" else ""]
        words += ["200 %" if self.text == 2 else "", "forced" if self.forced else "", "still" if self.still else ""]
        return " ".join(word for word in words if word)


SIZES = [(320, 640), (640, 320), (390, 844), (844, 390), (768, 1024), (1024, 768), (1280, 800), (800, 1280)]
WAYS: list[dict[str, Any]] = [{}, {"scheme": "dark"}, {"text": 2}, {"forced": True}, {"scheme": "dark", "still": True}]
MATRIX = [Look(*size, **way) for size, way in product(SIZES, WAYS)]
"""Every screen, by command."""
HARDEST = Look(320, 640, text=2)
IN_TURN = [
    Look(), Look(1280, 800, scheme="dark"), Look(768, 1024, forced=True), Look(844, 390, scheme="dark", still=True),
    Look(320, 640), Look(1280, 800), Look(390, 844, scheme="dark"),
]  # fmt: skip
"""Every run looks twice at each screen: at the hardest, and at the next of these."""


async def put_on(page: Page, look: Look) -> None:
    await page.set_viewport_size({"width": look.width, "height": look.height})
    await page.emulate_media(
        color_scheme=look.scheme,
        forced_colors="active" if look.forced else "none",
        reduced_motion="reduce" if look.still else "no-preference",
    )
    # Text of 200 % is what a reader sets; through the object model it breaks no policy, as it breaks none in a browser.
    size = f"{HTML_TEXT_PERCENT * look.text}%" if look.text != 1 else ""
    await page.evaluate(
        """(size) => {
          document.documentElement.style.fontSize = size;
          for (const animation of document.getAnimations()) animation.finish();
        }""",
        size,
    )


async def take_off(page: Page) -> None:
    await put_on(page, replace(Look()))


@cache
def _axe_source() -> str:
    return AXE.read_text()


RUN_AXE = """async () => {
  const options = { resultTypes: ["violations"], rules: { "target-size": { enabled: true } } };
  const { violations } = await axe.run(document, options);
  const found = violations.flatMap(({ id, nodes }) => nodes.map((node) => ({ id, node })));
  const stays = async ({ id, node }) => {
    // Under the bar at the foot a target is free again once scrolled to; whatever still covers it then is a fault.
    if (id !== "target-size") return true;
    const element = document.querySelector(node.target[0]);
    // Pins stand where their doors do, some over others; the list below holds the same doors (WCAG 2.5.8, equivalent).
    if (element.closest(".livemap .pin")) return false;
    element.scrollIntoView({ block: "center", behavior: "instant" });
    const again = await axe.run(element, { ...options, runOnly: ["target-size"] });
    scrollTo(0, 0);
    return again.violations.length > 0;
  };
  const faults = [];
  for (const fault of found) if (await stays(fault)) faults.push(fault);
  return faults.map(({ id, node }) =>
    `${id}: ${node.target.join(" ")} · ${node.failureSummary.split("\\n").slice(1).join(" ").trim()}`);
}"""


async def axe_faults(page: Page) -> list[str]:
    """What axe-core finds: WCAG 2.2 A and AA, and its own good practices."""
    if not await page.evaluate("'axe' in window"):
        await page.evaluate(_axe_source())
    faults: list[str] = await page.evaluate(RUN_AXE)
    return faults


WIDER = """() => {
  const limit = document.documentElement.clientWidth;
  if (document.scrollingElement.scrollWidth <= limit) return [];
  const out = [...document.body.querySelectorAll("*")].filter((e) => e.checkVisibility()
    && e.getBoundingClientRect().right > limit + 1 && !e.closest(".scroll, .supply__box, svg, .livemap"));
  return [`the page scrolls sideways (${document.scrollingElement.scrollWidth} px of ${limit}): `
    + [...out.slice(0, 2), ...out.slice(-3)].map((e) => `${e.tagName.toLowerCase()}.${e.className}`).join(", ")];
}"""


async def reflow_faults(page: Page) -> list[str]:
    """WCAG 1.4.10: nothing is read by scrolling sideways."""
    faults: list[str] = await page.evaluate(WIDER)
    return faults


SMALL_MAY_BE = [
    ".skip",  # for the keyboard alone
    ".map a",  # pins of the drawn map: the list below holds the same places, as large
    ".credit a",  # whom the map is owed to
    ".page-docs main a",  # a reference for those who write programs
]
SMALL = """([least, allowed]) => {
  const targets = document.querySelectorAll("a[href], button, summary, input:not([type=hidden]), select, textarea");
  const seen = (e) => e.checkVisibility({ visibilityProperty: true, opacityProperty: true });
  const inSentence = (e) => getComputedStyle(e).display === "inline"
    && [...e.parentNode.childNodes].some((n) => n.nodeType === 3 && n.textContent.trim().length > 3);
  const found = [];
  for (const e of targets) {
    if (!seen(e) || e.disabled || e.matches(allowed) || inSentence(e)) continue;
    const { width, height } = (e.matches("[type=radio], [type=checkbox], [type=file]") && e.closest("label") || e)
      .getBoundingClientRect();
    if (width < 2 || height < 2) continue;
    if (width < least || height < least) found.push(
      `target of ${width.toFixed(0)}×${height.toFixed(0)} px: ${e.tagName.toLowerCase()}.${e.className} `
      + `« ${(e.textContent || e.getAttribute("aria-label") || e.name || "").trim().slice(0, 40)} »`);
  }
  return found;
}"""
LEAST_PX = 47.5
"""48, less what a fraction of a pixel of rounding takes."""


async def small_targets(page: Page) -> list[str]:
    """Everything to tap is 48 px both ways, but for what `SMALL_MAY_BE` names and links inside a sentence."""
    faults: list[str] = await page.evaluate(SMALL, [LEAST_PX, ", ".join(SMALL_MAY_BE)])
    return faults


FOCUSED = """() => {
  const e = document.activeElement;
  if (!e || e === document.body) return null;
  const shown = e.matches("[type=radio], [type=checkbox], [type=file]") && e.closest("label") || e;
  const { left, top, width, height } = shown.getBoundingClientRect();
  const style = [e, shown].map((element) => getComputedStyle(element));
  const lit = style.some((s) => s.outlineStyle !== "none" && parseFloat(s.outlineWidth) >= 2) || e.closest(".livemap");
  const over = document.elementFromPoint(left + width / 2, Math.min(innerHeight - 1, top + Math.min(height / 2, 24)));
  const covered = !over || !(shown.contains(over) || over.contains(shown));
  const all = [...document.querySelectorAll("*")];
  return { at: all.indexOf(e), lit: Boolean(lit), covered,
    is: `${e.tagName.toLowerCase()}.${e.getAttribute("class") ?? ""} « ${e.textContent.trim().slice(0, 30)} »` };
}"""


async def focus_faults(page: Page, most: int = 90) -> list[str]:
    """Tab through the page: each stop is lit, uncovered (WCAG 2.4.7, 2.4.11) and in the page's own order."""
    await page.evaluate("document.activeElement?.blur(); scrollTo(0, 0)")
    faults, last = [], -1
    for _ in range(most):
        await page.keyboard.press("Tab")
        stop = await page.evaluate(FOCUSED)
        if stop is None or stop["at"] == last:
            break
        if stop["at"] < last:
            faults.append(f"focus goes back: {stop['is']}")
        faults += [] if stop["lit"] else [f"focus is not seen: {stop['is']}"]
        faults += [f"focus is covered: {stop['is']}"] if stop["covered"] else []
        last = stop["at"]
    return faults
