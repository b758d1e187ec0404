/** Whether this phone owes the server a sum: its network was given many voters, and what it says waits aside until then. */
import type { Voter } from "@/api";
import { database, type Transaction } from "@/offline/db";

const keyOf = (process: string) => `sum/${process}`;

/** Kept on the disk: the page may close before the sum is done, and the service worker, which can start none, may learn of it. */
export async function rememberSum(tx: Transaction, process: string, { puzzle = false }: Voter): Promise<void> {
  const counters = tx.objectStore("counters");
  if (puzzle || (await counters.get(keyOf(process)))) await counters.put(Number(puzzle), keyOf(process));
}

export async function owesSum(process: string): Promise<boolean> {
  return Boolean(await (await database()).get("counters", keyOf(process)));
}

export async function forgetSum(process: string): Promise<void> {
  await (await database()).put("counters", 0, keyOf(process));
}
