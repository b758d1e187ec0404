/** The screenshots of the manifest, under names that do not change (server/devanture/processes/homescreen.py). */
import { readdirSync, readFileSync } from "node:fs";
import type { Plugin } from "vite";

export function screenshots(folder: string): Plugin {
  return {
    name: "devanture-screenshots",
    generateBundle() {
      for (const file of readdirSync(folder)) this.emitFile({ type: "asset", fileName: `screenshot-${file}`, source: readFileSync(`${folder}/${file}`) });
    },
  };
}
