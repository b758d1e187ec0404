/** Tells every tab, and the service worker, that the outbox has changed, and what is on its way. */
const CHANNEL = "devanture-outbox";

/** The id of an item that leaves now, `ERASED`, or empty when the outbox itself has changed. */
export type News = string;

/** The server knows this phone no more: its cookie is gone. */
export const ERASED = "erased";

const channel = typeof BroadcastChannel === "undefined" ? undefined : new BroadcastChannel(CHANNEL);
const listeners = new Set<(news: News) => void>();

export function announce(leaving: News = ""): void {
  channel?.postMessage(leaving);
  for (const listener of listeners) listener(leaving);
}

/** A channel does not speak to itself, so this tab's own changes are told apart. */
export function onNews(listener: (news: News) => void): void {
  listeners.add(listener);
  channel?.addEventListener("message", ({ data }) => listener(String(data)));
}
