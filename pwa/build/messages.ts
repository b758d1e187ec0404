/** The phone's words: only the messages that its code names, out of the same catalogues as the server's. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Plugin } from "vite";
import { parsePo, type Messages } from "./po.ts";

const CALL = /\b(?:_|ngettext)\(\s*("(?:[^"\\]|\\.)*")/g;
const MODULE = "virtual:messages";

/** The msgids that one source file asks for: the first argument of `_()` and `ngettext()`. */
export function idsIn(source: string): string[] {
  return [...source.matchAll(CALL)].map(([, literal]) => JSON.parse(literal ?? '""') as string);
}

export function idsUnder(folder: string): string[] {
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((file) => /\.tsx?$/.test(file));
  return [...new Set(files.flatMap((file) => idsIn(readFileSync(join(folder, file), "utf8"))))].sort();
}

/** The chosen messages; English is the source language, so only French needs a catalogue. */
export function choose(ids: string[], catalogues: Messages[]): Messages {
  const known = Object.assign({}, ...catalogues) as Messages;
  const missing = ids.filter((id) => !(id in known));
  if (missing.length > 0) throw new Error(`no French for: ${missing.join(" | ")}`);
  return Object.fromEntries(ids.map((id) => [id, known[id]!]));
}

/** `catalogues` are .po files, later ones winning; a missing file is an error with its name. */
export function messagesOf(sources: string, catalogues: string[]): Messages {
  const read = catalogues.map((file) => {
    if (!existsSync(file)) throw new Error(`catalogue ${file} is missing`);
    return parsePo(readFileSync(file, "utf8"));
  });
  return choose(idsUnder(sources), read);
}

export function messages(sources: string, catalogues: string[]): Plugin {
  return {
    name: "devanture-messages",
    resolveId: (id) => (id === MODULE ? `\0${MODULE}` : undefined),
    load: (id) => (id === `\0${MODULE}` ? `export default ${JSON.stringify(messagesOf(sources, catalogues))}` : undefined),
  };
}
