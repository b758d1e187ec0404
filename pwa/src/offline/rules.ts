/** What the outbox decides, without I/O and without a clock: TRUST.md « One meaning of accepted ». */
import type { Item, Kind, OpinionItem } from "@/offline/items";
import type { Intention, Opinion, Refusal } from "@/opinions/types";

/** What came back for one sending. `json` is absent when the body was not JSON. */
export interface Reply {
  status: number;
  contentType: string;
  json?: unknown;
  retryAfter?: string | null;
}

export type Verdict =
  | { kind: "stored"; answer: Record<string, unknown> }
  | { kind: "refused"; refusal: Refusal }
  | { kind: "keep"; stop: boolean; waitSeconds: number };

const FINAL_STATUSES = [400, 403, 404, 409, 413, 415, 422];
/** Of errors.PROBLEMS, those that a sending can meet and that no second try mends; others keep it. */
const FINAL_CODES = [
  "bad-uuid", "bad-json", "bad-opinion", "unknown-activity", "too-many-wishes", "phase-closed",
  "place-closed", "unknown-process", "unknown-place", "id-reused", "too-large", "not-json",
  "bad-sending", "bad-coordinates", "too-many-spots", "too-many-reports",
  "too-many-photos", "unknown-opinion", "photo-pixels", "photo-type", "photo-unreadable",
  "bad-address", "mail-unavailable", "too-many-mails", "too-many-follows", "push-unknown",
];
const LONGEST_WAIT_SECONDS = 300;
export const HIGHEST_SEQ = 2 ** 31 - 1;

/**
 * Judges a reply. `undefined` is no answer at all: a cut line, a redirect, an opaque response.
 * Only the server's word about that very id lets an item go; a refusal needs a code that we know,
 * since a proxy or a captive portal can also answer 403 or 404.
 */
export function judge(id: string, reply: Reply | undefined): Verdict {
  if (!reply) return { kind: "keep", stop: true, waitSeconds: 0 };
  if (isStored(id, reply)) return { kind: "stored", answer: asRecord(reply.json) };
  const refusal = finalRefusal(reply);
  if (refusal) return { kind: "refused", refusal };
  // A fault may belong to this one item, so the next may still go; a portal's page or a full server is for all.
  const stop = reply.status < 400 || (reply.status === 429 && !isOverLimit(reply)) || reply.status === 503;
  return { kind: "keep", stop, waitSeconds: retryAfterSeconds(reply.retryAfter) };
}

/** What is no opinion waits until this phone has done its sum; opinions are taken meanwhile. */
function isOverLimit(reply: Reply): boolean {
  return asRecord(reply.json)["code"] === "over-limit";
}

/** The server sets aside what is typed within three seconds after its cookie; one more, since clocks are read in turn. */
const YOUNG_SECONDS = 4;

/** Whether a cookie of so many seconds was made for words that stood here before it. */
export function isYoung(age = 0): boolean {
  return age < YOUNG_SECONDS;
}

function isStored(id: string, reply: Reply): boolean {
  if (reply.status !== 200 && reply.status !== 201) return false;
  if (!/^application\/json\b/.test(reply.contentType)) return false;
  const body = asRecord(reply.json);
  return body["id"] === id && body["status"] === "stored";
}

function finalRefusal(reply: Reply): Refusal | undefined {
  if (!/^application\/problem\+json\b/.test(reply.contentType)) return undefined;
  const { code, detail } = asRecord(reply.json);
  if (typeof code !== "string" || !FINAL_CODES.includes(code)) return undefined;
  // « Too many » is for later, unless it is about the day's mails.
  if (!FINAL_STATUSES.includes(reply.status) && !(reply.status === 429 && code === "too-many-mails")) return undefined;
  return { code, detail: typeof detail === "string" ? detail : "" };
}

function asRecord(json: unknown): Record<string, unknown> {
  return typeof json === "object" && json !== null ? (json as Record<string, unknown>) : {};
}

/** Only the form in seconds is read: the form with a date would lean on the phone's clock. */
export function retryAfterSeconds(header: string | null | undefined): number {
  return /^\d{1,6}$/.test(header ?? "") ? Number(header) : 0;
}

/** Doubles from 2 s to 5 min, spread by `luck` (0 to 1) so that phones do not return all at once. */
export function backoffSeconds(failures: number, askedSeconds: number, luck: number): number {
  const doubled = Math.min(LONGEST_WAIT_SECONDS, 2 ** Math.min(failures, 16));
  return Math.max(askedSeconds, doubled * (0.5 + luck / 2));
}

/** The number of the next sending: past everything this phone used and everything the server saw. */
export function nextSeq(used: number, serverNext: number): number {
  const seq = Math.max(used + 1, serverNext, 1);
  if (seq > HIGHEST_SEQ) throw new RangeError(`sequence number ${seq} is past ${HIGHEST_SEQ}`);
  return seq;
}

export interface Said {
  process: string;
  title: string;
  lang: string;
  person?: number;
}

/** `person` is left out of the opinion of the phone's own person: a server of before persons takes it too. */
export function makeItem(id: string, seq: number, { process, title, lang, person = 0 }: Said, intention: Intention): OpinionItem {
  const opinion: Opinion = { v: 1, ...intention, seq, ...(person > 0 ? { person } : {}) };
  return { kind: "opinion", id, process, place: intention.place, title, seq, person, opinion, attempts: 0, lang };
}

/** Never sent, so the person may still change it in place; a sent one is only ever followed by another. */
export function isReplaceable(item: Item): boolean {
  return item.attempts === 0;
}

export function isWaiting(item: Item): boolean {
  return item.refusal === undefined;
}

/**
 * Numbers again what was never sent when the server already knows higher ones: the phone had lost
 * its counter, and these would count as older than what the server holds. Order is kept.
 */
export function renumber(items: OpinionItem[], serverNext: number): OpinionItem[] {
  const unsent = items.filter((item) => isReplaceable(item) && isWaiting(item)).sort((a, b) => a.seq - b.seq);
  const first = unsent[0];
  if (!first || first.seq >= serverNext) return [];
  const highestSent = Math.max(0, ...items.filter((item) => !isReplaceable(item)).map((item) => item.seq));
  let seq = Math.max(serverNext, highestSent + 1);
  return unsent.map((item) => {
    const numbered = { ...item, seq, opinion: { ...item.opinion, seq } };
    seq += 1;
    return numbered;
  });
}

/** What undoing sends: the person's earlier words at that place, or a withdrawal when there were none. */
export function undoing(place: string, before: Opinion | undefined): Intention {
  if (!before || before.withdraw) return { place, withdraw: true };
  const { v: _version, seq: _seq, person: _person, ...words } = before;
  return words;
}

/** A mark before the words that name it, words before pictures: an opinion never waits for its photo. */
const TURNS: Record<Kind, number> = { spot: 0, opinion: 1, residence: 2, report: 3, follow: 4, photo: 5 };

/** Words and pictures leave by two ways, so that a slow upload holds no word back. */
export type Lane = "words" | "photos";

export function laneOf(item: Item): Lane {
  return item.kind === "photo" ? "photos" : "words";
}

export function inTurn(items: Item[]): Item[] {
  return [...items].sort((a, b) => a.process.localeCompare(b.process) || TURNS[a.kind] - TURNS[b.kind] || a.seq - b.seq);
}

/** Whether `item` makes sense to the server only once it has `other`: the mark it names, the opinion of a photo. */
export function follows(item: Item, other: Item): boolean {
  if (item.kind === "photo" && item.of === other.id) return true;
  return other.kind === "spot" && item.id !== other.id && item.place === other.id;
}

export function isHeld(item: Item, items: Item[]): boolean {
  return items.some((other) => isWaiting(other) && follows(item, other));
}

/** The next to try by one way, of those not tried yet in this run. */
export function nextToSend(items: Item[], lane: Lane, tried: Set<string>): Item | undefined {
  return inTurn(items).find((item) => laneOf(item) === lane && isWaiting(item) && !tried.has(item.id) && !isHeld(item, items));
}
