import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";
import { messages } from "./build/messages.ts";
import { catalogues } from "./build/paths.ts";

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** The tests live under tests/pwa, outside this package: they import only `@/…`, and globals of vitest. */
export default defineConfig({
  root: at(".."),
  server: { fs: { allow: [at("..")] } },
  resolve: { alias: { "@": at("src"), "#build": at("build") } },
  oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
  plugins: [messages(at("src"), catalogues)],
  test: {
    globals: true,
    include: ["tests/pwa/**/*.test.{ts,tsx}"],
    setupFiles: [at("vitest.setup.ts")],
    environment: "node",
    maxWorkers: 2,
  },
});
