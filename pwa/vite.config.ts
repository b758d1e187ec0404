import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";
import { appIcons } from "./build/app-icons.ts";
import { budgets } from "./build/budgets.ts";
import { mapList } from "./build/map-files.ts";
import { messages } from "./build/messages.ts";
import { catalogues } from "./build/paths.ts";
import { screenshots } from "./build/screenshots.ts";
import { serviceWorker } from "./build/service-worker.ts";
import { sprite } from "./build/sprite.ts";

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));

const alias = { "@": at("src") };
const entries = ["walk", "results", "desk"].map((name) => at(`src/entries/${name}.ts`));

/** Everything lands flat in dist/, which the server mounts at /assets/; hashed names may be cached for ever. */
export default defineConfig({
  base: "/assets/",
  publicDir: false,
  resolve: { alias },
  oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
  worker: { format: "es" },
  plugins: [
    sprite(at("src/ui/icons")),
    appIcons(),
    screenshots(at("screenshots")),
    messages(at("src"), catalogues),
    budgets(),
    mapList(),
    serviceWorker(at("src/sw/sw.ts"), alias),
  ],
  build: {
    outDir: at("dist"),
    assetsDir: "",
    assetsInlineLimit: 0,
    emptyOutDir: true,
    manifest: true,
    target: "es2022",
    modulePreload: { polyfill: false },
    rolldownOptions: { input: entries },
    chunkSizeWarningLimit: 1200,
  },
});
