/** Two SVG sprites from src/ui/icons: the interface's (Lucide) and the shops'. A symbol's id is the file's name. */
import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import type { Plugin } from "vite";

/** One icon as a symbol; width and height go, so that the page's CSS gives the size. */
export function symbol(name: string, svg: string): string {
  const found = /<svg\b([^>]*)>([\s\S]*)<\/svg>/.exec(svg);
  if (!found) throw new Error(`${name}.svg holds no <svg> element`);
  const [, attributes = "", body = ""] = found;
  if (!/viewBox="/.test(attributes)) throw new Error(`${name}.svg has no viewBox`);
  const kept = [...attributes.matchAll(/\b(viewBox|fill|stroke(?:-[a-z]+)?)="[^"]*"/g)].map(([text]) => text);
  return `<symbol id="${name}" ${kept.join(" ")}>${shorten(body)}</symbol>`;
}

/** Two decimals are below what a 15 px grid shows on any screen, and halve the sprite; digits are cut, not rounded,
 * since arc flags stand glued to the number after them. */
export function shorten(body: string): string {
  return body.replace(/(\.\d\d)\d+/g, "$1").replace(/\s*\n\s*/g, "").trim();
}

const OF_INTERFACE = /^lucide-/;

/** `icons.svg` is small and on every page; `shops.svg` is twenty times as heavy, for pages that name shops. */
export function spritesOf(folder: string): Record<string, string> {
  const files = readdirSync(folder).filter((file) => file.endsWith(".svg")).sort();
  return {
    "icons.svg": drawn(folder, files.filter((file) => OF_INTERFACE.test(file))),
    "shops.svg": drawn(folder, files.filter((file) => !OF_INTERFACE.test(file))),
  };
}

function drawn(folder: string, files: string[]): string {
  const symbols = files.map((file) => symbol(basename(file, ".svg"), readFileSync(join(folder, file), "utf8")));
  return `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join("\n")}</svg>\n`;
}

export function sprite(folder: string): Plugin {
  return {
    name: "devanture-sprite",
    generateBundle() {
      for (const [fileName, source] of Object.entries(spritesOf(folder))) this.emitFile({ type: "asset", fileName, source });
    },
  };
}
