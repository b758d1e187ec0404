/** Files that the phone makes: the queue for the team to key in, one's own answers to keep. */
import type { Item } from "@/offline/items";
import { pictureOf } from "@/offline/outbox";

export async function asFile(items: Item[]): Promise<string> {
  return JSON.stringify({ format: "devanture-outbox", version: 1, items: await Promise.all(items.map(whole)) }, null, 2);
}

/** A photo's picture lies apart in the phone; in the file it stands with it, as a data URL. */
async function whole(item: Item): Promise<object> {
  if (item.kind !== "photo") return item;
  const { thumb: _small, ...photo } = item;
  const bytes = new Uint8Array((await pictureOf(item.id))?.bytes ?? new ArrayBuffer(0));
  const letters = Array.from(bytes, (byte) => String.fromCharCode(byte)).join("");
  return { ...photo, picture: `data:${item.type};base64,${btoa(letters)}` };
}

export async function save(items: Item[]): Promise<void> {
  saveFile("devanture-avis.json", await asFile(items));
}

export function saveFile(name: string, json: string): void {
  const url = URL.createObjectURL(new Blob([json], { type: "application/json" }));
  const link = Object.assign(document.createElement("a"), { href: url, download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
