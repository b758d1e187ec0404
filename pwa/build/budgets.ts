/** The first screen's weight: a build over budget fails. */
import { gzipSync } from "node:zlib";
import type { Plugin, Rolldown } from "vite";

export const BUDGETS = { js: 60_000, css: 20_000 };

type Bundle = Record<string, Rolldown.OutputChunk | Rolldown.OutputAsset>;
export interface Weight {
  js: number;
  css: number;
}

/** The files that an entry loads by itself: its static imports, not what waits for a tap. */
export function firstLoad(bundle: Bundle, entry: string, seen = new Set<string>()): Set<string> {
  const chunk = bundle[entry];
  if (seen.has(entry) || chunk?.type !== "chunk") return seen;
  seen.add(entry);
  for (const sheet of chunk.viteMetadata?.importedCss ?? []) seen.add(sheet);
  for (const file of chunk.imports) firstLoad(bundle, file, seen);
  return seen;
}

/** Bytes after gzip. */
export function weigh(bundle: Bundle, files: Iterable<string>): Weight {
  const weight: Weight = { js: 0, css: 0 };
  for (const file of files) {
    const output = bundle[file];
    if (!output) continue;
    const size = gzipSync(output.type === "chunk" ? output.code : output.source).length;
    if (file.endsWith(".css")) weight.css += size;
    else weight.js += size;
  }
  return weight;
}

export function overBudget(name: string, weight: Weight): string[] {
  return (["js", "css"] as const)
    .filter((kind) => weight[kind] > BUDGETS[kind])
    .map((kind) => `${name}: ${weight[kind]} bytes of ${kind} (gzip), the budget is ${BUDGETS[kind]}`);
}

export function budgets(): Plugin {
  return {
    name: "devanture-budgets",
    enforce: "post",
    generateBundle(_options, bundle) {
      const entries = Object.values(bundle).filter((output) => output.type === "chunk" && output.isEntry);
      for (const { fileName } of entries) {
        const weight = weigh(bundle, firstLoad(bundle, fileName));
        this.info(`${fileName}: ${weight.js} B js, ${weight.css} B css (gzip)`);
        const faults = overBudget(fileName, weight);
        if (faults.length > 0) this.error(faults.join("\n"));
      }
    },
  };
}
