import { existsSync, readdirSync, readFileSync } from "node:fs";

const PWA = new URL("../../../pwa/", import.meta.url).pathname;
const files = readdirSync(`${PWA}src`, { recursive: true, encoding: "utf8" }).filter((file) => /\.tsx?$/.test(file));
const source = (file: string) => readFileSync(`${PWA}src/${file}`, "utf8");
const holding = (pattern: RegExp) => files.filter((file) => pattern.test(source(file)));

test("one file imports the map library", () => {
  expect(holding(/from "(maplibre-gl|pmtiles)|import\("(maplibre-gl|pmtiles)/)).toEqual(["map/maplibre.ts"]);
});

test("one file calls fetch", () => {
  expect(holding(/(?<![\w.])fetch\(|XMLHttpRequest|sendBeacon/)).toEqual(["api.ts"]);
});

test("one file opens IndexedDB", () => {
  expect(holding(/from "idb"|indexedDB\b/)).toEqual(["offline/db.ts"]);
});

test("the rules of the outbox have neither I/O nor a clock", () => {
  expect(source("offline/rules.ts")).not.toMatch(/import (?!type)|Date|Math\.random|await|navigator|performance/);
});

test("the service worker's own code stays under 100 lines", () => {
  const code = files.filter((file) => file.startsWith("sw/")).flatMap((file) => source(file).split("\n"));
  expect(code.filter((line) => line.trim() && !/^\s*(\/\/|\/?\*)/.test(line)).length).toBeLessThan(100);
});

test("no file passes 400 lines", () => {
  expect(files.filter((file) => source(file).split("\n").length > 400)).toEqual([]);
});

test("nothing is written as inline style or HTML text, which the policy of the server forbids", () => {
  expect(holding(/style=\{|innerHTML|setAttribute\("style"/)).toEqual([]);
});

test("every icon that the phone names is in the sprite", () => {
  const named = files.flatMap((file) => [...source(file).matchAll(/"((?:lucide|maki|temaki)-[a-z0-9_-]+)"/g)].map(([, name]) => name));
  expect(named.filter((name) => !existsSync(`${PWA}src/ui/icons/${name}.svg`))).toEqual([]);
});

test("the lock file names no host", () => {
  const lock = JSON.parse(readFileSync(`${PWA}package-lock.json`, "utf8")) as { packages: Record<string, { resolved?: string }> };
  expect(Object.values(lock.packages).filter((entry) => entry.resolved)).toEqual([]);
});

test("a look for the mouse over something is for a mouse: on a touched screen it would stay", () => {
  const sheets = readdirSync(`${PWA}src`, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".css"));
  const lines = sheets.flatMap((file) => source(file).split("\n").map((line) => `${file}: ${line}`));
  expect(lines.filter((line) => line.includes(":hover")).length).toBeGreaterThan(5);
  expect(lines.filter((line) => line.includes(":hover") && !line.includes("@media (hover: hover)"))).toEqual([]);
});
