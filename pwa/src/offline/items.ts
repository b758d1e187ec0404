/** What the phone keeps until the server has taken it: one shape for each kind of sending. */
import type { Opinion, Refusal } from "@/opinions/types";

/** Each kind has its own address, `PUT /api/v1/{process}/{kind}s/{id}` (docs/api.md). */
export type Kind = "opinion" | "spot" | "residence" | "report" | "follow" | "photo";

/**
 * One sending that the phone still owns. `attempts` counts the times it left for the server:
 * from the first on, id and body are frozen, since the server may hold them already.
 */
interface Kept {
  id: string;
  process: string;
  /** The place's reference, or the id of the mark that makes it; empty where a sending is about none. */
  place: string;
  /** When it was said among everything of this process: opinions carry it to the server, the others only keep their order. */
  seq: number;
  /** Who said it: 0 the phone's own person, 1 to 5 somebody it was lent to. */
  person: number;
  attempts: number;
  /** The place in words, for when the queue is shown. */
  title: string;
  /** The language of the words that a refusal must come in. */
  lang: string;
  refusal?: Refusal;
}

export interface OpinionItem extends Kept {
  kind: "opinion";
  opinion: Opinion;
}

/** The picture itself lies apart, under the item's id, so that the queue stays light to read. */
export interface PhotoItem extends Kept {
  kind: "photo";
  /** The id of the opinion that it was added to; it goes once that one was accepted. */
  of: string;
  type: string;
  /** Bytes. */
  size: number;
  /** Small, to be shown on this phone; stays in the server's word about it. */
  thumb?: Picture | undefined;
}

export interface WordItem extends Kept {
  kind: "spot" | "residence" | "report" | "follow";
  body: Record<string, unknown>;
}

export type Item = OpinionItem | PhotoItem | WordItem;

/** The server's word about a sending that left the queue: a spot's `place`, a follow's `link`… Opinions live in `Mine`. */
export interface Answered {
  id: string;
  process: string;
  kind: Exclude<Kind, "opinion">;
  place: string;
  body: Record<string, unknown>;
  answer: Record<string, unknown>;
}

/** A picture as it lies on the disk. */
export interface Picture {
  bytes: ArrayBuffer;
  type: string;
}
