/** Where the person stands, as a dot on the drawn map: worked out on the phone, from what the drawing says of itself. */
import type { Point } from "@/places/distance";

/** Metres of one degree of a great circle (server/devanture/basemap/frame.py). */
const DEGREE_M = 40_075_016.686 / 360;
const NAME = "here-drawn";

export interface Drawn {
  centre: Point;
  /** Metres that it is wide. */
  across: number;
  width: number;
  height: number;
}

/** Pixels of the drawing from its top left corner; undefined outside of it. */
export function pointOn({ centre, across, width, height }: Drawn, { lon, lat }: Point): { x: number; y: number } | undefined {
  const perMetre = width / across;
  const x = width / 2 + (lon - centre.lon) * DEGREE_M * Math.cos((centre.lat * Math.PI) / 180) * perMetre;
  const y = height / 2 - (lat - centre.lat) * DEGREE_M * perMetre;
  return x >= 0 && x <= width && y >= 0 && y <= height ? { x, y } : undefined;
}

/** Moves the dot, or takes it away where the person stands outside of what is drawn. */
export function drawHere(map: SVGSVGElement, here: Point | undefined): void {
  map.querySelector(`.${NAME}`)?.remove();
  const [lon = 0, lat = 0] = (map.dataset["centre"] ?? "").split(",").map(Number);
  const across = Number(map.dataset["across"]);
  const [, , width = 0, height = 0] = (map.getAttribute("viewBox") ?? "").split(" ").map(Number);
  const at = here && across && pointOn({ centre: { lon, lat }, across, width, height }, here);
  if (!at) return;
  const dot = document.createElementNS("http://www.w3.org/2000/svg", "circle");
  for (const [key, value] of Object.entries({ class: NAME, r: 7, cx: at.x, cy: at.y })) dot.setAttribute(key, String(value));
  map.append(dot);
}
