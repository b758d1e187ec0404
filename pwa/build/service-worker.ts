/** Builds sw.js beside the pages: one classic script, told what the first screen needs. */
import { createHash } from "node:crypto";
import { build, type Plugin, type Rolldown } from "vite";
import { firstLoad } from "./budgets.ts";

type Bundle = Parameters<typeof firstLoad>[0];

/** What an offline start needs: the entries with their styles, the fonts and the icons; never the map library. */
export function precached(bundle: Bundle): string[] {
  const entries = Object.values(bundle).filter((output) => output.type === "chunk" && output.isEntry);
  const loaded = entries.flatMap(({ fileName }) => [...firstLoad(bundle, fileName)]);
  const still = Object.keys(bundle).filter((file) => /\.woff2$|^(icons|shops)\.svg$|^icon\.svg$/.test(file));
  return [...new Set([...loaded, ...still])].sort();
}

/** Changes with the content of any listed file. */
export function versionOf(bundle: Bundle, files: string[]): string {
  const hash = createHash("sha256");
  for (const file of files) {
    const output = bundle[file];
    if (output) hash.update(file).update(output.type === "chunk" ? output.code : output.source);
  }
  return hash.digest("hex").slice(0, 10);
}

/** Written once the pages are, beside them, so that a build that fails or goes elsewhere leaves no stray worker. */
export function serviceWorker(entry: string, alias: Record<string, string>): Plugin {
  return {
    name: "devanture-service-worker",
    enforce: "post",
    apply: "build",
    async writeBundle({ dir }, bundle) {
      const files = precached(bundle);
      const define = {
        __VERSION__: JSON.stringify(versionOf(bundle, files)),
        __PRECACHE__: JSON.stringify(files.map((file) => `/assets/${file}`)),
      };
      await build({ configFile: false, logLevel: "warn", define, resolve: { alias }, build: scriptOptions(entry, dir ?? "dist") });
    },
  };
}

function scriptOptions(input: string, outDir: string) {
  const output: Rolldown.OutputOptions = { format: "iife", entryFileNames: "sw.js" };
  return { outDir, emptyOutDir: false, copyPublicDir: false, rolldownOptions: { input, output } };
}
