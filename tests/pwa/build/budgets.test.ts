import { randomBytes } from "node:crypto";
import { BUDGETS, firstLoad, overBudget, weigh } from "#build/budgets.ts";
import { precached, versionOf } from "#build/service-worker.ts";

type Bundle = Parameters<typeof firstLoad>[0];

function chunk(fileName: string, imports: string[], dynamicImports: string[] = [], size = 10, isEntry = false) {
  const code = randomBytes(size).toString("base64");
  return { type: "chunk", fileName, imports, dynamicImports, isEntry, code, viteMetadata: { importedCss: new Set([`${fileName}.css`]) } };
}

const bundle = {
  "walk.js": chunk("walk.js", ["shared.js"], ["map.js", "sheet.js"], 10, true),
  "sheet.js": chunk("sheet.js", ["shared.js"]),
  "shared.js": chunk("shared.js", []),
  "map.js": chunk("map.js", ["shared.js"], [], 900_000),
  "walk.js.css": { type: "asset", fileName: "walk.js.css", source: "a{}" },
  "font.woff2": { type: "asset", fileName: "font.woff2", source: "font" },
  "icon-512.png": { type: "asset", fileName: "icon-512.png", source: "png" },
} as unknown as Bundle;

test("the first load follows static imports and leaves out what waits for a tap", () => {
  expect([...firstLoad(bundle, "walk.js")]).toEqual(["walk.js", "walk.js.css", "shared.js", "shared.js.css"]);
});

test("a first screen over budget is named with its weight", () => {
  const heavy = { "walk.js": chunk("walk.js", [], [], 90_000, true) } as unknown as Bundle;
  const weight = weigh(heavy, firstLoad(heavy, "walk.js"));
  expect(weight.js).toBeGreaterThan(BUDGETS.js);
  expect(overBudget("walk.js", weight)).toEqual([`walk.js: ${weight.js} bytes of js (gzip), the budget is 60000`]);
  expect(overBudget("walk.js", weigh(bundle, firstLoad(bundle, "walk.js")))).toEqual([]);
});

test("an offline start keeps entries, the sheets that load on a tap, styles and fonts, never the map library", () => {
  const files = precached(bundle);
  expect(files).toContain("walk.js");
  expect(files).toContain("sheet.js");
  expect(files).toContain("sheet.js.css");
  expect(files).toContain("font.woff2");
  expect(files).not.toContain("map.js");
  expect(files).not.toContain("icon-512.png");
});

test("the version changes with the content of a precached file", () => {
  const changed = { ...bundle, "font.woff2": { type: "asset", fileName: "font.woff2", source: "another" } } as unknown as Bundle;
  const files = precached(bundle);
  expect(versionOf(bundle, files)).toBe(versionOf({ ...bundle }, files));
  expect(versionOf(changed, files)).not.toBe(versionOf(bundle, files));
});
