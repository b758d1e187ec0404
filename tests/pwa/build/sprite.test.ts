import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { shorten, spritesOf, symbol } from "#build/sprite.ts";

test("an icon becomes a symbol named after its file, without its own size", () => {
  const svg = '<svg xmlns="http://www.w3.org/2000/svg" width="24" height="24" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2">\n  <path d="M1 2"/>\n</svg>';
  expect(symbol("lucide-x", svg)).toBe('<symbol id="lucide-x" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2"><path d="M1 2"/></symbol>');
});

test("an icon without a viewBox is named", () => {
  expect(() => symbol("odd", "<svg><path/></svg>")).toThrow("odd.svg has no viewBox");
});

test("decimals are cut so that arc flags glued to a number stay whole", () => {
  expect(shorten("a1.23456 1 0 01.98765.5-.123")).toBe("a1.23 1 0 01.98.5-.12");
});

test("the shops' icons stand apart, so that a page without shops stays light", () => {
  const sprites = spritesOf(fileURLToPath(new URL("../../../pwa/src/ui/icons", import.meta.url)));
  expect(Object.keys(sprites)).toEqual(["icons.svg", "shops.svg"]);
  expect(sprites["icons.svg"]).not.toMatch(/id="(?!lucide-)/);
  expect(sprites["shops.svg"]).not.toContain('id="lucide-');
  expect(gzipSync(sprites["icons.svg"]!).length).toBeLessThan(4_000);
});
