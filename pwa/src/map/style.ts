/**
 * The basemap's style for MapLibre, from the look's colours (layers of docs/interchange.md).
 * It names no `glyphs`, so that text is drawn with the phone's own fonts.
 */
import type { Palette } from "@/map/palette";

type Json = string | number | boolean | null | Json[] | { [key: string]: Json };
export type Layer = { [key: string]: Json };

const FONT = ["Atkinson Hyperlegible"];
const from = (layer: string) => ({ source: "basemap", "source-layer": layer });
const width = (at12: number, at16: number, at19: number): Json => ["interpolate", ["exponential", 1.6], ["zoom"], 12, at12, 16, at16, 19, at19];

const WIDTHS: [string, number, number, number][] = [["path", 0.4, 2.5, 9], ["minor", 0.8, 7, 34], ["major", 2, 12, 52]];

export interface Style {
  version: 8;
  sources: { [id: string]: { [key: string]: Json } };
  layers: Layer[];
}

/** `basemap` is the absolute URL of a PMTiles file. Labels come last: what is put before "labels" lies under them. */
export function basemapStyle(basemap: string, palette: Palette): Style {
  return {
    version: 8,
    sources: { basemap: { type: "vector", url: `pmtiles://${basemap}` } },
    layers: [...grounds(palette), ...streets(palette), ...labels(palette)],
  };
}

/** The first layer of labels: heat goes before it. */
export const FIRST_LABEL = "water-names";

function grounds({ ground, water, green, building, shop }: Palette): Layer[] {
  const shops: Json = ["case", ["to-boolean", ["get", "commerce"]], shop, building];
  return [
    { id: "ground", type: "background", paint: { "background-color": ground } },
    { id: "water", type: "fill", ...from("water"), paint: { "fill-color": water } },
    { id: "green", type: "fill", ...from("green"), paint: { "fill-color": green } },
    { id: "buildings", type: "fill", ...from("buildings"), minzoom: 14, paint: { "fill-color": shops } },
  ];
}

function streets({ street }: Palette): Layer[] {
  const layout: Json = { "line-cap": "round", "line-join": "round" };
  return WIDTHS.map(([name, ...at]) => ({
    id: `street-${name}`, type: "line", ...from("streets"), filter: ["==", ["get", "class"], name],
    layout, paint: { "line-color": street, "line-width": width(...at) },
  }));
}

function labels(palette: Palette): Layer[] {
  const names = { "text-font": FONT, "text-field": ["get", "name"] as Json };
  const paint: Json = { "text-color": palette.label, "text-halo-color": palette.ground, "text-halo-width": 1.6 };
  return [
    { id: FIRST_LABEL, type: "symbol", ...from("water"), layout: { ...names, "text-size": 13 }, paint },
    {
      id: "numbers", type: "symbol", ...from("numbers"), minzoom: 17,
      layout: { "text-font": FONT, "text-field": ["to-string", ["get", "number"]], "text-size": 11 }, paint,
    },
    {
      id: "street-names", type: "symbol", ...from("streets"), minzoom: 13.5,
      filter: ["has", "name"],
      layout: { ...names, "symbol-placement": "line", "text-size": ["interpolate", ["linear"], ["zoom"], 14, 11, 18, 15], "text-max-angle": 30, "symbol-spacing": 260 },
      paint,
    },
    { id: "areas", type: "symbol", ...from("areas"), maxzoom: 14.5, layout: { ...names, "text-size": 14 }, paint },
  ];
}
