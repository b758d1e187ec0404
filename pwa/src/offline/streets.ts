/** The town's streets and house numbers: fetched when a search or a mark first needs them, then kept. */
import { fetchStreets } from "@/api";
import type { Street } from "@/places/search";

const KEPT = "devanture-streets";

/** The newest that can be had: the network's, else the kept ones, else none. */
export async function streetsOf(process: string): Promise<Street[]> {
  const path = `/api/v1/${process}/streets`;
  const cache = "caches" in globalThis ? await caches.open(KEPT).catch(() => undefined) : undefined;
  const kept = await cache?.match(path);
  const fetched = await fetchStreets(path, kept?.headers.get("etag") ?? "");
  if (fetched) await cache?.put(path, fetched.clone()).catch(() => undefined);
  const read = (await (fetched ?? kept)?.json().catch(() => undefined)) as { streets?: Street[] } | undefined;
  return read?.streets ?? [];
}
