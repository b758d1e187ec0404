/**
 * The queue of intentions: what the person said and the server has not yet taken.
 *
 * An opinion is kept with `say`, anything else with `keep`; both resolve once it is safe on the disk and never
 * before. `sendSoon` (offline/schedule) then sends it, now or when the network is back. Reading: `list` (what
 * waits or was refused), `mine` (this person's opinions), `answered` (the server's word about the other kinds).
 */
import { database, write, type Transaction } from "@/offline/db";
import { ALL, count, placeNow, remove } from "@/offline/inside";
import type { Answered, Item, PhotoItem, Picture, WordItem } from "@/offline/items";
import { announce } from "@/offline/news";
import { speaking } from "@/offline/persons";
import { follows, inTurn, isReplaceable, isWaiting } from "@/offline/rules";
import { uuid4 } from "@/offline/uuid";
import type { Refusal } from "@/opinions/types";

export { everyone, learn, mine, say, undo, type Said, type Words } from "@/offline/said";

interface About {
  process: string;
  lang: string;
  /** The place in words, for the queue. */
  title: string;
  /** Its reference, or the id of the mark that makes it; left out where the sending is about no place. */
  place?: string;
}

/** `body` goes as it stands, as docs/api.md defines it for its kind. */
export interface WordSending extends About {
  kind: WordItem["kind"];
  body: Record<string, unknown>;
}

/** `opinion` is the id of the sending that the photo was added to. */
export interface PhotoSending extends About {
  kind: "photo";
  place: string;
  picture: Blob;
  thumb?: Blob;
  opinion: string;
}

/**
 * Keeps a sending of any other kind than an opinion; the promise resolves once it is safe on the disk. Rejects
 * with a `QuotaExceededError` when the phone is full: nothing was kept then, and nothing of before is lost.
 */
export async function keep(sending: WordSending | PhotoSending): Promise<Item> {
  const { process, lang, title, place = "" } = sending;
  const [picture, thumb] = sending.kind === "photo" ? await Promise.all([sending.picture, sending.thumb].map(read)) : [];
  const item = await write(ALL, async (tx) => {
    const about = { id: uuid4(), process, lang, title, place: await placeNow(tx, place), attempts: 0 };
    const numbered = { ...about, person: speaking.value, seq: await count(tx, process) };
    const kept = picture ? { ...numbered, ...photoOf(sending as PhotoSending, picture, thumb) } : { ...numbered, ...wordOf(sending as WordSending, about.place) };
    if (picture) await tx.objectStore("photos").put(picture, kept.id);
    await tx.objectStore("outbox").put(kept);
    return kept;
  });
  announce();
  return item;
}

const read = async (blob?: Blob): Promise<Picture | undefined> => blob && { bytes: await blob.arrayBuffer(), type: blob.type };
const photoOf = ({ kind, opinion }: PhotoSending, { bytes, type }: Picture, thumb?: Picture) => ({ kind, of: opinion, type, size: bytes.byteLength, thumb });
const wordOf = ({ kind, body }: WordSending, place: string) => ({ kind, body: "place" in body ? { ...body, place } : body });

/** Everything still on the phone, in the order it will leave. */
export async function list(): Promise<Item[]> {
  return inTurn(await (await database()).getAll("outbox"));
}

/** The picture of a photo that waits. */
export async function pictureOf(id: string): Promise<Picture | undefined> {
  return (await database()).get("photos", id);
}

/** The server's words about what was sent of one kind, for as long as this phone keeps them. */
export async function answered(process: string, kind: Answered["kind"]): Promise<Answered[]> {
  return (await (await database()).getAll("answers")).filter((row) => row.process === process && row.kind === kind);
}

/** Marks an item as in flight before it leaves; undefined when it was changed or taken meanwhile. */
export function depart(id: string): Promise<Item | undefined> {
  return write(["outbox"], async (tx) => {
    const item = await tx.objectStore("outbox").get(id);
    if (!item || !isWaiting(item)) return undefined;
    const leaving = { ...item, attempts: item.attempts + 1 };
    await tx.objectStore("outbox").put(leaving);
    return leaving;
  });
}

/** The server has it: the phone lets it go, and keeps the server's word. */
export async function release(id: string, answer: Record<string, unknown> = {}): Promise<void> {
  await write(ALL, async (tx) => {
    const item = await tx.objectStore("outbox").get(id);
    if (!item) return;
    await remove(tx, id);
    if (item.kind === "opinion") return keepReceipt(tx, item, answer["receipt"]);
    const { process, kind, place } = item;
    await tx.objectStore("answers").put({ id, process, kind, place, body: item.kind === "photo" ? photoBody(item) : item.body, answer });
    if (typeof answer["place"] === "string" && kind === "spot") await renamePlace(tx, item, answer["place"]);
  });
  announce();
}

const photoBody = ({ of, person, thumb }: PhotoItem) => ({ opinion: of, person, thumb });

async function keepReceipt(tx: Transaction, { id }: Item, receipt: unknown): Promise<void> {
  if (typeof receipt !== "string") return;
  const kept = (await tx.objectStore("mine").getAll()).find((row) => row.id === id);
  if (kept) await tx.objectStore("mine").put({ ...kept, receipt });
}

/** What was said at a mark stands at the place that the server made of it; what has left keeps its words. */
async function renamePlace(tx: Transaction, { id: mark, process }: Item, place: string): Promise<void> {
  const here = (row: { process: string; place: string }) => row.process === process && row.place === mark;
  for (const item of (await tx.objectStore("outbox").getAll()).filter(here)) {
    if (!isReplaceable(item)) continue;
    const moved = { ...item, place };
    if (moved.kind === "opinion") moved.opinion = { ...moved.opinion, place };
    else if (moved.kind !== "photo") moved.body = { ...moved.body, place };
    await tx.objectStore("outbox").put(moved);
  }
  for (const kept of (await tx.objectStore("mine").getAll()).filter(here)) {
    const there = await tx.objectStore("mine").get([process, kept.person, place]);
    await tx.objectStore("mine").delete([process, kept.person, mark]);
    if (!there || there.opinion.seq < kept.opinion.seq) await tx.objectStore("mine").put({ ...kept, place, opinion: { ...kept.opinion, place } });
  }
}

/** The server will never take it: kept, to be shown in words, together with what makes no sense without it. */
export async function refuse(id: string, refusal: Refusal): Promise<void> {
  await write(["outbox"], async (tx) => {
    const item = await tx.objectStore("outbox").get(id);
    if (!item) return;
    const hangingOn = (await tx.objectStore("outbox").getAll()).filter((other) => follows(other, item) && isReplaceable(other));
    for (const refused of [item, ...hangingOn]) await tx.objectStore("outbox").put({ ...refused, refusal });
  });
  announce();
}

/** The person has read a refusal and lets it go. */
export async function discard(id: string): Promise<void> {
  await write(ALL, async (tx) => {
    const item = await tx.objectStore("outbox").get(id);
    if (!item || isWaiting(item)) return;
    const refused = (await tx.objectStore("outbox").getAll()).filter((other) => follows(other, item) && !isWaiting(other));
    for (const { id: gone } of [item, ...refused]) await remove(tx, gone);
    const kept = (await tx.objectStore("mine").getAll()).filter((row) => [item, ...refused].some((gone) => gone.id === row.id));
    for (const { process, person, place } of kept) await tx.objectStore("mine").delete([process, person, place]);
  });
  announce();
}

/** Takes back what never left the phone, as a photo just added; false when the server may hold it already. */
export async function takeBack(id: string): Promise<boolean> {
  const gone = await write(ALL, async (tx) => {
    const item = await tx.objectStore("outbox").get(id);
    if (!item || item.kind === "opinion" || !isReplaceable(item)) return false;
    await remove(tx, id);
    return true;
  });
  announce();
  return gone;
}
