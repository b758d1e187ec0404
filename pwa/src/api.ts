/** The one file that calls `fetch`: every word that the phone exchanges with the server. */
import type { Challenge, Solution } from "altcha-lib/types";
import type { Item, PhotoItem, Picture } from "@/offline/items";
import type { Reply } from "@/offline/rules";
import type { Opinion } from "@/opinions/types";
import type { Pack } from "@/places/types";

/** Longer than the server takes to give up (TRUST.md: 2 s for a connection, 5 s for a statement). */
const PATIENCE_MS = 12_000;

/** What this voter already said, as the server holds it. */
export interface Voter {
  next_seq: number;
  /** The one question about the person was answered: on this phone or, before it lost its storage, on it too. */
  residence_answered?: boolean;
  /** Many phones came from this network within the hour: a sum is asked of this one. */
  puzzle?: boolean;
  /** Seconds since its cookie was made: 0 when this very answer brought it. */
  age?: number;
  current: { place: string; seq: number; id: string; day: string; opinion: Opinion; receipt?: string }[];
}

/** One request; undefined when there was no answer of the server: a cut line, a redirect, an opaque reply. */
async function ask(path: string, options: RequestInit): Promise<Response | undefined> {
  const defaults: RequestInit = { credentials: "same-origin", redirect: "manual", cache: "no-store" };
  try {
    const response = await fetch(path, { ...defaults, signal: AbortSignal.timeout(PATIENCE_MS), ...options });
    return response.type === "basic" || response.type === "default" ? response : undefined;
  } catch {
    return undefined;
  }
}

async function readJson(response: Response): Promise<unknown> {
  try {
    return await response.json();
  } catch {
    return undefined;
  }
}

/** A slow network carries 10 kB in a second, an edge of town less: a picture is given the time that it needs. */
const SLOWEST_BYTES_PER_MS = 10;

/** One sending on its way; a photo's `picture` is its body, else it is the item's own words. */
export async function send(item: Item, picture?: Picture, waited = false): Promise<Reply | undefined> {
  const { process, kind, id, lang } = item;
  const options = item.kind === "photo" ? pictureOf(item, picture) : wordsOf(item.kind === "opinion" ? item.opinion : item.body, waited);
  const query = item.kind === "photo" ? `&place=${encodeURIComponent(item.place)}&opinion=${item.of}` : "";
  const response = await ask(`/api/v1/${process}/${kind}s/${id}?lang=${lang}${query}`, { method: "PUT", ...options });
  if (!response) return undefined;
  return {
    status: response.status,
    contentType: response.headers.get("content-type") ?? "",
    json: await readJson(response),
    retryAfter: response.headers.get("retry-after"),
  };
}

function wordsOf(body: object, waited = false): RequestInit {
  const headers = { "content-type": "application/json", accept: "application/json", ...(waited ? { "devanture-waited": "1" } : {}) };
  return { headers, body: JSON.stringify(body) };
}

function pictureOf({ type, size }: PhotoItem, picture: Picture | undefined): RequestInit {
  const signal = AbortSignal.timeout(PATIENCE_MS + Math.ceil(size / SLOWEST_BYTES_PER_MS));
  return { headers: { "content-type": type, accept: "application/json" }, body: picture?.bytes ?? null, signal };
}

/** Puts the voter's cookie in hand; undefined when the server did not answer as the server does. */
export async function askVoter(process: string): Promise<Voter | undefined> {
  const response = await ask(`/api/v1/${process}/voter`, { method: "POST" });
  if (!response?.ok) return undefined;
  const voter = (await readJson(response)) as Voter | undefined;
  return Number.isSafeInteger(voter?.next_seq) && Array.isArray(voter?.current) ? voter : undefined;
}

/** What the server says about a proof: in words of its own where it says no. */
export interface ProofAnswer {
  status?: "proven" | "sent";
  detail?: string;
}

/** Shows that it is really oneself; undefined when the server is out of reach. */
export async function prove(process: string, lang: string, means: string, value: string): Promise<ProofAnswer | undefined> {
  const response = await ask(`/api/v1/${process}/proof?lang=${lang}`, { method: "POST", ...wordsOf({ v: 1, means, value }) });
  return response && ((await readJson(response)) as ProofAnswer | undefined);
}

/** The sum to do, null when none is needed any more; undefined when out of reach. */
export async function askPuzzle(process: string): Promise<Challenge | null | undefined> {
  const response = await ask(`/api/v1/${process}/puzzle`, {});
  const answer = response?.ok ? ((await readJson(response)) as { challenge?: Challenge | null } | undefined) : undefined;
  return answer?.challenge;
}

/** Whether the server took the solution. */
export async function handInPuzzle(process: string, challenge: Challenge, { counter, derivedKey }: Solution): Promise<boolean> {
  const solved = { v: 1, challenge, solution: { counter, derivedKey } };
  const response = await ask(`/api/v1/${process}/puzzle`, { method: "POST", ...wordsOf(solved) });
  const answer = response?.ok ? ((await readJson(response)) as { status?: unknown } | undefined) : undefined;
  return answer?.status === "solved";
}

/** What stays after an erasure: nothing, or what was counted before the consultation closed. */
export type Stays = "nothing" | "counted";

/** Has the server erase all that this phone said; undefined when it did not say that it did. `follows` are secret words. */
export async function askErasure(process: string, follows: string[]): Promise<Stays | undefined> {
  const response = await ask(`/api/v1/${process}/erasure`, { method: "POST", ...wordsOf({ v: 1, follows }) });
  const answer = response?.ok ? ((await readJson(response)) as { status?: unknown; stays?: unknown } | undefined) : undefined;
  if (answer?.status !== "erased") return undefined;
  return answer.stays === "counted" ? "counted" : "nothing";
}

export interface Fetched {
  etag: string;
  pack: Pack;
}

/** The pack when it is newer than `etag`; undefined when it is the same or out of reach. */
export async function fetchPack(process: string, lang: string, etag: string): Promise<Fetched | undefined> {
  const headers: Record<string, string> = etag ? { "if-none-match": etag } : {};
  const response = await ask(`/api/v1/${process}/pack?lang=${lang}`, { headers });
  if (!response?.ok) return undefined;
  const pack = (await readJson(response)) as Pack | undefined;
  if (!Array.isArray(pack?.places)) return undefined;
  return { etag: response.headers.get("etag") ?? "", pack };
}

/** The streets' own answer when it is newer than `etag`; undefined when it is the same or out of reach. */
export async function fetchStreets(path: string, etag: string): Promise<Response | undefined> {
  const response = await ask(path, { headers: etag ? { "if-none-match": etag } : {} });
  const json = /^application\/json\b/.test(response?.headers.get("content-type") ?? "");
  return response?.ok && json ? response : undefined;
}

export interface FileHead {
  /** Bytes. */
  length: number;
  etag: string;
}

/** How long a file of this site is, and which version; undefined when out of reach. */
export async function headOf(path: string): Promise<FileHead | undefined> {
  const response = await ask(path, { method: "HEAD" });
  const [length, etag] = [Number(response?.headers.get("content-length")), response?.headers.get("etag")];
  return response?.ok && length > 0 && etag ? { length, etag } : undefined;
}

/** A file of this site, given the time that a slow network needs for so many bytes; undefined when out of reach. */
export async function fetchFile(path: string, bytes = 0): Promise<Response | undefined> {
  const response = await ask(path, { signal: AbortSignal.timeout(PATIENCE_MS + Math.ceil(bytes / SLOWEST_BYTES_PER_MS)) });
  return response?.ok ? response : undefined;
}

/** For the service worker: a request as the page made it, given up after `patience` milliseconds. */
export function passOn(request: Request, patience = 0): Promise<Response> {
  return patience > 0 ? fetch(request, { signal: AbortSignal.timeout(patience) }) : fetch(request);
}

/**
 * A page that brings no voter's cookie: a phone that has this worker asks for that apart, one at a time. A page on its
 * way could otherwise put another voter in the place of the one that has just answered.
 */
export function withoutCookie(request: Request): Request {
  const headers = new Headers(request.headers);
  headers.set("devanture-worker", "1");
  return new Request(request, { headers });
}

/** The server's thank-you page: the neighbours' figures in its own words, for this person of the phone; undefined when out of reach. */
export async function fetchThanks(process: string, place: string, person: number): Promise<string | undefined> {
  const response = await ask(`/${process}/lieux/${place}/merci${person ? `?personne=${person}` : ""}`, { headers: { accept: "text/html" } });
  if (!response?.ok) return undefined;
  return response.text();
}
