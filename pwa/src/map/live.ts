/** The walk's live map: the list's own places as pins; a tap on one opens its page. */
import { effect } from "@preact/signals";
import "@/map/map.css";
import { createMap, place, type Frame, type Map } from "@/map/maplibre";
import type { Point } from "@/places/distance";
import { position } from "@/places/walk-list";

const START_ZOOM = 15.6;
/** Below this the doors of one street would hide each other: dots, without their numbers. */
const NUMBERS_ZOOM = 14.8;

export interface Pin {
  url: string;
  label: string;
  /** What the list shows in its tile: a number, or a picture. */
  tile: Node[];
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
  const pins = pinsOf(document);
  for (const pin of pins) place(map, drawPin(pin), pin.lon, pin.lat, "bottom");
  map.jumpTo({ center: startAt(pins, position.value), zoom: START_ZOOM });
  const thin = () => container.classList.toggle("livemap--far", map.getZoom() < NUMBERS_ZOOM);
  map.on("zoom", thin);
  thin();
  showPosition(map);
}

/** Where the person stands, else the middle of the doors: half of them lie on each side of it. */
export function startAt(pins: Pick<Pin, "lon" | "lat">[], here: Point | undefined): [number, number] {
  if (here) return [here.lon, here.lat];
  return [median(pins.map(({ lon }) => lon)), median(pins.map(({ lat }) => lat))];
}

function median(values: number[]): number {
  return values.sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

/** The pins are the cards of the list: what one says, the other says. */
export function pinsOf(root: ParentNode): Pin[] {
  return [...root.querySelectorAll<HTMLElement>(".card[data-ref]")].map((card) => {
    const tile = card.querySelector(".tile");
    const done = card.classList.contains("card--done");
    return {
      url: card.querySelector("a")?.getAttribute("href") ?? "",
      label: [tile, card.querySelector(".card__title"), card.querySelector(".card__hint")].map((part) => part?.textContent?.trim()).filter(Boolean).join(", "),
      tile: [...(tile?.cloneNode(true).childNodes ?? [])],
      lon: Number(card.dataset["lon"]),
      lat: Number(card.dataset["lat"]),
      kind: done ? "done" : tile?.classList.contains("tile--site") ? "site" : "vacant",
    };
  });
}

function drawPin({ url, label, tile, kind }: Pin): HTMLElement {
  const link = Object.assign(document.createElement("a"), { className: `pin pin--${kind}`, href: url });
  link.setAttribute("aria-label", label);
  const body = Object.assign(document.createElement("span"), { className: "pin__in" });
  body.append(...tile);
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
