/** The process's pack, kept on the phone: the words, the places and the shops for a walk without a network. */
import { fetchPack } from "@/api";
import { database, write } from "@/offline/db";
import type { Pack } from "@/places/types";

const keyOf = (process: string, lang: string) => `${process}/${lang}`;

/** The kept pack, in this language or else in the other: old words are better than none. */
export async function keptPack(process: string, lang: string): Promise<Pack | undefined> {
  const db = await database();
  const languages = lang === "fr" ? ["fr", "en"] : ["en", "fr"];
  for (const one of languages) {
    const kept = await db.get("packs", keyOf(process, one));
    if (kept) return kept.pack;
  }
  return undefined;
}

let asked: Promise<unknown> = Promise.resolve();

/** Asks whether the pack has changed, and keeps the new one; the kept one stays when nobody answers. */
export function refreshPack(process: string, lang: string): Promise<Pack | undefined> {
  const asking = fetchAndKeep(process, lang);
  asked = asking.catch(() => undefined);
  return asking;
}

/** For who was faster than the first pack: what is kept once it has come. */
export const packOnceAsked = (process: string, lang: string): Promise<Pack | undefined> => asked.then(() => keptPack(process, lang));

async function fetchAndKeep(process: string, lang: string): Promise<Pack | undefined> {
  const key = keyOf(process, lang);
  const etag = (await (await database()).get("packs", key))?.etag ?? "";
  const fetched = await fetchPack(process, lang, etag);
  if (!fetched) return undefined;
  await write(["packs"], (tx) => tx.objectStore("packs").put({ key, ...fetched }));
  return fetched.pack;
}
