/** The walk's live map: the list's own places as pins; a tap on one opens its page. */
import { effect } from "@preact/signals";
import { _ } from "@/i18n";
import "@/map/map.css";
import { createMap, loaded, place, type Frame, type Map } from "@/map/maplibre";
import { position } from "@/places/position";
import { drawIcon } from "@/ui/dom";

const START_ZOOM = 15.6;
const ASKING = { enableHighAccuracy: true, maximumAge: 15_000, timeout: 20_000 };
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

/** Takes the drawn map's place until the person closes it; rejects where the basemap is out of reach. */
export async function showPlaces(element: HTMLElement, frame: Frame, closed: () => void): Promise<void> {
  const container = Object.assign(document.createElement("div"), { className: "livemap" });
  const drawn = element.querySelector<SVGElement>(":scope > svg");
  element.append(container);
  const map = createMap(container, frame);
  const close = () => {
    stop();
    map.remove();
    container.remove();
    element.classList.remove("overview--live");
    if (drawn) element.prepend(drawn);
    closed();
  };
  let stop = () => {};
  await loaded(map).catch((error: unknown) => {
    close();
    throw error;
  });
  const centre = centreOf(drawn) ?? middleOf(pinsOf(document));
  drawn?.remove();
  element.classList.add("overview--live");
  map.resize();
  for (const pin of pinsOf(document)) place(map, drawPin(pin), pin.lon, pin.lat, "bottom");
  map.jumpTo({ center: centre, zoom: START_ZOOM });
  const thin = () => container.classList.toggle("livemap--far", map.getZoom() < NUMBERS_ZOOM);
  map.on("zoom", thin);
  thin();
  container.append(closeButton(close), ...locateButton(map));
  stop = showPosition(map);
}

function closeButton(close: () => void): HTMLElement {
  const button = Object.assign(document.createElement("button"), { type: "button", className: "livemap__close", onclick: close });
  button.append(drawIcon("lucide-x"), _("Close the map"));
  return button;
}

/** The position is asked for on a tap only; it moves this map and leaves neither the page nor the phone. */
function locateButton(map: Map): HTMLElement[] {
  if (!("geolocation" in navigator)) return [];
  const button = Object.assign(document.createElement("button"), { type: "button", className: "float" });
  const said = Object.assign(document.createElement("p"), { className: "livemap__said" });
  said.setAttribute("role", "status");
  button.append(drawIcon("lucide-locate"), _("My position"));
  const found = ({ coords: { longitude: lon, latitude: lat, accuracy } }: GeolocationPosition) => {
    said.textContent = "";
    position.value = { lon, lat, accuracy };
    map.easeTo({ center: [lon, lat], zoom: Math.max(map.getZoom(), START_ZOOM) });
  };
  button.addEventListener("click", () => {
    said.textContent = _("Looking for where you stand…");
    navigator.geolocation.getCurrentPosition(found, () => (said.textContent = _("Your position was not found.")), ASKING);
  });
  return [said, button];
}

/** Where the drawn map looks, as the server says. */
function centreOf(drawn: SVGElement | null): [number, number] | undefined {
  const [lon, lat] = (drawn?.dataset["centre"] ?? "").split(",").map(Number);
  return lon && lat ? [lon, lat] : undefined;
}

/** The middle of the doors: half of them lie on each side of it. */
export function middleOf(pins: Pick<Pin, "lon" | "lat">[]): [number, number] {
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
      label: [card.dataset["title"], card.querySelector(".card__hint")?.textContent?.trim()].filter(Boolean).join(", "),
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
  link.title = label;
  const body = Object.assign(document.createElement("span"), { className: "pin__in" });
  body.append(...tile);
  link.append(body);
  return link;
}

function showPosition(map: Map): () => void {
  const dot = Object.assign(document.createElement("div"), { className: "here" });
  return effect(() => {
    const here = position.value;
    dot.remove();
    if (here) place(map, dot, here.lon, here.lat, "center");
  });
}
