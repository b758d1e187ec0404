import { close, database } from "@/offline/db";
import * as outbox from "@/offline/outbox";

function open(version: number, upgrade?: (db: IDBDatabase) => void): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const asked = indexedDB.open("devanture", version);
    asked.onupgradeneeded = () => upgrade?.(asked.result);
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = () => reject(asked.error);
  });
}

function put(db: IDBDatabase, store: string, value: unknown, key?: IDBValidKey): Promise<void> {
  return new Promise((resolve, reject) => {
    const tx = db.transaction(store, "readwrite");
    tx.objectStore(store).put(value, key);
    tx.oncomplete = () => resolve();
    tx.onerror = () => reject(tx.error);
  });
}

/** As the first version of the program made it. */
function first(db: IDBDatabase): void {
  db.createObjectStore("outbox", { keyPath: "id" });
  db.createObjectStore("mine", { keyPath: ["process", "place"] });
  db.createObjectStore("counters");
  db.createObjectStore("packs", { keyPath: "key" });
}

beforeEach(async () => {
  await close();
  await new Promise((resolve) => (indexedDB.deleteDatabase("devanture").onsuccess = resolve));
});

test("what waited under the first version waits under this one, and goes on from its numbers", async () => {
  const old = await open(1, first);
  const opinion = { v: 1, place: "a", seq: 4, wishes: ["bakery"] };
  const item = { id: "x", process: "nantes", place: "a", seq: 4, opinion, attempts: 1, title: "A", lang: "fr" };
  await put(old, "outbox", item);
  await put(old, "mine", { process: "nantes", place: "a", title: "A", id: "x", opinion, day: "2026-11-01" });
  await put(old, "counters", 4, "nantes");
  old.close();

  expect(await outbox.list()).toEqual([{ ...item, kind: "opinion", person: 0 }]);
  expect(await outbox.mine("nantes")).toEqual([{ process: "nantes", person: 0, place: "a", title: "A", id: "x", opinion, day: "2026-11-01" }]);
  const { item: next } = await outbox.say({ process: "nantes", lang: "fr", title: "B", day: "", intention: { place: "b", wishes: ["grocer"] } });
  expect(next.seq).toBe(5);
});

test("a tab of this version still keeps answers in a database that a newer one has upgraded", async () => {
  await database();
  await close();
  (await open(99)).close();
  await outbox.say({ process: "nantes", lang: "fr", title: "B", day: "", intention: { place: "b", wishes: ["grocer"] } });
  expect(await outbox.list()).toHaveLength(1);
});
