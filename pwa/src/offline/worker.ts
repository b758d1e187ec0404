/** The service worker as the page sees it: one per process, updated only on the person's word. */
import { signal } from "@preact/signals";

/** Nobody taps and sees nothing happen for longer. */
const PATIENCE_MS = 3000;

export const newVersion = signal<ServiceWorker | undefined>(undefined);

/** Pages of a process register their own scope; elsewhere, or over plain HTTP, there is none. */
export async function register(process: string): Promise<void> {
  if (!process || !("serviceWorker" in navigator)) return;
  const registration = await navigator.serviceWorker.register("/sw.js", { scope: `/${process}/` });
  offer(registration.waiting);
  void navigator.serviceWorker.ready.then(askToBeServed);
  registration.addEventListener("updatefound", () => {
    const coming = registration.installing;
    coming?.addEventListener("statechange", () => offer(registration.waiting));
  });
}

/** A page that was on its way while the worker took over the others was left out: without this it breaks offline. */
function askToBeServed({ active }: ServiceWorkerRegistration): void {
  if (!navigator.serviceWorker.controller) active?.postMessage("serve-me");
}

/** The first worker of all starts by itself: there is nothing that it could interrupt. */
function offer(waiting: ServiceWorker | null): void {
  if (waiting && navigator.serviceWorker.controller) newVersion.value = waiting;
}

/**
 * Another tab may have let it in already: then this one only needs to load again. So does one whose browser still
 * holds the old worker busy: pages come from the network first, and the new worker follows when the old one rests.
 */
export function update(): void {
  if (newVersion.value?.state !== "installed") return location.reload();
  navigator.serviceWorker.addEventListener("controllerchange", () => location.reload(), { once: true });
  newVersion.value.postMessage("take-over");
  setTimeout(() => location.reload(), PATIENCE_MS);
}
