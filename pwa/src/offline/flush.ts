/** Sends what waits, one at a time, one flusher at a time; the page and the service worker share it. */
import { askVoter, sendOpinion } from "@/api";
import * as outbox from "@/offline/outbox";
import { isWaiting, judge, type Verdict } from "@/offline/rules";
import type { Item } from "@/opinions/types";

/** `waiting` counts what is still to go; `waitSeconds` is what the server asked for, 0 when nothing. */
export interface Outcome {
  waiting: number;
  sent: number;
  waitSeconds: number;
}

type Step = Verdict | undefined;

const cookieInHand = new Set<string>();

/** Resolves when all that waits was tried once; another tab's flush goes first. */
export async function flush(): Promise<Outcome> {
  if (!("locks" in navigator)) return run();
  return navigator.locks.request("devanture-outbox", () => run()) as Promise<Outcome>;
}

async function run(): Promise<Outcome> {
  const tried = new Set<string>();
  let [sent, waitSeconds] = [0, 0];
  for (;;) {
    const item = (await waitingItems()).find(({ id }) => !tried.has(id));
    if (!item) break;
    tried.add(item.id);
    const verdict = await send(item);
    if (verdict?.kind === "stored") sent += 1;
    if (verdict?.kind !== "keep") continue;
    waitSeconds = Math.max(waitSeconds, verdict.waitSeconds);
    if (verdict.stop) break;
  }
  return { waiting: (await waitingItems()).length, sent, waitSeconds };
}

async function waitingItems(): Promise<Item[]> {
  return (await outbox.list()).filter(isWaiting);
}

async function send({ id, process }: Item): Promise<Step> {
  if (!(await meet(process))) return { kind: "keep", stop: true, waitSeconds: 0 };
  const leaving = await outbox.depart(id);
  if (!leaving) return undefined;
  const verdict = judge(id, await sendOpinion(leaving));
  if (verdict.kind === "stored") await outbox.release(id);
  if (verdict.kind === "refused") await outbox.refuse(id, verdict.refusal);
  return verdict;
}

/**
 * Puts the voter's cookie in hand and learns what the server holds of this voter; false when it is out of reach.
 * Without the cookie first, the answer to a cut `PUT` would be lost with the cookie it carried.
 */
export async function meet(process: string): Promise<boolean> {
  if (cookieInHand.has(process)) return true;
  const voter = await askVoter(process);
  if (!voter) return false;
  await outbox.learn(process, voter);
  cookieInHand.add(process);
  return true;
}
