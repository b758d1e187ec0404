/** The heat as MapLibre layers over released tiles: hexagons, or doors as circles. */
import { coloursFor } from "@/heatmap/classes";
import type { Palette } from "@/map/palette";
import type { Layer } from "@/map/style";

export type Mode = "hexagons" | "doors";

/** The colour of a feature by its `persons`, as a step expression. */
export function colourBy(breaks: number[], ramp: string[]): (string | number | (string | string[])[])[] | string {
  const [lowest = "transparent", ...higher] = coloursFor(breaks, ramp);
  if (higher.length === 0) return lowest;
  return ["step", ["get", "persons"] as unknown as string, lowest, ...higher.flatMap((colour, i) => [breaks[i + 1]!, colour])];
}

/** Empty until a count is at least 1: a hexagon that nobody spoke for stays the map. */
const SHOWN = [">", ["get", "persons"], 0];

export function heatLayers(source: string, mode: Mode, breaks: number[], { heat: ramp, street }: Pick<Palette, "heat" | "street">): Layer[] {
  const colour = colourBy(breaks, ramp) as Layer[string];
  const [hexagons, doors] = mode === "hexagons" ? ["visible", "none"] : ["none", "visible"];
  return [
    {
      id: "heat-hexagons", type: "fill", source, "source-layer": "hexagons", filter: SHOWN,
      layout: { visibility: hexagons! }, paint: { "fill-color": colour, "fill-opacity": 0.84 },
    },
    {
      id: "heat-edges", type: "line", source, "source-layer": "hexagons", filter: SHOWN,
      layout: { visibility: hexagons! }, paint: { "line-color": street, "line-width": 1.2, "line-opacity": 0.9 },
    },
    {
      id: "heat-doors", type: "circle", source, "source-layer": "doors", filter: SHOWN,
      layout: { visibility: doors!, "circle-sort-key": ["-", 0, ["get", "persons"]] },
      paint: {
        "circle-color": colour, "circle-stroke-color": "#5a1a2e", "circle-stroke-width": 1.2,
        "circle-radius": ["interpolate", ["linear"], ["sqrt", ["get", "persons"]], 1, 6, 10, 15, 30, 28],
      },
    },
  ];
}
