/** What the changes of the queue share, inside their one transaction. */
import type { Store, Transaction } from "@/offline/db";
import type { Item, OpinionItem } from "@/offline/items";
import { nextSeq } from "@/offline/rules";

/** What concerns the queue changes in one transaction over all of these. */
export const ALL: Store[] = ["outbox", "mine", "counters", "photos", "answers"];

/** The next number of a process. */
export async function count(tx: Transaction, process: string, atLeast = 1): Promise<number> {
  const seq = nextSeq((await tx.objectStore("counters").get(process)) ?? 0, atLeast);
  later(tx.objectStore("counters").put(seq, process));
  return seq;
}

/** Writes that nothing waits for by themselves: one that fails fails its whole transaction, which tells it. */
export function later(...writes: Promise<unknown>[]): void {
  for (const written of writes) written.catch(() => undefined);
}

/** A mark that the server has taken since goes by the reference that it was given. */
export async function placeNow(tx: Transaction, place: string): Promise<string> {
  const given = place && (await tx.objectStore("answers").get(place))?.answer["place"];
  return typeof given === "string" ? given : place;
}

/** An item goes with its picture. */
export async function remove(tx: Transaction, id: string): Promise<void> {
  await tx.objectStore("outbox").delete(id);
  await tx.objectStore("photos").delete(id);
}

export const isOpinion = (item: Item): item is OpinionItem => item.kind === "opinion";
