import { breaksOf, coloursFor, legendWords } from "@/heatmap/classes";
import { colourBy, heatLayers } from "@/heatmap/layers";
import { basemapStyle, FIRST_LABEL } from "@/map/style";
import type { Palette } from "@/map/palette";

const RAMP = ["1", "2", "3", "4", "5"];

test("five classes rise from the lowest count in widening steps, rounded to what can be said", () => {
  expect(breaksOf([5, 7, 9, 13, 18, 24, 37, 58, 96, 143])).toEqual([5, 15, 40, 70, 100]);
  expect(breaksOf([507, 527, 900, 910, 2211])).toEqual([500, 680, 970, 1300, 1700]);
});

test("every count falls into a class", () => {
  for (const counts of [[1, 2], [37, 38, 39], [11, 500], [999, 1001]]) expect(breaksOf(counts)[0]).toBeLessThanOrEqual(Math.min(...counts));
});

test("few different counts give few classes, and none of them twice", () => {
  expect(breaksOf([3, 3, 3])).toEqual([3]);
  expect(breaksOf([0, 0])).toEqual([]);
  expect(breaksOf([1, 2, 3])).toEqual([1, 2]);
});

test("the highest class is the strongest whatever their number", () => {
  expect(coloursFor([1], RAMP)).toEqual(["5"]);
  expect(coloursFor([1, 2], RAMP)).toEqual(["1", "5"]);
  expect(coloursFor([1, 2, 3, 4, 5], RAMP)).toEqual(RAMP);
});

test("the last step of the key is open", () => {
  expect(legendWords([5, 60], String)).toEqual(["5", "60\u202f+"]);
});

test("a colour is chosen by persons, each break once", () => {
  expect(colourBy([5, 12], RAMP)).toEqual(["step", ["get", "persons"], "1", 12, "5"]);
  expect(colourBy([], RAMP)).toBe("transparent");
});

test("doors and hexagons are never shown together", () => {
  const shown = (mode: "doors" | "hexagons") => heatLayers("heat", mode, [1], { heat: ["1", "2", "3", "4", "5"], street: "#fff" }).map(({ id, layout }) => [id, (layout as { visibility: string }).visibility]);
  expect(shown("doors")).toEqual([["heat-hexagons", "none"], ["heat-edges", "none"], ["heat-doors", "visible"]]);
  expect(shown("hexagons")).toEqual([["heat-hexagons", "visible"], ["heat-edges", "visible"], ["heat-doors", "none"]]);
});

test("the basemap asks for no glyphs, draws all labels last, and begins them where the heat ends", () => {
  const palette = { ground: "g", street: "s", building: "b", shop: "h", water: "w", green: "n", label: "l", heat: RAMP } as unknown as Palette;
  const style = basemapStyle("https://town.example/basemaps/a.pmtiles", palette);
  expect(style).not.toHaveProperty("glyphs");
  const types = style.layers.map(({ type }) => type);
  const first = style.layers.findIndex(({ id }) => id === FIRST_LABEL);
  expect(types.slice(0, first)).not.toContain("symbol");
  expect(new Set(types.slice(first))).toEqual(new Set(["symbol"]));
});
