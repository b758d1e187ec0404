/** What the views watch: is there a network, what waits, what was refused. */
import { computed, signal } from "@preact/signals";
import type { Item } from "@/offline/items";
import { ERASED, onNews } from "@/offline/news";
import { list } from "@/offline/outbox";
import { isWaiting } from "@/offline/rules";

/** The phone says it has a network, and the last attempt to send did not show otherwise. */
export const online = signal(true);
export const queue = signal<Item[]>([]);
/** The id of what is on its way now; empty when nothing is. */
export const leaving = signal("");
/** Why the last tap was not kept, in words; empty otherwise. */
export const unkept = signal("");
export const waiting = computed(() => queue.value.filter(isWaiting));
export const refused = computed(() => queue.value.filter((item) => !isWaiting(item)));

export async function refresh(): Promise<void> {
  queue.value = await list();
}

/** A phone without storage has no queue to watch: its forms go the old way. */
export async function watch(): Promise<void> {
  const look = () => (online.value = navigator.onLine);
  look();
  addEventListener("online", look);
  addEventListener("offline", look);
  onNews((news) => {
    leaving.value = news === ERASED ? "" : news;
    void refresh();
  });
  await refresh().catch(() => undefined);
}
