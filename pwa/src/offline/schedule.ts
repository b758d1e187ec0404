/** When to send: at the start, when the network or the person returns, and after a growing wait. */
import { flush, type Outcome } from "@/offline/flush";
import { backoffSeconds, type Lane } from "@/offline/rules";
import { online } from "@/offline/status";
import { doSum } from "@/voters/sum";

/** The process whose pages these are: the one that a sum may be owed to. */
let here = "";

export function startSending(process: string): void {
  here = process;
  addEventListener("online", sendSoon);
  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && sendSoon());
  sendSoon();
}

/** Sends after a while, during which it may be taken back; at once when the person leaves, since no page may come back. */
export function sendLater(waitMs: number): void {
  const leaving = new AbortController();
  const timer = setTimeout(go, waitMs);
  function go(): void {
    clearTimeout(timer);
    leaving.abort();
    sendSoon();
  }
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState !== "hidden") return;
    go();
    void askBackgroundSync();
  }, { signal: leaving.signal });
}

/** Sends now, or after the wait that the server asked for; words first, pictures by a way of their own. */
export function sendSoon(): void {
  sendWords();
}

const sendPhotos = sender("photos", (outcome) => {
  if (outcome.sent > 0) online.value = navigator.onLine;
});

const sendWords = sender("words", (outcome) => {
  // A phone often says it has a network when nothing gets through: what was not taken waits, and is said to wait.
  online.value = navigator.onLine && (outcome.waiting === 0 || outcome.sent > 0);
  sendPhotos();
  if (here) void doSum(here).catch((error: unknown) => console.warn("sum", error));
});

/** One way out: calls during a run make one more run, and what was not taken is tried again after a growing wait. */
function sender(lane: Lane, tell: (outcome: Outcome) => void): () => void {
  let running: Promise<void> | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let [again, failures, notBefore] = [false, 0, 0];

  function soon(): void {
    if (performance.now() < notBefore) return;
    again = running !== undefined;
    running ??= attempt().finally(next);
  }

  function next(): void {
    running = undefined;
    if (again) soon();
  }

  async function attempt(): Promise<void> {
    clearTimeout(timer);
    const outcome = await flush(lane).catch(() => undefined);
    if (!outcome) return;
    tell(outcome);
    failures = outcome.sent > 0 || outcome.waiting === 0 ? 0 : failures + 1;
    if (outcome.waiting === 0) return;
    notBefore = performance.now() + outcome.waitSeconds * 1000;
    timer = setTimeout(soon, backoffSeconds(failures, outcome.waitSeconds, Math.random()) * 1000 + 50);
    await askBackgroundSync();
  }

  return soon;
}

interface WithSync extends ServiceWorkerRegistration {
  sync?: { register(tag: string): Promise<void> };
}

/** Where it exists, the browser wakes the service worker once the network is back, the page closed or not. */
async function askBackgroundSync(): Promise<void> {
  const registration = (await navigator.serviceWorker?.getRegistration()) as WithSync | undefined;
  await registration?.sync?.register("outbox").catch(() => undefined);
}
