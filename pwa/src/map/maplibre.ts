/** The one file that imports the map library; it is loaded on a tap, never with the page. */
import { addProtocol, Map, Marker, NavigationControl, setWorkerUrl, type MapLayerMouseEvent, type StyleSpecification } from "maplibre-gl";
import workerUrl from "maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url";
import "maplibre-gl/dist/maplibre-gl.css";
import { Protocol } from "pmtiles";
import { pagePalette } from "@/map/palette";
import { basemapStyle } from "@/map/style";
import { _ } from "@/i18n";
import { drawIcon } from "@/ui/dom";

export type { Map, Marker };
export type MapClick = MapLayerMouseEvent;

export interface Frame {
  /** Path of the process's PMTiles file on this site. */
  basemap: string;
  /** West, south, east, north in degrees. */
  bounds: [number, number, number, number];
  /** Empty where the page itself shows it over the map. */
  attribution: string;
}

let prepared = false;

function prepare(): void {
  if (prepared) return;
  prepared = true;
  setWorkerUrl(workerUrl);
  addProtocol("pmtiles", new Protocol().tile);
}

/** A map in `container`, framed on the process, kept near it, its sources always named. */
export function createMap(container: HTMLElement, { basemap, bounds, attribution }: Frame): Map {
  prepare();
  const [west, south, east, north] = bounds;
  const [dx, dy] = [(east - west) / 2, (north - south) / 2];
  const map = new Map({
    container,
    style: basemapStyle(new URL(basemap, location.href).href, pagePalette()) as StyleSpecification,
    bounds,
    fitBoundsOptions: { padding: 24 },
    maxBounds: [west - dx, south - dy, east + dx, north + dy],
    minZoom: 11,
    maxZoom: 19.5,
    attributionControl: false,
    dragRotate: false,
    pitchWithRotate: false,
    locale: { "Map.Title": _("Map"), "NavigationControl.ZoomIn": _("Zoom in"), "NavigationControl.ZoomOut": _("Zoom out") },
  });
  map.touchZoomRotate.disableRotation();
  map.addControl(new NavigationControl({ showCompass: false }), "top-right");
  if (attribution) container.append(credit(attribution));
  return map;
}

function credit(attribution: string): HTMLElement {
  const fold = Object.assign(document.createElement("details"), { className: "credit" });
  const handle = Object.assign(document.createElement("summary"), { ariaLabel: _("Map sources") });
  handle.append(drawIcon("lucide-info"));
  fold.append(handle, Object.assign(document.createElement("p"), { textContent: attribution }));
  return fold;
}

/** Resolves once the map is drawn; rejects at the first error before that, as when its file is out of reach. */
export function loaded(map: Map): Promise<void> {
  return new Promise((resolve, reject) => {
    map.once("load", () => resolve());
    map.once("error", ({ error }) => reject(error));
  });
}

/** An element that stands on the map at a point, its foot on it. */
export function place(map: Map, element: HTMLElement, lon: number, lat: number, anchor: "bottom" | "center"): Marker {
  return new Marker({ element, anchor }).setLngLat([lon, lat]).addTo(map);
}

/** A source of vector tiles by its TileJSON; one of the same name goes first, its layers having gone before it. */
export function vectorSource(map: Map, id: string, url: string): void {
  if (map.getSource(id)) map.removeSource(id);
  map.addSource(id, { type: "vector", url });
}
