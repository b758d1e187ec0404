/** Sends what waits, one at a time, one flusher a lane at a time; the page and the service worker share it. */
import { askVoter, send } from "@/api";
import type { Item } from "@/offline/items";
import { announce, ERASED, onNews } from "@/offline/news";
import * as outbox from "@/offline/outbox";
import { ME } from "@/offline/persons";
import { rememberAsked } from "@/residence/asked";
import { isWaiting, isYoung, judge, laneOf, nextToSend, type Lane, type Verdict } from "@/offline/rules";

/** `waiting` counts what is still to go this way; `waitSeconds` is what the server asked for, 0 when nothing. */
export interface Outcome {
  waiting: number;
  sent: number;
  waitSeconds: number;
}

type Step = Verdict | undefined;

/** When the voter's cookie was made, in milliseconds of this page's own clock; of a process whose cookie is in hand. */
const cookieMade = new Map<string, number>();
onNews((news) => news === ERASED && cookieMade.clear());

/** Resolves when all that waits in this lane was tried once; another tab's flush goes first. */
export async function flush(lane: Lane = "words"): Promise<Outcome> {
  return alone(lane, () => run(lane));
}

/** Runs `work` once what is on its way has arrived, and lets nothing leave meanwhile. */
export function withNothingLeaving<T>(work: () => Promise<T>): Promise<T> {
  return alone("words", () => alone("photos", work));
}

function alone<T>(lane: Lane, work: () => Promise<T>): Promise<T> {
  return locked(lane === "words" ? "devanture-outbox" : `devanture-${lane}`, work);
}

function locked<T>(name: string, work: () => Promise<T>): Promise<T> {
  return "locks" in navigator ? (navigator.locks.request(name, work) as Promise<T>) : work();
}

async function run(lane: Lane): Promise<Outcome> {
  const tried = new Set<string>();
  let [sent, waitSeconds] = [0, 0];
  const batch = (await outbox.list()).filter(isWaiting).length > 1;
  for (;;) {
    const item = nextToSend(await outbox.list(), lane, tried);
    if (!item) break;
    tried.add(item.id);
    const verdict = await dispatch(item, batch).catch(fault);
    if (verdict?.kind === "stored") sent += 1;
    if (verdict?.kind !== "keep") continue;
    waitSeconds = Math.max(waitSeconds, verdict.waitSeconds);
    if (verdict.stop) break;
  }
  announce();
  const waiting = (await outbox.list()).filter((item) => isWaiting(item) && laneOf(item) === lane);
  return { waiting: waiting.length, sent, waitSeconds };
}

/**
 * `waited` tells the server's rules about speed that this was typed at its own pace and is only sent in a hurry: in a
 * batch, at another try, or by a cookie so young that it was asked for to send words that stood here already.
 */
async function dispatch({ id, process }: Item, batch: boolean): Promise<Step> {
  if (!(await meet(process))) return { kind: "keep", stop: true, waitSeconds: 0 };
  const leaving = await outbox.depart(id);
  if (!leaving) return undefined;
  announce(id);
  const age = (performance.now() - (cookieMade.get(process) ?? 0)) / 1000;
  const waited = batch || leaving.attempts > 1 || isYoung(age);
  const verdict = judge(id, await send(leaving, leaving.kind === "photo" ? await outbox.pictureOf(id) : undefined, waited));
  if (verdict.kind === "stored") await outbox.release(id, verdict.answer);
  if (verdict.kind === "refused") await outbox.refuse(id, verdict.refusal);
  return verdict;
}

/** An item that this phone itself cannot send stays, and holds no other back. */
function fault(error: unknown): Verdict {
  console.error("outbox", error);
  return { kind: "keep", stop: false, waitSeconds: 0 };
}

/**
 * Puts the voter's cookie in hand and learns what the server holds of this voter; false when it is out of reach.
 * Without the cookie first, the answer to a cut `PUT` would be lost with the cookie it carried.
 */
export function meet(process: string): Promise<boolean> {
  return asOneVoter(async () => {
    if (cookieMade.has(process)) return true;
    const voter = await askVoter(process);
    if (!voter) return false;
    await outbox.learn(process, voter);
    if (voter.residence_answered) rememberAsked(process, ME);
    cookieMade.set(process, performance.now() - (voter.age ?? 0) * 1000);
    return true;
  });
}

/** Two tabs, or a tab and the worker, that asked at once without a cookie would be given two, and be two voters. */
export function asOneVoter<T>(ask: () => Promise<T>): Promise<T> {
  return locked("devanture-voter", ask);
}
