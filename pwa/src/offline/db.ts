/** The one file that opens IndexedDB. */
import { openDB, type DBSchema, type IDBPDatabase, type IDBPTransaction, type StoreNames } from "idb";
import type { Answered, Item, Picture } from "@/offline/items";
import type { Mine } from "@/opinions/types";
import type { Pack } from "@/places/types";

const NAME = "devanture";
const VERSION = 2;

export interface StoredPack {
  key: string;
  etag: string;
  pack: Pack;
}

interface Schema extends DBSchema {
  outbox: { key: string; value: Item };
  /** By process, person and place. */
  mine: { key: [string, number, string]; value: Mine };
  counters: { key: string; value: number };
  packs: { key: string; value: StoredPack };
  /** The pictures of photos that wait, by the id of their item. */
  photos: { key: string; value: Picture };
  answers: { key: string; value: Answered };
}

type Stored = IDBPDatabase<Schema>;
export type Store = StoreNames<Schema>;
export type Transaction = IDBPTransaction<Schema, Store[], "readwrite">;

let opened: Promise<Stored> | undefined;

export function database(): Promise<Stored> {
  opened ??= openDB<Schema>(NAME, VERSION, { upgrade, blocking: close, terminated: forget }).catch(openNewer).catch(refuse);
  return opened;
}

/** A tab of an older program beside a newer one still reads and writes: later versions only add. */
function openNewer(error: unknown): Promise<Stored> {
  if ((error as DOMException | undefined)?.name !== "VersionError") throw error;
  return openDB<Schema>(NAME, undefined, { blocking: close, terminated: forget });
}

type Upgrade = IDBPTransaction<Schema, Store[], "versionchange">;

async function upgrade(db: Stored, _from: number, _to: number | null, tx: Upgrade): Promise<void> {
  const has = (store: Store) => db.objectStoreNames.contains(store);
  if (!has("outbox")) db.createObjectStore("outbox", { keyPath: "id" });
  if (!has("counters")) db.createObjectStore("counters");
  if (!has("packs")) db.createObjectStore("packs", { keyPath: "key" });
  db.createObjectStore("photos");
  db.createObjectStore("answers", { keyPath: "id" });
  await toPersons(db, tx);
}

/** Version 1 knew opinions only, all of the phone's own person: what waits and what was said stays. */
async function toPersons(db: Stored, tx: Upgrade): Promise<void> {
  const said = db.objectStoreNames.contains("mine") ? await tx.objectStore("mine").getAll() : [];
  const waiting = await tx.objectStore("outbox").getAll();
  if (db.objectStoreNames.contains("mine")) db.deleteObjectStore("mine");
  const mine = db.createObjectStore("mine", { keyPath: ["process", "person", "place"] });
  for (const kept of said) await mine.put({ ...kept, person: 0 });
  for (const item of waiting) await tx.objectStore("outbox").put({ ...item, kind: "opinion", person: 0 } as Item);
}

/** A newer tab waits to upgrade: let it, and open again at the next need. */
export async function close(): Promise<void> {
  const db = await opened;
  forget();
  db?.close();
}

function forget(): void {
  opened = undefined;
}

function refuse(error: unknown): never {
  forget();
  throw error;
}

/**
 * One transaction over `stores`, committed to the disk before the promise resolves: « strict » is
 * slower by some milliseconds, and what the person was told is kept survives a dead battery. `meanwhile` may
 * use the time that the disk takes; its own failing changes nothing.
 */
export async function write<T>(stores: Store[], work: (tx: Transaction) => Promise<T>, meanwhile?: (result: T) => void): Promise<T> {
  const tx = (await database()).transaction(stores, "readwrite", { durability: "strict" });
  try {
    const result = await work(tx);
    commit(tx);
    if (meanwhile) attempt(() => meanwhile(result));
    await tx.done;
    return result;
  } catch (error) {
    abort(tx);
    throw error;
  }
}

function attempt(work: () => void): void {
  try {
    work();
  } catch (error) {
    console.error("meanwhile", error);
  }
}

/** Begins at once what would begin by itself a turn later. */
function commit(tx: Transaction): void {
  try {
    tx.commit();
  } catch {
    // Nothing more was asked of it, so it has begun already.
  }
}

function abort(tx: Transaction): void {
  tx.done.catch(() => undefined);
  try {
    tx.abort();
  } catch {
    // Already finished: the failure that brought us here says why.
  }
}
