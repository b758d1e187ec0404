/** What a page says about its map: file, extent, sources. */
import type { Frame } from "@/map/maplibre";

export function frameOf(element: HTMLElement): Frame {
  const bounds = (element.dataset["bounds"] ?? "").split(",").map(Number);
  if (bounds.length !== 4 || bounds.some((degrees) => !Number.isFinite(degrees))) throw new Error("the map has no bounds");
  const attribution = element.querySelector(".credit") ? "" : (document.querySelector(".foot p")?.textContent?.trim() ?? "");
  return { basemap: element.dataset["basemap"] ?? "", bounds: bounds as Frame["bounds"], attribution };
}
