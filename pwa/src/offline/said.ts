/** Opinions in the queue: said, undone, and what this phone remembers of them for « Mes avis ». */
import type { Voter } from "@/api";
import { database, write, type Transaction } from "@/offline/db";
import { ALL, count, isOpinion, later, placeNow, remove } from "@/offline/inside";
import type { Item, OpinionItem } from "@/offline/items";
import { announce } from "@/offline/news";
import { rememberSum } from "@/offline/owed";
import { speaking } from "@/offline/persons";
import { isReplaceable, isWaiting, makeItem, renumber, undoing } from "@/offline/rules";
import { uuid4 } from "@/offline/uuid";
import { afterFrame } from "@/ui/dom";
import type { Intention, Mine } from "@/opinions/types";

/** What was said at one place before this, so that it can be undone. */
export interface Said {
  item: OpinionItem;
  before: Mine | undefined;
  /** The server's word for it, where it went straight there (offline/straight). */
  receipt?: string;
}

export interface Words {
  process: string;
  lang: string;
  title: string;
  day: string;
  intention: Intention;
  /** The `seq` that a form of the server proposed, if any: it knows what this browser sent without us. */
  atLeast?: number;
  /** Who says it: whoever answers now, unless told otherwise. */
  person?: number;
}

/**
 * Keeps one intention on the disk; the promise resolves once it is safe there. `meanwhile` is called while the disk
 * still writes: what it makes ready may be shown afterwards only.
 */
export async function say(words: Words, meanwhile?: (said: Said) => void): Promise<Said> {
  const said = await write(ALL, (tx) => put(tx, words), meanwhile);
  // Whoever hears the news reads the disk again: not before the frame that says what was kept.
  if (meanwhile) void afterFrame().then(() => announce());
  else announce();
  return said;
}

async function put(tx: Transaction, words: Words, undone = ""): Promise<Said> {
  const { process, lang, title, day, atLeast = 1, person = speaking.value } = words;
  // Asked for together: on a cheap phone each turn of the database is a part of the wait for « Merci ».
  const asked = words.intention.place;
  const at = (where: string) => tx.objectStore("mine").get([process, person, where]);
  const [place, seq, queued, there] = await Promise.all([placeNow(tx, asked), count(tx, process, atLeast), tx.objectStore("outbox").getAll(), at(asked)]);
  const intention = { ...words.intention, place };
  const before = place === asked ? there : await at(place);
  const item = makeItem(uuid4(), seq, { process, title, lang, person }, intention);
  await replaceUnsent(tx, item, queued, undone);
  const kept = { process, person, place, title, id: item.id, opinion: item.opinion, day };
  later(tx.objectStore("outbox").put(item), tx.objectStore("mine").put(kept));
  return { item, before };
}

/**
 * What never left the phone gives way to the newer word, and so do refused words at the same place. A photo
 * follows the newer word, unless its own was undone; it goes when the newer one takes the answer back.
 */
async function replaceUnsent(tx: Transaction, item: OpinionItem, queued: Item[], undone: string): Promise<void> {
  const here = queued.filter((other) => saidTogether(other, item));
  const older = here.filter(isOpinion).filter((other) => isReplaceable(other) || !isWaiting(other));
  for (const { id } of older) await remove(tx, id);
  for (const photo of here.filter((other) => other.kind === "photo")) {
    const { refusal: _read, ...again } = photo;
    if (item.opinion.withdraw || (isReplaceable(photo) && photo.of === undone)) await remove(tx, photo.id);
    else if (older.some(({ id }) => id === photo.of)) await tx.objectStore("outbox").put({ ...again, of: item.id });
  }
  if (item.opinion.withdraw) await forgetReceived(tx, item);
}

/** The server withdraws the photos of an answer that is taken back: the phone shows them no more. */
async function forgetReceived(tx: Transaction, { process, place, person }: OpinionItem): Promise<void> {
  const received = (await tx.objectStore("answers").getAll()).filter((row) => row.kind === "photo" && row.process === process);
  for (const row of received) if (row.place === place && row.body["person"] === person) await tx.objectStore("answers").delete(row.id);
}

const saidTogether = (a: Item, b: Item) => a.process === b.process && a.place === b.place && a.person === b.person;

/** Takes back the last word at a place: a new sending, unless nothing of it had ever left the phone. */
export async function undo({ item, before }: Said): Promise<void> {
  const { process, person, lang } = item;
  await write(ALL, async (tx) => {
    const place = await placeNow(tx, item.place);
    const held = await tx.objectStore("outbox").get(item.id);
    if (held && isReplaceable(held) && !before) return forgetPlace(tx, held);
    const kept = await tx.objectStore("mine").get([process, person, place]);
    const words = { process, person, lang, title: kept?.title ?? place, day: kept?.day ?? "" };
    await put(tx, { ...words, intention: undoing(place, before?.opinion) }, item.id);
  });
  announce();
}

async function forgetPlace(tx: Transaction, item: Item): Promise<void> {
  const photos = (await tx.objectStore("outbox").getAll()).filter((other) => other.kind === "photo" && other.of === item.id);
  for (const { id } of [item, ...photos]) await remove(tx, id);
  await tx.objectStore("mine").delete([item.process, item.person, item.place]);
}

/**
 * The server told what it holds: our counter rises to its `next_seq`, and so does what was never
 * sent; what this browser said without the outbox joins « Mes avis ».
 */
export async function learn(process: string, voter: Voter): Promise<void> {
  await write(ALL, async (tx) => {
    const queued = (await tx.objectStore("outbox").getAll()).filter(isOpinion).filter((item) => item.process === process);
    const numbered = renumber(queued, voter.next_seq);
    for (const item of numbered) await rewrite(tx, item);
    const used = (await tx.objectStore("counters").get(process)) ?? 0;
    const highest = Math.max(used, voter.next_seq - 1, ...numbered.map((item) => item.seq));
    await tx.objectStore("counters").put(highest, process);
    const waiting = new Set(queued.map(({ person, place }) => `${person}/${place}`));
    await rememberSum(tx, process, voter);
    for (const known of voter.current) if (!waiting.has(`${known.opinion.person ?? 0}/${known.place}`)) await adopt(tx, process, known);
  });
  announce();
}

async function rewrite(tx: Transaction, item: OpinionItem): Promise<void> {
  await tx.objectStore("outbox").put(item);
  const kept = await tx.objectStore("mine").get([item.process, item.person, item.place]);
  if (kept?.id === item.id) await tx.objectStore("mine").put({ ...kept, opinion: item.opinion });
}

async function adopt(tx: Transaction, process: string, known: Voter["current"][number]): Promise<void> {
  const { place, id, opinion, day, receipt } = known;
  const person = opinion.person ?? 0;
  const kept = await tx.objectStore("mine").get([process, person, place]);
  if (kept && kept.opinion.seq >= known.seq) return;
  await tx.objectStore("mine").put({ process, person, place, title: kept?.title ?? "", id, opinion, day, ...(receipt ? { receipt } : {}) });
}

/** What one person said in a process, newest first; by default whoever answers now. */
export async function mine(process: string, person = speaking.value): Promise<Mine[]> {
  return (await everyone(process)).filter((kept) => kept.person === person);
}

/** What everybody said on this phone in a process, newest first. */
export async function everyone(process: string): Promise<Mine[]> {
  const all = await (await database()).getAll("mine");
  return all.filter((kept) => kept.process === process).sort((a, b) => b.opinion.seq - a.opinion.seq);
}
