/** Export by hand: the queue as a file that the team can key in. */
import type { Item } from "@/offline/items";

export function asFile(items: Item[]): string {
  return JSON.stringify({ format: "devanture-outbox", version: 1, items }, null, 2);
}

export function save(items: Item[]): void {
  const url = URL.createObjectURL(new Blob([asFile(items)], { type: "application/json" }));
  const link = Object.assign(document.createElement("a"), { href: url, download: "devanture-avis.json" });
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
