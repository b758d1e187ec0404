/**
 * The map, kept on this phone on a tap: the process's tiles and the program that draws them, whole or not at all.
 * The service worker answers the map from it, kept or not kept by the network's leave.
 */
import { fetchFile, headOf, type FileHead } from "@/api";

const PROGRAM = "/assets/map-files.json";

export const mapCache = (process: string) => `devanture/${process}/map`;

interface MapFile {
  file: string;
  bytes: number;
}

/** `newer`: the town's map has changed since. Bytes as they travel. */
export type MapState = { kept: false; bytes: number } | { kept: true; bytes: number; newer: boolean };

/** Undefined where this cannot be known: no network and nothing kept, or a browser that keeps nothing. */
export async function mapState(process: string, basemap: string): Promise<MapState | undefined> {
  if (!("caches" in globalThis)) return undefined;
  const kept = await caches.match(basemap, { cacheName: mapCache(process) });
  const [files, head] = await Promise.all([programFiles(), headOf(basemap)]);
  const program = sum(files);
  if (kept) return { kept: true, bytes: program + lengthOf(kept), newer: head !== undefined && head.etag !== kept.headers.get("etag") };
  return head && files.length > 0 ? { kept: false, bytes: program + head.length } : undefined;
}

/** Fetches all of it, telling how far it has come (0 to 1); rejects, with nothing half kept, where a part is missing. */
export async function keepMap(process: string, basemap: string, tell: (done: number) => void): Promise<void> {
  const [files, head] = await Promise.all([programFiles(), headOf(basemap)]);
  if (!head || files.length === 0) throw new Error("the map is out of reach");
  const all = head.length + sum(files);
  const tiles = await wholeFile(basemap, head, (bytes) => tell(bytes / all));
  const cache = await caches.open(mapCache(process));
  try {
    await keepProgram(cache, files);
    await cache.put(basemap, tiles);
  } catch (error) {
    await dropMap(process);
    throw error;
  }
  tell(1);
}

export async function dropMap(process: string): Promise<void> {
  await caches.delete(mapCache(process));
}

/** For a new version's worker: the program that its pages ask for, where the map was kept; the old one's goes. */
export async function renewProgram(process: string): Promise<void> {
  if (!(await caches.has(mapCache(process)))) return;
  const cache = await caches.open(mapCache(process));
  await keepProgram(cache, await programFiles());
}

async function keepProgram(cache: Cache, files: MapFile[]): Promise<void> {
  const names = files.map(({ file }) => file);
  const had = (await cache.keys()).map(({ url }) => new URL(url).pathname).filter((path) => path.startsWith("/assets/"));
  await cache.addAll(names.filter((name) => !had.includes(name)));
  await Promise.all(had.filter((path) => !names.includes(path)).map((path) => cache.delete(path)));
}

async function programFiles(): Promise<MapFile[]> {
  const response = await fetchFile(PROGRAM);
  return response ? ((await response.json().catch(() => [])) as MapFile[]) : [];
}

const sum = (files: MapFile[]) => files.reduce((bytes, file) => bytes + file.bytes, 0);
const lengthOf = (response: Response) => Number(response.headers.get("content-length"));

/** The tiles, checked: as long as was announced, and of the same version all along. */
async function wholeFile(path: string, head: FileHead, tell: (bytes: number) => void): Promise<Response> {
  const response = await fetchFile(path, head.length);
  if (!response?.body || response.headers.get("etag") !== head.etag) throw new Error("the map has changed meanwhile");
  const parts: Uint8Array<ArrayBuffer>[] = [];
  let bytes = 0;
  const reader = response.body.getReader();
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    parts.push(part.value);
    tell((bytes += part.value.length));
  }
  if (bytes !== head.length) throw new Error(`${bytes} of ${head.length} bytes came`);
  const headers = { "content-type": "application/vnd.pmtiles", "content-length": String(bytes), etag: head.etag };
  return new Response(new Blob(parts), { headers });
}

/** The kept tiles for a request with a range, as a server answers it; undefined where none are kept. */
export async function keptRange(process: string, request: Request): Promise<Response | undefined> {
  const kept = await caches.match(new URL(request.url).pathname, { cacheName: mapCache(process) });
  if (!kept) return undefined;
  const [whole, etag] = [await kept.blob(), kept.headers.get("etag") ?? ""];
  return sliceOf(whole, request.headers.get("range") ?? "", etag);
}

/** 206 with the bytes that `range` names (RFC 9110, 14), 416 where there are none, the whole without a range. */
export function sliceOf(whole: Blob, range: string, etag: string): Response {
  const type = "application/vnd.pmtiles";
  const [, first = "", last = ""] = /^bytes=(\d*)-(\d*)$/.exec(range) ?? [];
  if (!first && !last) return new Response(whole, { headers: { "content-type": type, etag } });
  const start = first ? Number(first) : Math.max(0, whole.size - Number(last));
  const end = first && last ? Math.min(Number(last), whole.size - 1) : whole.size - 1;
  if (start > end) return new Response(null, { status: 416, headers: { "content-range": `bytes */${whole.size}` } });
  const headers = { "content-type": type, etag, "content-range": `bytes ${start}-${end}/${whole.size}`, "content-length": String(end - start + 1) };
  return new Response(whole.slice(start, end + 1, type), { status: 206, headers });
}
