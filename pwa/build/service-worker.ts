/** Builds sw.js beside the pages: one classic script, told what the first screen needs. */
import { createHash } from "node:crypto";
import { build, type Plugin, type Rolldown } from "vite";
import { firstLoad, weigh } from "./budgets.ts";

type Bundle = Parameters<typeof firstLoad>[0];

/** Bytes after gzip, with all that it imports: a sheet that loads on a tap is lighter, the map is not. */
const LIGHT = 100_000;

/** What a walk offline needs: the entries and the light parts that load on a tap, with styles, fonts and icons. */
export function precached(bundle: Bundle): string[] {
  const begins = Object.values(bundle).filter((output) => output.type === "chunk" && (output.isEntry || isLight(bundle, output.fileName)));
  const loaded = begins.flatMap(({ fileName }) => [...firstLoad(bundle, fileName)]);
  const still = Object.keys(bundle).filter((file) => /\.woff2$|^(icons|shops)\.svg$|^icon\.svg$/.test(file));
  return [...new Set([...loaded, ...still])].sort();
}

function isLight(bundle: Bundle, file: string): boolean {
  const { js } = weigh(bundle, firstLoad(bundle, file));
  return js < LIGHT;
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
