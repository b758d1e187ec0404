/** The walk's live map: the list's own places as pins; a tap on one shows its door, over the list or beside it. */
import { effect } from "@preact/signals";
import { _ } from "@/i18n";
import { drawDoor } from "@/map/door";
import "@/map/map.css";
import { createMap, loaded, place, type Frame, type Map } from "@/map/maplibre";
import { drawPin, middleOf, pinsOf, type Pin } from "@/map/pins";
import { openSheet, type Sheet } from "@/map/sheet";
import { stepsAside } from "@/map/spread";
import { position, startLooking, trouble } from "@/places/position";
import { drawIcon } from "@/ui/dom";

const START_ZOOM = 15.6;
/** Below this the doors of one street would hide each other: dots, without their numbers. */
const NUMBERS_ZOOM = 14.8;

/** Beside the list there is room for the map; else the list lies in a sheet over it. */
export const besideList = () => matchMedia("(min-width: 900px)").matches;

/** Takes the drawn map's place until `close` is called; rejects where the basemap is out of reach. */
export async function showPlaces(element: HTMLElement, frame: Frame, closed: () => void): Promise<() => void> {
  const container = Object.assign(document.createElement("div"), { className: "livemap" });
  const drawn = element.querySelector<SVGElement>(":scope > svg");
  element.append(container);
  const map = createMap(container, frame);
  const undo: (() => void)[] = [() => map.remove(), () => container.remove()];
  const close = () => undo.splice(0).forEach((step) => step());
  await loaded(map).catch((error: unknown) => {
    close();
    throw error;
  });
  const pins = pinsOf(document);
  const centre = centreOf(drawn) ?? middleOf(pins);
  drawn?.remove();
  element.classList.add("overview--live");
  const list = document.querySelector<HTMLElement>(".walk__list");
  const sheet = list && !besideList() ? openSheet(element, list) : undefined;
  document.body.classList.toggle("map-open", sheet !== undefined);
  undo.unshift(() => sheet?.close());
  undo.push(() => (document.body.classList.remove("map-open"), element.classList.remove("overview--live"), drawn && element.prepend(drawn), closed()));
  map.resize();
  // What the sheet covers does not count: the doors stand in the middle of what is seen.
  map.jumpTo({ center: centre, zoom: START_ZOOM, padding: { bottom: sheet ? container.clientHeight / 2 : 0 } });
  setPins(map, pins, sheet, container);
  thinOut(map, container);
  container.append(closeButton(() => (sheet && (history.state as { map?: true } | null)?.map ? history.back() : close())), ...locateButton(map));
  undo.unshift(showPosition(map));
  return close;
}

function setPins(map: Map, pins: Pin[], sheet: Sheet | undefined, container: HTMLElement): void {
  const slot = sheet?.door ?? container.appendChild(Object.assign(document.createElement("div"), { className: "mapdoor__slot" }));
  let chosen: HTMLElement | undefined;
  const leave = () => {
    slot.replaceChildren();
    chosen?.classList.remove("pin--chosen");
    chosen?.focus({ preventScroll: true });
    chosen = undefined;
  };
  const drawn: HTMLElement[] = [];
  for (const pin of pins) {
    const link = drawPin(pin);
    place(map, link, pin.lon, pin.lat, "bottom");
    drawn.push(link);
    link.addEventListener("click", (event) => {
      event.preventDefault();
      chosen?.classList.remove("pin--chosen");
      (chosen = link).classList.add("pin--chosen");
      slot.replaceChildren(drawDoor(pin, leave));
      sheet?.show("half");
      map.easeTo({ center: [pin.lon, pin.lat], padding: { top: 0, left: 0, right: 0, bottom: sheet ? container.clientHeight / 2 : 0 } });
      // By the keys (no coordinates) the way in is next; a finger stays where it is.
      if (event.detail === 0) slot.querySelector<HTMLElement>("a")?.focus({ preventScroll: true });
    });
  }
  slot.addEventListener("keydown", (event) => event.key === "Escape" && leave());
  spreadOut(map, pins, drawn);
}

/** Once the map stands still: while it zooms the numbers may touch. Far out there are dots without numbers. */
function spreadOut(map: Map, pins: Pin[], drawn: HTMLElement[]): void {
  const spread = () => {
    const near = map.getZoom() >= NUMBERS_ZOOM;
    const steps = near ? stepsAside(pins.map(({ lon, lat }) => map.project([lon, lat]))) : pins.map(() => 0);
    drawn.forEach((link, i) => ((link.firstElementChild as HTMLElement).style.translate = `${steps[i]}px`));
  };
  map.on("zoomend", spread);
  spread();
}

function thinOut(map: Map, container: HTMLElement): void {
  const thin = () => container.classList.toggle("livemap--far", map.getZoom() < NUMBERS_ZOOM);
  map.on("zoom", thin);
  thin();
}

function closeButton(close: () => void): HTMLElement {
  const button = Object.assign(document.createElement("button"), { type: "button", className: "livemap__close", onclick: close });
  button.append(drawIcon("lucide-x"), _("Close the map"));
  return button;
}

/** The position is asked for on a tap only; it moves this map and leaves neither the page nor the phone. */
export function locateButton(map: Map): HTMLElement[] {
  const button = Object.assign(document.createElement("button"), { type: "button", className: "livemap__locate", ariaLabel: _("My position"), title: _("My position") });
  const said = Object.assign(document.createElement("p"), { className: "livemap__said" });
  said.setAttribute("role", "status");
  button.append(drawIcon("lucide-locate"));
  let wanted = false;
  const go = () => {
    const here = position.value;
    if (!wanted || (!here && !trouble.value)) return;
    wanted = false;
    said.textContent = here ? "" : _("Your position was not found.");
    if (here) map.easeTo({ center: [here.lon, here.lat], zoom: Math.max(map.getZoom(), START_ZOOM) });
  };
  button.addEventListener("click", () => {
    wanted = true;
    said.textContent = position.value ? "" : _("Looking for where you stand…");
    startLooking();
    go();
  });
  effect(go);
  return [said, button];
}

/** Where the drawn map looks, as the server says. */
function centreOf(drawn: SVGElement | null): [number, number] | undefined {
  const [lon, lat] = (drawn?.dataset["centre"] ?? "").split(",").map(Number);
  return lon && lat ? [lon, lat] : undefined;
}

export function showPosition(map: Map): () => void {
  const dot = Object.assign(document.createElement("div"), { className: "here" });
  return effect(() => {
    const here = position.value;
    dot.remove();
    if (here) place(map, dot, here.lon, here.lat, "center");
  });
}
