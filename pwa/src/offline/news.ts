/** Tells every tab, and the service worker, that the outbox has changed. */
const CHANNEL = "devanture-outbox";

const channel = typeof BroadcastChannel === "undefined" ? undefined : new BroadcastChannel(CHANNEL);
const listeners = new Set<() => void>();

export function announce(): void {
  channel?.postMessage("changed");
  for (const listener of listeners) listener();
}

/** A channel does not speak to itself, so this tab's own changes are told apart. */
export function onNews(listener: () => void): void {
  listeners.add(listener);
  channel?.addEventListener("message", listener);
}
