/** The walk's live map: the list's own places as pins; a tap on one opens its page. */
import { effect } from "@preact/signals";
import "@/map/map.css";
import { createMap, place, type Frame, type Map } from "@/map/maplibre";
import { position } from "@/places/walk-list";

export interface Pin {
  url: string;
  label: string;
  short: string;
  lon: number;
  lat: number;
  kind: "vacant" | "done" | "site";
}

export async function showPlaces(element: HTMLElement, frame: Frame): Promise<void> {
  const container = Object.assign(document.createElement("div"), { className: "livemap" });
  element.append(container);
  const map = createMap(container, frame);
  await map.once("load");
  element.querySelector(":scope > svg")?.remove();
  element.classList.add("overview--live");
  map.resize();
  for (const pin of pinsOf(document)) place(map, drawPin(pin), pin.lon, pin.lat, "bottom");
  showPosition(map);
}

/** The pins are the cards of the list: what one says, the other says. */
export function pinsOf(root: ParentNode): Pin[] {
  return [...root.querySelectorAll<HTMLElement>(".card[data-ref]")].map((card) => {
    const tile = card.querySelector(".tile");
    const done = card.classList.contains("card--done");
    return {
      url: card.querySelector("a")?.getAttribute("href") ?? "",
      label: [tile, card.querySelector(".card__title"), card.querySelector(".card__hint")].map((part) => part?.textContent?.trim()).filter(Boolean).join(", "),
      short: tile?.textContent?.trim() ?? "",
      lon: Number(card.dataset["lon"]),
      lat: Number(card.dataset["lat"]),
      kind: done ? "done" : tile?.classList.contains("tile--site") ? "site" : "vacant",
    };
  });
}

function drawPin({ url, label, short, kind }: Pin): HTMLElement {
  const link = Object.assign(document.createElement("a"), { className: `pin pin--${kind}`, href: url });
  link.setAttribute("aria-label", label);
  const body = Object.assign(document.createElement("span"), { className: "pin__in", textContent: short });
  link.append(body);
  return link;
}

function showPosition(map: Map): void {
  const dot = Object.assign(document.createElement("div"), { className: "here" });
  effect(() => {
    const here = position.value;
    dot.remove();
    if (here) place(map, dot, here.lon, here.lat, "center");
  });
}
