/** The queue of intentions: what the person said and the server has not yet taken. */
import { database, write, type Transaction } from "@/offline/db";
import { isReplaceable, isWaiting, makeItem, nextSeq, renumber, undoing } from "@/offline/rules";
import { announce } from "@/offline/news";
import type { Voter } from "@/api";
import { uuid4 } from "@/offline/uuid";
import type { Intention, Item, Mine, Refusal } from "@/opinions/types";

/** What was said at one place before this, so that it can be undone. */
export interface Said {
  item: Item;
  before: Mine | undefined;
}

export interface Words {
  process: string;
  lang: string;
  title: string;
  day: string;
  intention: Intention;
  /** The `seq` that a form of the server proposed, if any: it knows what this browser sent without us. */
  atLeast?: number;
}

/** Keeps one intention on the disk; the promise resolves once it is safe there. */
export async function say(words: Words): Promise<Said> {
  const said = await write(["outbox", "mine", "counters"], (tx) => keep(tx, words));
  announce();
  return said;
}

async function keep(tx: Transaction, { process, lang, title, day, intention, atLeast = 1 }: Words): Promise<Said> {
  const before = await tx.objectStore("mine").get([process, intention.place]);
  await dropUnsent(tx, process, intention.place);
  const seq = nextSeq((await tx.objectStore("counters").get(process)) ?? 0, atLeast);
  const item = makeItem(uuid4(), seq, { process, title, lang }, intention);
  await tx.objectStore("counters").put(seq, process);
  await tx.objectStore("outbox").put(item);
  await tx.objectStore("mine").put({ process, place: item.place, title, id: item.id, opinion: item.opinion, day });
  return { item, before };
}

/** What never left the phone gives way to the newer word; refused words at the same place do too. */
async function dropUnsent(tx: Transaction, process: string, place: string): Promise<void> {
  const store = tx.objectStore("outbox");
  const here = (await store.getAll()).filter((item) => item.process === process && item.place === place);
  for (const item of here) if (isReplaceable(item) || !isWaiting(item)) await store.delete(item.id);
}

/** Takes back the last word at a place: a new sending, unless nothing of it had ever left the phone. */
export async function undo(said: Said): Promise<void> {
  const { item, before } = said;
  await write(["outbox", "mine", "counters"], async (tx) => {
    const held = await tx.objectStore("outbox").get(item.id);
    if (held && isReplaceable(held) && !before) return forgetPlace(tx, held);
    const { process, place } = item;
    const kept = await tx.objectStore("mine").get([process, place]);
    const words = { process, lang: item.lang, title: kept?.title ?? place, day: kept?.day ?? "" };
    await keep(tx, { ...words, intention: undoing(place, before?.opinion) });
  });
  announce();
}

async function forgetPlace(tx: Transaction, item: Item): Promise<void> {
  await tx.objectStore("outbox").delete(item.id);
  await tx.objectStore("mine").delete([item.process, item.place]);
}

/** Everything still on the phone, in the order it was said. */
export async function list(): Promise<Item[]> {
  const items = await (await database()).getAll("outbox");
  return items.sort((a, b) => a.process.localeCompare(b.process) || a.seq - b.seq);
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

/** The server has it: the phone lets it go. */
export async function release(id: string): Promise<void> {
  await write(["outbox"], (tx) => tx.objectStore("outbox").delete(id));
  announce();
}

/** The server will never take it: kept, to be shown in words. */
export async function refuse(id: string, refusal: Refusal): Promise<void> {
  await write(["outbox"], async (tx) => {
    const item = await tx.objectStore("outbox").get(id);
    if (item) await tx.objectStore("outbox").put({ ...item, refusal });
  });
  announce();
}

/** The person has read a refusal and lets it go. */
export async function discard(id: string): Promise<void> {
  await write(["outbox", "mine"], async (tx) => {
    const item = await tx.objectStore("outbox").get(id);
    if (!item || isWaiting(item)) return;
    await tx.objectStore("outbox").delete(id);
    const mine = await tx.objectStore("mine").get([item.process, item.place]);
    if (mine?.id === id) await tx.objectStore("mine").delete([item.process, item.place]);
  });
  announce();
}

/**
 * The server told what it holds: our counter rises to its `next_seq`, and so does what was never
 * sent; what this browser said without the outbox joins « Mes avis ».
 */
export async function learn(process: string, voter: Voter): Promise<void> {
  await write(["outbox", "mine", "counters"], async (tx) => {
    const queued = (await tx.objectStore("outbox").getAll()).filter((item) => item.process === process);
    const numbered = renumber(queued, voter.next_seq);
    for (const item of numbered) await rewrite(tx, item);
    const used = (await tx.objectStore("counters").get(process)) ?? 0;
    const highest = Math.max(used, voter.next_seq - 1, ...numbered.map((item) => item.seq));
    await tx.objectStore("counters").put(highest, process);
    const waiting = new Set(queued.map((item) => item.place));
    for (const known of voter.current) if (!waiting.has(known.place)) await adopt(tx, process, known);
  });
  announce();
}

async function rewrite(tx: Transaction, item: Item): Promise<void> {
  await tx.objectStore("outbox").put(item);
  const kept = await tx.objectStore("mine").get([item.process, item.place]);
  if (kept?.id === item.id) await tx.objectStore("mine").put({ ...kept, opinion: item.opinion });
}

async function adopt(tx: Transaction, process: string, known: Voter["current"][number]): Promise<void> {
  const { place, id, opinion, day } = known;
  const kept = await tx.objectStore("mine").get([process, place]);
  if (kept && kept.opinion.seq >= known.seq) return;
  await tx.objectStore("mine").put({ process, place, title: kept?.title ?? "", id, opinion, day });
}

/** This phone's words in a process, newest first. */
export async function mine(process: string): Promise<Mine[]> {
  const all = await (await database()).getAll("mine");
  return all.filter((kept) => kept.process === process).sort((a, b) => b.opinion.seq - a.opinion.seq);
}
