/** When to send: at the start, when the network or the person returns, and after a growing wait. */
import { flush } from "@/offline/flush";
import { backoffSeconds } from "@/offline/rules";
import { online } from "@/offline/status";

let running: Promise<void> | undefined;
let again = false;
let failures = 0;
let notBefore = 0;
let timer: ReturnType<typeof setTimeout> | undefined;

export function startSending(): void {
  addEventListener("online", sendSoon);
  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && sendSoon());
  sendSoon();
}

/** Sends now, or after the wait that the server asked for; calls during a run make one more run. */
export function sendSoon(): void {
  if (performance.now() < notBefore) return;
  again = running !== undefined;
  running ??= attempt().finally(next);
}

function next(): void {
  running = undefined;
  if (again) sendSoon();
}

async function attempt(): Promise<void> {
  clearTimeout(timer);
  const outcome = await flush().catch(() => undefined);
  if (!outcome) return;
  // A phone often says it has a network when nothing gets through: what was not taken waits, and is said to wait.
  online.value = navigator.onLine && (outcome.waiting === 0 || outcome.sent > 0);
  failures = outcome.sent > 0 || outcome.waiting === 0 ? 0 : failures + 1;
  if (outcome.waiting === 0) return;
  notBefore = performance.now() + outcome.waitSeconds * 1000;
  timer = setTimeout(sendSoon, backoffSeconds(failures, outcome.waitSeconds, Math.random()) * 1000 + 50);
  await askBackgroundSync();
}

interface WithSync extends ServiceWorkerRegistration {
  sync?: { register(tag: string): Promise<void> };
}

/** Where it exists, the browser wakes the service worker once the network is back, the page closed or not. */
async function askBackgroundSync(): Promise<void> {
  const registration = (await navigator.serviceWorker?.getRegistration()) as WithSync | undefined;
  await registration?.sync?.register("outbox").catch(() => undefined);
}
