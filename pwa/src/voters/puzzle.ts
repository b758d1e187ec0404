/** The sum that the server asks for, from asking to handing in; loaded by the few phones that owe one. */
import type { Challenge, Solution } from "altcha-lib/types";
import { askPuzzle, handInPuzzle } from "@/api";
import { forgetSum } from "@/offline/owed";
import { sendSoon } from "@/offline/schedule";

/** One tab is enough. What does not come off is tried again when the next page opens. */
export async function solve(process: string): Promise<void> {
  if (!("locks" in navigator)) return attempt(process);
  await navigator.locks.request("devanture-sum", { ifAvailable: true }, (lock) => (lock ? attempt(process) : undefined));
}

async function attempt(process: string): Promise<void> {
  const challenge = await askPuzzle(process);
  if (challenge === undefined) return;
  if (challenge && !(await handInPuzzle(process, challenge, await work(challenge)))) return;
  await forgetSum(process).catch(() => undefined);
  // Of what is no opinion, some may have waited for this.
  sendSoon();
}

function work(challenge: Challenge): Promise<Solution> {
  const worker = new Worker(new URL("./work.ts", import.meta.url), { type: "module" });
  return new Promise<Solution>((resolve, reject) => {
    worker.addEventListener("message", ({ data }) => resolve(data as Solution));
    worker.addEventListener("error", () => reject(new Error("the sum could not be done")));
    worker.postMessage(challenge);
  }).finally(() => worker.terminate());
}
