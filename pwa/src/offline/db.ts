/** The one file that opens IndexedDB. */
import { openDB, type DBSchema, type IDBPDatabase, type IDBPTransaction, type StoreNames } from "idb";
import type { Item, Mine } from "@/opinions/types";
import type { Pack } from "@/places/types";

export interface StoredPack {
  key: string;
  etag: string;
  pack: Pack;
}

interface Schema extends DBSchema {
  outbox: { key: string; value: Item };
  mine: { key: [string, string]; value: Mine };
  counters: { key: string; value: number };
  packs: { key: string; value: StoredPack };
}

export type Store = StoreNames<Schema>;
export type Transaction = IDBPTransaction<Schema, Store[], "readwrite">;

let opened: Promise<IDBPDatabase<Schema>> | undefined;

export function database(): Promise<IDBPDatabase<Schema>> {
  opened ??= openDB<Schema>("devanture", 1, { upgrade, blocking: close, terminated: forget }).catch(refuse);
  return opened;
}

function upgrade(db: IDBPDatabase<Schema>): void {
  db.createObjectStore("outbox", { keyPath: "id" });
  db.createObjectStore("mine", { keyPath: ["process", "place"] });
  db.createObjectStore("counters");
  db.createObjectStore("packs", { keyPath: "key" });
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
 * slower by some milliseconds, and what the person was told is kept survives a dead battery.
 */
export async function write<T>(stores: Store[], work: (tx: Transaction) => Promise<T>): Promise<T> {
  const tx = (await database()).transaction(stores, "readwrite", { durability: "strict" });
  try {
    const result = await work(tx);
    await tx.done;
    return result;
  } catch (error) {
    abort(tx);
    throw error;
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
