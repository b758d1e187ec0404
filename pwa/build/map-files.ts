/** Lists what the live map loads beyond a page's own files, so that a phone may keep it for a walk without a network. */
import { gzipSync } from "node:zlib";
import type { Plugin } from "vite";
import { firstLoad } from "./budgets.ts";

type Bundle = Parameters<typeof firstLoad>[0];

const WITH_EVERY_PAGE = ["walk"];

export interface MapFile {
  file: string;
  /** As they travel, after gzip. */
  bytes: number;
}

/** The map's chunk with its imports and styles, and the library's worker, without what every page has. */
export function mapFiles(bundle: Bundle): MapFile[] {
  const chunks = Object.values(bundle).filter((output) => output.type === "chunk");
  const live = chunks.find(({ facadeModuleId }) => facadeModuleId?.endsWith("/src/map/live.ts"));
  const pages = chunks.filter(({ isEntry, name }) => isEntry && WITH_EVERY_PAGE.includes(name));
  const have = new Set(pages.flatMap(({ fileName }) => [...firstLoad(bundle, fileName)]));
  const needed = live ? [...firstLoad(bundle, live.fileName)] : [];
  const workers = Object.keys(bundle).filter((file) => /^maplibre-gl-worker-.*\.js$/.test(file));
  return [...new Set([...needed, ...workers])].filter((file) => !have.has(file)).sort().map((file) => ({ file: `/assets/${file}`, bytes: weightOf(bundle, file) }));
}

function weightOf(bundle: Bundle, file: string): number {
  const output = bundle[file];
  return output ? gzipSync(output.type === "chunk" ? output.code : output.source).length : 0;
}

export function mapList(): Plugin {
  return {
    name: "devanture-map-files",
    enforce: "post",
    generateBundle(_options, bundle) {
      const files = mapFiles(bundle);
      if (files.length < 3) this.error("the live map's chunk, style and worker were not found");
      this.emitFile({ type: "asset", fileName: "map-files.json", source: JSON.stringify(files) });
    },
  };
}
