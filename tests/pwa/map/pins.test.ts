// @vitest-environment happy-dom
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { followCard } from "@/map/pins";

const CSS = readFileSync(join(import.meta.dirname, "../../../pwa/src/ui/walk.css"), "utf8");
const linked = (href: string, mark: string) => `<a href="${href}">${mark}</a>`;
const MAP = `<div class="overview"><svg class="map">
  ${linked("/rue/lieux/a", '<g class="pin pin--vacant"><path/><text>12</text><path class="tick"/></g>')}
  ${linked("/rue/lieux/b", '<circle class="dot dot--vacant"/><path class="tick"/>')}
  ${linked("/rue/lieux/c", '<g class="pin pin--site"><path/><circle/><path class="tick"/></g>')}
</svg></div>`;

/** The drawn map of the server under the app's own style sheet, and a card of its list. */
function walk(ref: string, tile = "tile"): { card: HTMLElement; told: () => [string, boolean][] } {
  document.head.innerHTML = `<style>${CSS}</style>`;
  document.body.innerHTML = `${MAP}<li class="card"><a href="/rue/lieux/${ref}"><span class="${tile}"></span></a></li>`;
  const shown = (tick: Element) => getComputedStyle(tick).display !== "none";
  const kindOf = (mark: Element) => /--(\w+)/.exec(mark.getAttribute("class") ?? "")![1]!;
  const told = () => [...document.querySelectorAll(".overview a")].map((link): [string, boolean] => [kindOf(link.querySelector(".pin, .dot")!), shown(link.querySelector(".tick")!)]);
  return { card: document.querySelector<HTMLElement>(".card")!, told };
}

test.each([
  ["a pin", "a", "tile", 0, "vacant"],
  ["a dot", "b", "tile", 1, "vacant"],
  ["a site’s pin", "c", "tile tile--site", 2, "site"],
])("%s shows its tick with its card’s answer, and loses it with that", (_what, ref, tile, at, kind) => {
  const before: [string, boolean][] = [["vacant", false], ["vacant", false], ["site", false]];
  const { card, told } = walk(ref, tile);
  expect(told()).toEqual(before);
  card.classList.add("card--done");
  followCard(card);
  expect(told()).toEqual(before.with(at, ["done", true]));
  card.classList.remove("card--done");
  followCard(card);
  expect(told()[at]).toEqual([kind, false]);
});
